import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { countSqlStatements, startTestApi, type TestApi } from '../shared/test-api.ts';
import { act, createDraft, endAll, fillShop, goLive, percentOff } from './test-shop.ts';

const NOTICE = `priceNotice { priorPrice { amountMinor } mayAnnounceReduction announcedReductionBasisPoints reason reasonText { en zh }
  unitPrice { per price { amountMinor } } validFrom validUntil isPersonalised disclosure { en zh } }`;
type Notice = {
  priorPrice: { amountMinor: number } | null;
  mayAnnounceReduction: boolean;
  announcedReductionBasisPoints: number;
  reason: string | null;
  validFrom: string | null;
  validUntil: string | null;
  isPersonalised: boolean;
  disclosure: { en: string; zh: string } | null;
};

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
  const { pool } = api.installation.database;
  // A was 10.00 for long, B was 20.00 until five days ago, C has nothing on record.
  await pool.query(
    `insert into product_prices (product_id, at, price_minor, currency) select p.id, now() - h.age * interval '1 day', h.price, 'EUR'
     from (values ('A', 90, 1000), ('B', 90, 2000), ('B', 5, 2500)) h(sku, age, price) join products p on p.sku = h.sku`,
  );
  await pool.query("update products set measure_amount = 250, measure_unit = 'g' where sku = 'A'");
  await pool.query(
    'insert into segments (id, key, name, kind, size) values (uuid_v7(), \'loyal\', \'{"en":"Loyal","zh":"忠诚"}\', \'rule\', 1)',
  );
  await pool.query(
    "insert into segment_members (segment_id, user_id, valid_from) select s.id, u.id, now() from segments s, users u where u.external_id = 'u-1'",
  );
});
afterEach(async () => {
  await endAll(api);
  await api.installation.database.pool.query('update campaigns set starts_at = ends_at');
});
afterAll(() => api.stop());

const setLaw = (priceLaw: string, more: object = {}) =>
  api.installation.database.pool.query(
    "update settings set value = value || $1::jsonb, lock_version = lock_version + 1 where key = 'shop'",
    [JSON.stringify({ priceLaw, ...more })],
  );

async function noticesOf(lines: readonly { sku: string; quantity: number }[], userId?: string): Promise<Notice[]> {
  const { data, errors } = await api.ask<{ evaluateCart: { evaluation: { lines: { priceNotice: Notice }[] } } }>(
    `query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { lines { ${NOTICE} } } userErrors { code } } }`,
    { token: await api.keyOf('publishable'), variables: { cart: { currency: 'EUR', lines, userId } } },
  );
  expect(errors).toEqual([]);
  return data.evaluateCart.evaluation.lines.map(({ priceNotice }) => priceNotice);
}

