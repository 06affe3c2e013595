import { newId } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { endAll, fillShop, goLive, percentOff, type UserErrors } from './test-shop.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterEach(() => endAll(api));
afterAll(() => api.stop());

type Batch = {
  id: string;
  size: number | null;
  variant: string;
  used: number;
  revokedRanges: { first: number; last: number }[];
  revocationCount: number;
};
type BatchAnswer = UserErrors & { batch: Batch | null };
const BATCH = 'batch { id size variant used revokedRanges { first last } revocationCount } userErrors { code field message }';

async function aBatch(content: object = {}): Promise<{ campaignId: string; batch: Batch }> {
  const campaign = await goLive(api, { promotions: [{ ...percentOff(1_000), needsCode: true }] });
  const input = { idempotencyKey: newId(), campaignId: campaign.id, promotionId: campaign.promotions[0]?.id, size: 1_000, ...content };
  const { data, errors } = await api.ask<{ createCodeBatch: BatchAnswer }>(
    `mutation ($input: CreateCodeBatchInput!) { createCodeBatch(input: $input) { ${BATCH} } }`,
    { token: await api.tokenOf('analyst'), variables: { input } },
  );
  const batch = data?.createCodeBatch.batch;
  if (!batch) throw new Error(JSON.stringify([data, errors]));
  return { campaignId: campaign.id, batch };
}

const download = async (batchId: string, token: string | null, query = '') =>
  fetch(`${api.url}/code-batches/${batchId}/codes.csv${query}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
const codesOf = async (batchId: string): Promise<string[]> =>
  (await (await download(batchId, await api.tokenOf('approver'))).text()).split('\r\n').slice(1, -1);

type Outcome = { code: string; status: string; reason: string | null };
const tryCodes = async (kind: 'publishable' | 'secret', userId: string, codes: string[], headers: Record<string, string> = {}) => {
  const { data, errors } = await api.ask<{ evaluateCart: { evaluation: { codes: Outcome[]; discount: { amountMinor: number } } } }>(
    'query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { discount { amountMinor } codes { code status reason } } } }',
    { token: await api.keyOf(kind), headers, variables: { cart: { currency: 'EUR', userId, codes, lines: [{ sku: 'A', quantity: 1 }] } } },
  );
  return { evaluation: data?.evaluateCart.evaluation, error: errors[0]?.extensions.code };
};
const metric = async (name: string) =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${api.url}/metrics`)).text())?.[1]);

