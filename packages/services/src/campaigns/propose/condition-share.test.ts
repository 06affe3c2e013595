import { CampaignContent, type Condition } from '@promolift/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOrder } from '../../promotions/place-order.ts';
import { openTestShop, type TestShop } from '../../promotions/test-campaign.ts';
import { cachedPicture } from './cached-picture.ts';
import { conditionLines, conditionShare } from './condition-share.ts';
import { basisOfContent } from './simulate-proposal.ts';
import { evidenceOfContent } from './evidence-of-content.ts';

/** Shopper, snacks for 10.00, when (Sunday 1 to Wednesday 4 March), channel, country. */
const PAST = [
  ['u-1', 1, '2026-03-01T09:00:00Z', 'web', 'DE'],
  ['u-1', 3, '2026-03-02T12:00:00Z', 'app', 'DE'],
  ['u-2', 5, '2026-03-03T12:00:00Z', 'web', 'FR'],
  ['u-1', 5, '2026-03-04T20:00:00Z', 'web', 'DE'],
] as const;

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  await shop.pool.query("insert into settings (key, value) values ('shop', $1)", [{ currency: 'EUR' }]);
  for (const [userExternalId, quantity, at, channel, country] of PAST) {
    const lines = [{ sku: 'S-0', quantity }];
    const placed = await placeOrder(shop.deps(), { idempotencyKey: at, externalId: at, currency: 'EUR', lines, userExternalId });
    expect(placed.ok).toBe(true);
    await shop.pool.query('update orders set placed_at = external_id::timestamptz, channel = $2, country = $3 where external_id = $1', [
      at,
      channel,
      country,
    ]);
  }
});
afterAll(() => shop.stop());

const contentOf = (condition?: Condition): CampaignContent =>
  CampaignContent.parse({
    name: 'Draft',
    promotions: [
      { id: 'promotion-1', rule: { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } }, ...(condition && { condition }) },
    ],
    audience: { segmentKeys: 'all' },
    schedule: { startsAt: '2026-03-11T00:00:00Z', endsAt: '2026-03-18T00:00:00Z', timeZone: 'UTC' },
    budget: { budgetMinor: 100_000, currency: 'EUR' },
  });
const shareOf = async (condition: Condition) => conditionShare(shop.deps(), await cachedPicture(shop.deps()), contentOf(condition));

const scope = { kind: 'all' } as const;
test.each<[string, Condition, number]>([
  ['units', { kind: 'units_in_cart', minimumUnits: 3, scope }, 3 / 4],
  ['products', { kind: 'units_in_cart', minimumUnits: 1, scope: { kind: 'skus', skus: ['S-1'] } }, 0],
  ['total', { kind: 'amount_in_cart', minimumAmounts: { EUR: 5_000 }, scope }, 2 / 4],
  ['first order', { kind: 'first_order' }, 2 / 4],
  ['orders in the last 2 days', { kind: 'orders_in_days', windowDays: 2, minimumOrders: 1 }, 1 / 4],
  ['40.00 spent so far', { kind: 'lifetime_value', minimumAmounts: { EUR: 4_000 } }, 1 / 4],
  ['weekday', { kind: 'weekday', weekdays: ['sunday', 'monday'] }, 2 / 4],
  ['channel', { kind: 'channel', channels: ['web'] }, 3 / 4],
  ['country', { kind: 'country', countries: ['FR'] }, 1 / 4],
  [
    'both',
    {
      kind: 'and',
      conditions: [
        { kind: 'channel', channels: ['web'] },
        { kind: 'not', condition: { kind: 'first_order' } },
      ],
    },
    1 / 4,
  ],
])('%s: the share of past carts that meet it', async (_, condition, share) => {
  expect(await shareOf(condition)).toEqual({ share, carts: 4, unknownKinds: [] });
});

test('what past orders do not tell shrinks nothing and is named; beside it the rest still counts', async () => {
  const payment: Condition = { kind: 'payment_method', paymentMethods: ['card'] };
  expect(await shareOf(payment)).toEqual({ share: 1, carts: 4, unknownKinds: ['payment_method'] });
  const both = await shareOf({ kind: 'and', conditions: [payment, { kind: 'channel', channels: ['web'] }] });
  expect(both).toEqual({ share: 3 / 4, carts: 4, unknownKinds: ['payment_method'] });
  expect(
    conditionLines(both)
      .map(({ en }) => en)
      .join(' '),
  ).toContain('Past orders do not tell: Payment method');
});

test('a guest never meets what needs an account', async () => {
  await shop.pool.query("update orders set user_id = null where external_id = '2026-03-01T09:00:00Z'");
  const guests = { ...(await cachedPicture(shop.deps())) };
  const carts = guests.carts.map((cart) => (cart.at.toISOString().startsWith('2026-03-01') ? { ...cart, userId: null } : cart));
  expect(await conditionShare(shop.deps(), { ...guests, carts }, contentOf({ kind: 'first_order' }))).toEqual({
    share: 2 / 4,
    carts: 4,
    unknownKinds: [],
  });
});

test('demand, called orders and the evidence shrink by the share', async () => {
  const deps = shop.deps();
  const picture = await cachedPicture(deps);
  const without = await basisOfContent(deps, picture, contentOf());
  const condition: Condition = { kind: 'country', countries: ['FR'] };
  const within = await basisOfContent(deps, picture, contentOf(condition));
  expect(without.condition).toBeNull();
  expect(within.basis.parts.map(({ unitsPerDay }) => unitsPerDay)).toEqual(without.basis.parts.map(({ unitsPerDay }) => unitsPerDay / 4));
  expect(within.basis.traffic?.ordersPerDay).toBe((without.basis.traffic?.ordersPerDay ?? 0) / 4);
  const { evidence } = await evidenceOfContent(deps, contentOf(condition));
  expect(evidence?.basis).toEqual(within.basis);
  expect(evidence?.assumptions.map(({ en }) => en)).toContain(
    '25% of 4 past carts meet the condition, as far as they tell; the estimate is that share of what it would be without.',
  );
});
