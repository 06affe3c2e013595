import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { couponOf, endAll, evaluate, fillShop, goLive, percentOff, PLACE, place, type PlaceAnswer } from './test-shop.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterEach(() => endAll(api));
afterAll(() => api.stop());

const LINES = { lines: [{ sku: 'A', quantity: 1 }] };

describe('placing an order', () => {
  test('50 times the same request at once make one order and spend once', async () => {
    const campaign = await goLive(api, { promotions: [percentOff(1_000)] });
    const token = await api.keyOf('secret');
    const input = { idempotencyKey: 'same', externalId: 'same-1', userId: 'u-1', currency: 'EUR', ...LINES };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => api.ask<{ placeOrder: PlaceAnswer }>(PLACE, { token, variables: { input } })),
    );
    const placed = answers.filter(({ errors }) => errors.length === 0).map(({ data }) => data.placeOrder);
    expect(placed.length).toBeGreaterThan(0);
    expect(new Set(placed.map(({ order }) => order?.id)).size).toBe(1);
    expect(answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code)).every((code) => code === 'IN_PROGRESS')).toBe(
      true,
    );
    expect(await count("select count(*) from orders where external_id = 'same-1'")).toBe(1);
    expect(await count(`select used from campaign_counters where campaign_id = '${campaign.id}'`)).toBe(1);
    expect((await place(api, input)).order?.externalId).toBe('same-1');
    const other = await api.ask(PLACE, { token, variables: { input: { ...input, lines: [{ sku: 'B', quantity: 1 }] } } });
    expect(other.errors[0]?.extensions.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  test('40 orders at once on a limit of 5 spend exactly 5', async () => {
    const campaign = await goLive(api, { promotions: [percentOff(1_000)], maxRedemptions: 5 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        place(api, { externalId: `storm-${index}`, userId: `u-${index + 1}`, expectedTotalMinor: 900, ...LINES }),
      ),
    );
    const placed = answers.filter(({ order }) => order !== null);
    expect(placed).toHaveLength(5);
    const refused = new Set(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)));
    expect([...refused].every((code) => ['LIMIT_REACHED', 'PRICE_CHANGED'].includes(code))).toBe(true);
    expect(await count(`select used from campaign_counters where campaign_id = '${campaign.id}'`)).toBe(5);
    expect(await count("select count(*) from orders where external_id like 'storm-%'")).toBe(5);
    expect(await count(`select count(*) from ledger_entries where campaign_id = '${campaign.id}' and kind = 'commit'`)).toBe(5);
  });

  test('a total that changed is refused and nothing is kept', async () => {
    const answer = await place(api, { externalId: 'changed', expectedTotalMinor: 1, ...LINES });
    expect(answer).toMatchObject({ order: null, redemptions: [], userErrors: [{ code: 'PRICE_CHANGED', field: ['expectedTotalMinor'] }] });
    expect(await count("select count(*) from orders where external_id = 'changed'")).toBe(0);
  });

  test('an order is taxed as its cart was', async () => {
    await goLive(api, { promotions: [percentOff(1_000)] });
    const cart = { lines: [{ sku: 'A', quantity: 1, taxBasisPoints: 1_900 }], pricesIncludeTax: false };
    const shown = await evaluate(api, cart);
    const answer = await place(api, { externalId: 'taxed', expectedTotalMinor: 1_071, ...cart });
    expect([shown.evaluation?.total.amountMinor, answer.order?.total.amountMinor]).toEqual([1_071, 1_071]);
    expect(await count("select added_tax_minor from orders where external_id = 'taxed'")).toBe(171);
  });

  test('an unknown sku is a user error that names its line', async () => {
    const answer = await evaluate(api, {
      lines: [
        { sku: 'A', quantity: 1 },
        { sku: 'nope', quantity: 1 },
      ],
    });
    expect(answer).toMatchObject({ evaluation: null, userErrors: [{ code: 'UNKNOWN_SKU', field: ['lines', '1', 'sku'] }] });
  });

  test('a publishable key may neither place an order nor read shoppers', async () => {
    const token = await api.keyOf('publishable');
    const placed = await api.ask(PLACE, {
      token,
      variables: { input: { idempotencyKey: 'p', externalId: 'p', currency: 'EUR', ...LINES } },
    });
    expect([placed.status, placed.errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    for (const query of [
      '{ products { nodes { cost { amountMinor } } } }',
      '{ products { nodes { elasticity { mean } forecast { id } stockCoverDays } } }',
      '{ offers { offers { products { floor { amountMinor } } } } }',
      '{ users { totalCount } }',
      '{ campaigns { totalCount } }',
    ]) {
      expect([query, (await api.ask(query, { token })).errors[0]?.extensions.code]).toEqual([query, 'FORBIDDEN']);
    }
  });
});