describe('what is said beside prices', () => {
  test('products: lowest price of 30 days, unit price, no reduction where there was none', async () => {
    const { data } = await api.ask<{ products: { nodes: { sku: string; priceNotice: Notice }[] } }>(
      `{ products(sort: NAME_ASC) { nodes { sku ${NOTICE} } } }`,
      { token: await api.keyOf('publishable') },
    );
    expect(data.products.nodes).toMatchObject([
      {
        sku: 'A',
        priceNotice: { priorPrice: { amountMinor: 1_000 }, reason: 'NOT_REDUCED', unitPrice: { per: 'kg', price: { amountMinor: 4_000 } } },
      },
      { sku: 'B', priceNotice: { priorPrice: { amountMinor: 2_000 }, mayAnnounceReduction: false, unitPrice: null, validFrom: null } },
      { sku: 'C', priceNotice: { priorPrice: null, reason: 'NOT_REDUCED', isPersonalised: false, disclosure: null } },
    ]);
  });

  test('cart: 20% off 10.00 is 20%; 10% off 25.00 after 20.00 is nothing; nothing on record announces nothing', async () => {
    await setLaw('off');
    await goLive(api, { promotions: [percentOff(2_000)] });
    const [a, b] = await noticesOf([
      { sku: 'A', quantity: 3 },
      { sku: 'B', quantity: 1 },
    ]);
    expect(a).toMatchObject({
      priorPrice: { amountMinor: 1_000 },
      mayAnnounceReduction: true,
      announcedReductionBasisPoints: 2_000,
      reason: null,
      unitPrice: { per: 'kg', price: { amountMinor: 3_200 } },
      isPersonalised: false,
      disclosure: null,
    });
    expect(Date.parse(a?.validUntil ?? '')).toBeGreaterThan(Date.now());
    expect(Date.parse(a?.validFrom ?? '')).toBeLessThanOrEqual(Date.now());
    expect(b).toMatchObject({
      priorPrice: { amountMinor: 2_000 },
      mayAnnounceReduction: false,
      announcedReductionBasisPoints: 0,
      reason: 'NOT_BELOW_PRIOR_PRICE',
    });
  });

  test('a sale that ended lately is a price too: the next, smaller one is none', async () => {
    await setLaw('off');
    await goLive(api, { promotions: [percentOff(2_000)] });
    await endAll(api);
    await api.installation.database.pool.query(
      "update campaigns set starts_at = now() - interval '9 days', ends_at = now() - interval '4 days'",
    );
    await goLive(api, { promotions: [percentOff(1_000)] });
    expect(await noticesOf([{ sku: 'A', quantity: 1 }])).toMatchObject([
      { priorPrice: { amountMinor: 800 }, reason: 'NOT_BELOW_PRIOR_PRICE' },
    ]);
  });

  test('a price for a segment carries the disclosure in both languages, beside cart and offer', async () => {
    await goLive(api, { promotions: [percentOff(1_000)], segmentKeys: ['loyal'] });
    const [mine] = await noticesOf([{ sku: 'A', quantity: 1 }], 'u-1');
    expect(mine?.isPersonalised).toBe(true);
    expect(mine?.disclosure?.en).toContain('automated decision-making');
    expect(mine?.disclosure?.zh).toContain('自动化决策');
    const [other] = await noticesOf([{ sku: 'A', quantity: 1 }], 'u-2');
    expect(other).toMatchObject({ isPersonalised: false, disclosure: null, validUntil: null });
    const { data } = await api.ask('{ offers(userId: "u-1") { offers { isPersonalised startsAt endsAt disclosure { en } } } }', {
      token: await api.keyOf('publishable'),
    });
    expect(data).toMatchObject({ offers: { offers: [{ isPersonalised: true, disclosure: { en: mine?.disclosure?.en } }] } });
  });

  test('three products cost as many statements as one', async () => {
    const ask = async (first: number) =>
      api.ask(`query ($first: Int) { products(first: $first) { nodes { ${NOTICE} } } }`, {
        token: await api.tokenOf('viewer'),
        variables: { first },
      });
    await ask(1);
    expect(await countSqlStatements(() => ask(3))).toBe(await countSqlStatements(() => ask(1)));
  });
});