test('make, download, use, look up and revoke codes; the campaign lists its batches', async () => {
  const { campaignId, batch } = await aBatch({ prefix: 'hi' });
  const codes = await codesOf(batch.id);
  expect(new Set(codes).size).toBe(1_000);
  const [code = '', second = ''] = codes;
  expect(code).toMatch(/^HI-/);
  expect((await tryCodes('publishable', 'u-1', [code.toLowerCase()])).evaluation).toMatchObject({
    discount: { amountMinor: 100 },
    codes: [{ code, status: 'APPLIED', reason: null }],
  });
  const placed = await api.ask<{ placeOrder: { redemptions: { id: string }[] } }>(
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { redemptions { id } userErrors { code } } }',
    {
      token: await api.keyOf('secret'),
      variables: {
        input: {
          idempotencyKey: 'codes',
          externalId: 'codes',
          currency: 'EUR',
          userId: 'u-1',
          codes: [code],
          lines: [{ sku: 'A', quantity: 1 }],
        },
      },
    },
  );
  expect(placed.data.placeOrder.redemptions).toHaveLength(1);
  const life = await api.ask(
    'query ($text: String!) { code(text: $text) { code place isUsable reason used useLimit revokedAt batch { id } user { id } campaign { id } redemptions { status code order { externalId } } } }',
    {
      token: await api.tokenOf('viewer'),
      variables: { text: ` ${code.replaceAll('-', '').toLowerCase()}` },
    },
  );
  expect(life.data['code']).toEqual({
    code,
    place: 0,
    isUsable: false,
    reason: 'CODE_USED_UP',
    used: 1,
    useLimit: 1,
    revokedAt: null,
    batch: { id: batch.id },
    user: null,
    campaign: { id: campaignId },
    redemptions: [{ status: 'committed', code, order: { externalId: 'codes' } }],
  });
  const revoke = async (input: object) =>
    api.ask<{ revokeCodes: BatchAnswer }>(`mutation ($input: RevokeCodesInput!) { revokeCodes(input: $input) { ${BATCH} } }`, {
      token: await api.tokenOf('approver'),
      variables: { input },
    });
  expect((await revoke({ code: second })).data.revokeCodes.batch?.revokedRanges).toEqual([{ first: 1, last: 1 }]);
  const withdrawn = await api.ask('query ($text: String!) { code(text: $text) { isUsable reason revokedAt used } }', {
    token: await api.tokenOf('viewer'),
    variables: { text: second },
  });
  expect(withdrawn.data['code']).toEqual({ isUsable: false, reason: 'CODE_REVOKED', revokedAt: expect.stringMatching(/^20/), used: 0 });
  expect((await revoke({ batchId: batch.id, first: 5, last: 9 })).data.revokeCodes.batch?.revocationCount).toBe(2);
  for (const unclear of [{}, { batchId: batch.id }, { batchId: batch.id, first: 5 }, { code, batchId: batch.id, isWholeBatch: true }])
    expect((await revoke(unclear)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect((await revoke({ code: 'nope' })).data.revokeCodes.userErrors).toMatchObject([{ code: 'CODE_UNKNOWN' }]);
  expect(await codesOf(batch.id)).toEqual(codes.filter((_, place) => place !== 1 && (place < 5 || place > 9)));
  const listed = await api.ask<{ campaign: { codeBatches: Batch[] } }>(
    'query ($id: ID!) { campaign(id: $id) { codeBatches { id size used revocationCount } promotions { needsCode } codes { code used } } }',
    { token: await api.tokenOf('viewer'), variables: { id: campaignId } },
  );
  expect(listed.data.campaign).toEqual({
    codeBatches: [{ id: batch.id, size: 1_000, used: 1, revocationCount: 2 }],
    promotions: [{ needsCode: true }],
    codes: [{ code, used: 1 }],
  });
  const actions = await api.ask<{ auditEntries: { nodes: { action: string }[] } }>('{ auditEntries(first: 20) { nodes { action } } }', {
    token: await api.tokenOf('approver'),
  });
  const kept = actions.data.auditEntries.nodes.map(({ action }) => action);
  expect(['codes.created', 'codes.exported', 'codes.revoked'].filter((action) => !kept.includes(action))).toEqual([]);
});

test('a withdrawn or foreign code is unknown to a browser and explained to the shop', async () => {
  const { batch } = await aBatch({ variant: 'assigned', size: null });
  const own = new Map((await codesOf(batch.id)).map((line) => line.split(',') as [string, string]));
  const code = own.get('u-2') ?? '';
  expect((await tryCodes('publishable', 'u-2', [code])).evaluation?.codes).toMatchObject([{ status: 'APPLIED' }]);
  expect((await tryCodes('secret', 'u-3', [code])).evaluation?.codes).toMatchObject([{ status: 'REJECTED', reason: 'CODE_OF_ANOTHER' }]);
  expect((await tryCodes('publishable', 'u-3', [code])).evaluation?.codes).toMatchObject([{ status: 'UNKNOWN', reason: null }]);
});

test('only approvers download; a download can go on after any place and is a cut connection when its reader leaves', async () => {
  const { batch } = await aBatch({ size: 3_000_000 });
  const statuses = [];
  for (const token of [null, await api.keyOf('secret'), await api.tokenOf('viewer'), await api.tokenOf('analyst')])
    statuses.push((await download(batch.id, token)).status);
  expect(statuses).toEqual([401, 403, 403, 403]);
  const approver = await api.tokenOf('approver');
  expect((await download(newId(), approver)).status).toBe(404);
  expect((await download('x', approver)).status).toBe(400);
  expect((await download(batch.id, approver, '?after=-1')).status).toBe(400);
  const tail = await download(batch.id, approver, '?after=2999996');
  expect(tail.headers.get('content-length')).toBe('51');
  expect((await tail.text()).split('\r\n')).toHaveLength(4);
  const exported = await api.ask<{ exportCodes: { path: string; total: number } }>(
    'query ($id: ID!) { exportCodes(batchId: $id) { path total } }',
    {
      token: approver,
      variables: { id: batch.id },
    },
  );
  expect(exported.data.exportCodes).toEqual({ path: `/code-batches/${batch.id}/codes.csv`, total: 3_000_000 });
  const leaving = (await download(batch.id, approver)).body?.getReader();
  await leaving?.read();
  await leaving?.cancel();
  expect(api.logged).toEqual([]);
});

test('a download that broke off goes on at its byte, also between revoked codes; a file that has changed comes whole', async () => {
  const { batch } = await aBatch({ size: 20_000 });
  const approver = await api.tokenOf('approver');
  const get = (headers: Record<string, string> = {}) =>
    fetch(`${api.url}/code-batches/${batch.id}/codes.csv`, { headers: { authorization: `Bearer ${approver}`, ...headers } });
  const revoke = (first: number, last: number) =>
    api.ask('mutation ($input: RevokeCodesInput!) { revokeCodes(input: $input) { userErrors { code } } }', {
      token: approver,
      variables: { input: { batchId: batch.id, first, last } },
    });
  await revoke(0, 2);
  await revoke(2, 9_000);
  const first = await get();
  const whole = await first.text();
  const etag = first.headers.get('etag') ?? '';
  expect(whole.split('\r\n')).toHaveLength(1 + 10_999 + 1);
  expect([first.headers.get('accept-ranges'), Number(first.headers.get('content-length'))]).toEqual(['bytes', whole.length]);
  for (const at of [0, 3, 6, 7, 100_001, whole.length - 1]) {
    const rest = await get({ range: `bytes=${at}-`, 'if-range': etag });
    expect([rest.status, rest.headers.get('content-range')]).toEqual([206, `bytes ${at}-${whole.length - 1}/${whole.length}`]);
    expect((await rest.text()) === whole.slice(at)).toBe(true);
  }
  const beyond = await get({ range: `bytes=${whole.length}-` });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
  await revoke(19_999, 19_999);
  const changed = await get({ range: 'bytes=100-', 'if-range': etag });
  expect([changed.status, (await changed.text()).length]).toEqual([200, whole.length - 17]);
});

test('a storm of guesses: the shopper is stopped after 10, the address after 60, others of the shop go on, and an alarm is raised once', async () => {
  const { batch } = await aBatch();
  const [good = ''] = await codesOf(batch.id);
  const guess = (n: number) => `${String(n).padStart(5, '0')}GGGGGGGG`;
  const before = await metric('promolift_wrong_codes_total');
  const outcomes = [];
  for (let n = 0; n < 15; n += 1) outcomes.push((await tryCodes('publishable', 'u-10', [guess(n)])).error ?? 'tried');
  expect(outcomes).toEqual([...Array(10).fill('tried'), ...Array(5).fill('RATE_LIMITED')]);
  expect((await tryCodes('publishable', 'u-10', [good])).error).toBe('RATE_LIMITED');
  expect((await tryCodes('publishable', 'u-10', [])).error).toBeUndefined();
  expect((await tryCodes('publishable', 'u-11', [good])).evaluation?.discount.amountMinor).toBe(100);
  // The same wrong code again is the same cart again.
  const counted = await metric('promolift_wrong_codes_total');
  for (let n = 0; n < 15; n += 1) expect((await tryCodes('publishable', 'u-12', [guess(1_000)])).error).toBeUndefined();
  expect(await metric('promolift_wrong_codes_total')).toBe(counted + 1);
  const users = Array.from({ length: 60 }, (_, n) => n);
  const rotating = await Promise.all(users.map((n) => tryCodes('publishable', `new-${n}`, [guess(2_000 + n)])));
  expect(rotating.filter(({ error }) => error === undefined).length).toBeGreaterThan(40);
  expect((await tryCodes('publishable', 'new-99', [guess(3_000)])).error).toBe('RATE_LIMITED');
  // The shop's own server speaks for other shoppers: they are not stopped for what browsers did.
  expect((await tryCodes('secret', 'u-11', [good])).evaluation?.discount.amountMinor).toBe(100);
  for (let n = 0; n < 10; n += 1)
    await tryCodes(
      'secret',
      `s-${n}`,
      Array.from({ length: 10 }, (_, m) => guess(4_000 + n * 10 + m)),
    );
  for (let n = 10; n < 15; n += 1)
    await tryCodes(
      'secret',
      `s-${n}`,
      Array.from({ length: 10 }, (_, m) => guess(4_000 + n * 10 + m)),
    );
  expect((await metric('promolift_wrong_codes_total')) - before).toBeGreaterThan(200);
  expect(await metric('promolift_code_alarms_total')).toBe(1);
  const entries = await api.ask<{ auditEntries: { nodes: { subjectKind: string; details: { wrongCodes: number } }[] } }>(
    '{ auditEntries(first: 5, filter: { action: "codes.guessed" }) { nodes { subjectKind details } } }',
    { token: await api.tokenOf('approver') },
  );
  expect(entries.data.auditEntries.nodes).toEqual([{ subjectKind: 'api-key', details: { wrongCodes: expect.any(Number) } }]);
  expect(entries.data.auditEntries.nodes[0]?.details.wrongCodes).toBeGreaterThanOrEqual(100);
  const said = api.warned.join('\n');
  expect(said).toContain('somebody tries codes');
  expect(said).not.toMatch(/GGGG|s-\d|new-\d/);
});