describe('reservations', () => {
  test('what is reserved is spent by the order, or given back', async () => {
    const campaign = await goLive(api, { promotions: [couponOf('HOLD', 1_000)], maxRedemptions: 1 });
    const reserve =
      'mutation ($input: ReserveOfferInput!) { reserveOffer(input: $input) { redemption { id status amount { amountMinor } } userErrors { code } } }';
    const input = {
      idempotencyKey: 'r-1',
      campaignId: campaign.id,
      promotionId: campaign.promotions[0]?.id,
      cart: { currency: 'EUR', codes: ['HOLD'], userId: 'u-2', ...LINES },
    };
    const token = await api.keyOf('publishable');
    const first = await api.ask<{ reserveOffer: { redemption: { id: string } } }>(reserve, { token, variables: { input } });
    expect(first.data).toMatchObject({
      reserveOffer: { redemption: { status: 'reserved', amount: { amountMinor: 100 } }, userErrors: [] },
    });
    const second = await api.ask(reserve, { token, variables: { input: { ...input, idempotencyKey: 'r-2' } } });
    expect(second.data).toMatchObject({ reserveOffer: { redemption: null, userErrors: [{ code: 'USES_EXHAUSTED' }] } });
    const release = await api.ask(
      'mutation ($id: ID!) { releaseRedemption(input: { idempotencyKey: "rel", redemptionId: $id }) { redemption { status code campaign { name } } userErrors { code } } }',
      { token: await api.keyOf('secret'), variables: { id: first.data.reserveOffer.redemption.id } },
    );
    expect(release.data).toMatchObject({
      releaseRedemption: { redemption: { status: 'released', code: 'HOLD', campaign: { name: 'Test campaign' } } },
    });
  });
});

describe('returns', () => {
  test('any sequence of returns adds up to exactly what was paid', async () => {
    const campaign = await goLive(api, { promotions: [percentOff(1_111)] });
    const placed = await place(api, {
      externalId: 'ret-1',
      userId: 'u-3',
      lines: [
        { sku: 'A', quantity: 3 },
        { sku: 'B', quantity: 2 },
      ],
    });
    const giveBack = async (key: string, lines: object[]) =>
      (
        await api.ask<{
          returnItems: {
            refund: { amountMinor: number } | null;
            discountGivenBack: { amountMinor: number } | null;
            userErrors: { code: string }[];
          };
        }>(
          'mutation ($input: ReturnItemsInput!) { returnItems(input: $input) { refund { amountMinor } discountGivenBack { amountMinor } order { lines { returnedQuantity } } userErrors { code } } }',
          { token: await api.keyOf('secret'), variables: { input: { idempotencyKey: key, orderExternalId: 'ret-1', lines } } },
        )
      ).data.returnItems;
    const steps = [
      await giveBack('1', [{ lineNumber: 1, quantity: 1 }]),
      await giveBack('2', [
        { lineNumber: 2, quantity: 1 },
        { lineNumber: 1, quantity: 1 },
      ]),
      await giveBack('3', [{ lineNumber: 1, quantity: 1 }]),
      await giveBack('4', [{ lineNumber: 2, quantity: 1 }]),
    ];
    const sum = (part: 'refund' | 'discountGivenBack') => steps.reduce((all, step) => all + (step[part]?.amountMinor ?? Number.NaN), 0);
    expect(sum('refund')).toBe(placed.order?.total.amountMinor);
    expect(sum('discountGivenBack')).toBe(placed.order?.discount.amountMinor);
    expect(await count(`select spent_minor from campaign_counters where campaign_id = '${campaign.id}'`)).toBe(0);
    expect((await giveBack('5', [{ lineNumber: 1, quantity: 1 }])).userErrors).toEqual([{ code: 'TOO_MANY_UNITS' }]);
  });
});

describe('decisions', () => {
  test('a cart decision is explained rule by rule and decided again with the same answer', async () => {
    const { id: campaignId } = await goLive(api, { promotions: [percentOff(500), couponOf('NOPE', 1_000)] });
    const { evaluation } = await evaluate(api, { userId: 'u-4', ...LINES });
    const offers = await api.ask<{ offers: { decisionId: string } }>('{ offers(userId: "u-4") { decisionId } }', {
      token: await api.keyOf('publishable'),
    });
    const { rows } = await api.installation.database.pool.query<{ id: string }>(
      "select id from promotions where campaign_id = $1 and kind = 'coupon'",
      [campaignId],
    );
    const explain = async (id: string | undefined) =>
      (
        await api.ask<{ explainDecision: object }>(
          'query ($id: ID!, $coupon: ID!) { explainDecision(id: $id) { kind policy isReplayIdentical user { externalId } steps { passed detail label { en } } whyNot(promotionId: $coupon) { passed detail } } }',
          { token: await api.tokenOf('viewer'), variables: { id, coupon: rows[0]?.id } },
        )
      ).data.explainDecision;
    expect(await explain(evaluation?.decisionId)).toMatchObject({
      kind: 'evaluate_cart',
      isReplayIdentical: true,
      user: { externalId: 'u-4' },
      steps: [{ passed: true, detail: 'saves 50 minor units' }],
      whyNot: { passed: false, detail: expect.stringContaining('CODE_REQUIRED') },
    });
    expect(await explain(offers.data.offers.decisionId)).toMatchObject({
      kind: 'offers',
      isReplayIdentical: true,
      steps: [{ passed: true }, { passed: true }],
    });
  });
});

const count = async (sql: string): Promise<number> =>
  Number(Object.values((await api.installation.database.pool.query(sql)).rows[0] as object)[0]);