describe('the launch gate', () => {
  const review = async (content: Parameters<typeof createDraft>[1]) => {
    const draft = await createDraft(api, content);
    await act(api, 'requestReview', { id: draft.id, expectedVersion: 1 }, await api.tokenOf('analyst'));
    return draft;
  };
  const approve = async ({ id, contentHash }: { id: string; contentHash: string }) =>
    act(api, 'approveCampaign', { id, expectedVersion: 1, contentHash }, await api.tokenOf('approver'));
  const lawOf = async (id: string) => {
    const { data } = await api.ask<{ campaign: { guardrails: { key: string; passed: boolean; value: string; label: { en: string } }[] } }>(
      'query ($id: ID!) { campaign(id: $id) { guardrails { key passed value label { en } } } }',
      { token: await api.tokenOf('viewer'), variables: { id } },
    );
    return data.campaign.guardrails.find(({ key }) => key === 'PRICE_LAW');
  };
  const onB = { promotions: [{ kind: 'percent_off', rule: { basisPoints: 1_000, scope: { kind: 'skus', skus: ['B'] } } }] };
  const onA = { promotions: [{ kind: 'percent_off', rule: { basisPoints: 1_000, scope: { kind: 'skus', skus: ['A'] } } }] };

  test('refuse: approval is refused with the products; an honest one passes', async () => {
    await setLaw('refuse');
    const draft = await review({ promotions: [percentOff(1_000)] });
    const answer = await approve(draft);
    expect(answer).toMatchObject({ campaign: null, userErrors: [{ code: 'NO_REDUCTION' }] });
    expect(answer.userErrors[0]?.message).toContain('Big box (B: Not below the lowest price');
    expect(answer.userErrors[0]?.message).toContain('Costless (C: No price is on record');
    expect(answer.userErrors[0]?.message).not.toContain('Almond');
    const { rows } = await api.installation.database.pool.query('select count(*)::int count from approvals where campaign_id = $1', [
      draft.id,
    ]);
    expect(rows).toEqual([{ count: 0 }]);
    expect((await approve(await review(onA))).campaign).toMatchObject({ status: 'live' });
  });

  test('warn: the check names the products and nothing is refused; off: no check', async () => {
    await setLaw('warn');
    const draft = await review(onB);
    expect(await lawOf(draft.id)).toMatchObject({ passed: false, value: '1', label: { en: expect.stringContaining('Big box') } });
    expect(await lawOf((await review(onA)).id)).toMatchObject({ passed: true, value: '0' });
    expect((await approve(draft)).campaign).toMatchObject({ status: 'live' });
    await setLaw('off');
    expect(await lawOf((await review(onB)).id)).toBeUndefined();
  });

  test('what was approved before a price fell is refused when it is scheduled', async () => {
    await setLaw('warn');
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const draft = await review({ ...onB, ...{ startsAt } });
    expect((await approve(draft)).campaign).toMatchObject({ status: 'scheduled' });
    // An approval that waits for its schedule, as after a rollback of the launch.
    await api.installation.database.pool.query("update campaigns set status = 'approved', live_version = null where id = $1", [draft.id]);
    await setLaw('refuse');
    const answer = await act(api, 'scheduleCampaign', { id: draft.id, expectedVersion: 1 }, await api.tokenOf('approver'));
    expect(answer).toMatchObject({ campaign: null, userErrors: [{ code: 'NO_REDUCTION' }] });
    await setLaw('off');
    expect((await act(api, 'scheduleCampaign', { id: draft.id, expectedVersion: 1 }, await api.tokenOf('approver'))).campaign?.status).toBe(
      'scheduled',
    );
    await api.ask('mutation ($id: ID!) { killCampaign(id: $id) { campaign { id } } }', {
      token: await api.tokenOf('approver'),
      variables: { id: draft.id },
    });
  });

  test('an offer to a segment is no announcement and passes', async () => {
    await setLaw('refuse');
    expect((await approve(await review({ ...onB, segmentKeys: ['loyal'] }))).campaign).toMatchObject({ status: 'live' });
  });

  test('a product on sale for days only announces unless the shop says no', async () => {
    const { pool } = api.installation.database;
    await pool.query(
      "insert into products (id, sku, name, currency, price_minor, cost_minor) values (uuid_v7(), 'N', 'New one', 'EUR', 1000, 100)",
    );
    await pool.query(
      "insert into product_prices (product_id, at, price_minor, currency) select id, now() - interval '3 days', 1000, 'EUR' from products where sku = 'N'",
    );
    const onN = { promotions: [{ kind: 'percent_off', rule: { basisPoints: 1_000, scope: { kind: 'skus', skus: ['N'] } } }] };
    await setLaw('refuse', { announcesNewProducts: false });
    expect((await approve(await review(onN))).userErrors[0]?.message).toContain('On sale for less than 30 days');
    await setLaw('refuse', { announcesNewProducts: true });
    expect((await approve(await review(onN))).campaign).toMatchObject({ status: 'live' });
  });

  test('the setting is changed and read like the others', async () => {
    const token = await api.tokenOf('admin');
    const { data } = await api.ask<{ settings: { version: number } }>('{ settings { version } }', { token });
    const changed = await api.ask(
      'mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { priceLaw announcesNewProducts } userErrors { code } } }',
      { token, variables: { input: { expectedVersion: data.settings.version, priceLaw: 'warn', announcesNewProducts: false } } },
    );
    expect(changed.data).toEqual({ updateSettings: { settings: { priceLaw: 'warn', announcesNewProducts: false }, userErrors: [] } });
  });
});
