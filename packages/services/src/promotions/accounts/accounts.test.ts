import type { PromotionRule } from '@promolift/domain';
import { removeGuard } from '@promolift/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { advanceCampaigns } from '../../campaigns/advance-campaigns.ts';
import { readSettingsRecord, updateSettings } from '../../shared/settings.ts';
import { eraseUser } from '../../users/erase-user.ts';
import { exportUser } from '../../users/export-user.ts';
import { isReplayIdentical } from '../decision-steps.ts';
import { evaluateCart } from '../evaluate-cart.ts';
import { findDecision } from '../explain-decision.ts';
import { type OrderRequest, placeOrder } from '../place-order.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../test-campaign.ts';
import { reserveOffer } from '../redemptions.ts';
import { cancelOrder, returnItems } from '../undo-order.ts';
import { findGiftCard } from './read-accounts.ts';
import { settleAccounts } from './settle-accounts.ts';
import { adjustPoints, issueGiftCard, openAccount } from './write-accounts.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  await setShop({ pointsPerMinor: { EUR: 1 } });
}, 60_000);
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const NOON = new Date('2026-03-10T12:00:00Z');
const days = (n: number) => new Date(NOON.getTime() + n * 86_400_000);
const later = (n: number) => ({ ...shop.deps(), clock: { now: () => days(n) } });
const earning: PromotionRule = { kind: 'loyalty_points', points: 2, perAmounts: { EUR: 100 }, scope: { kind: 'all' } };
const referring: PromotionRule = {
  kind: 'referral_reward',
  referrerPoints: 500,
  friendPoints: 300,
  maxPerReferrer: 2,
  minimumSpend: { EUR: 1_000 },
  scope: { kind: 'all' },
};

async function setShop(changes: Parameters<typeof updateSettings>[2]): Promise<void> {
  const { version } = await readSettingsRecord({ sql: shop.pool });
  expect(await updateSettings(shop.deps(), version, changes)).toMatchObject({ ok: true });
}
let keys = 0;
const key = () => `key-${(keys += 1)}`;
const place = (user: string, request: Partial<OrderRequest> = {}, deps = shop.deps()) => {
  const externalId = key();
  return placeOrder(deps, {
    idempotencyKey: externalId,
    externalId,
    currency: 'EUR',
    userExternalId: user,
    lines: [{ sku: 'S-0', quantity: 2 }],
    ...request,
  });
};
async function placed(user: string, request: Partial<OrderRequest> = {}): Promise<string> {
  const externalId = request.externalId ?? key();
  const order = await place(user, { ...request, externalId });
  if (!order.ok) throw new Error(order.refusal.kind);
  return externalId;
}
const comeBack = async (externalId: string, quantity: number, deps = shop.deps()) => {
  const back = await returnItems(deps, { idempotencyKey: key(), orderExternalId: externalId, lines: [{ lineNumber: 1, quantity }] });
  if (!back.ok) throw new Error(back.refusal.kind);
  return back.value.refunded;
};
/** Balance and pending points; both equal what the entries sum to. */
async function pointsOf(user: string): Promise<[number, number]> {
  const { rows } = await shop.pool.query<{ balance: number; pending: number; available: number; promised: number }>(
    `select a.balance, a.pending, (select sum(available)::float8 from account_entries e where e.account_id = a.id) available,
       (select sum(e.pending)::float8 from account_entries e where e.account_id = a.id) promised
     from accounts a join users u on u.id = a.user_id where u.external_id = $1 and a.kind = 'points'`,
    [user],
  );
  const [row] = rows;
  if (!row) return [0, 0];
  expect([row.available ?? 0, row.promised ?? 0]).toEqual([row.balance, row.pending]);
  return [row.balance, row.pending];
}
const givePoints = async (user: string, points: number) =>
  expect(await adjustPoints(shop.deps(), { idempotencyKey: key(), userExternalId: user, points, reason: 'test' })).toMatchObject({
    ok: true,
  });
async function card(amountMinor: number, expiresAt: Date | null = null): Promise<string> {
  const issued = await issueGiftCard(shop.deps(), { idempotencyKey: key(), amountMinor, currency: 'EUR', expiresAt });
  if (!issued.ok) throw new Error(issued.refusal.kind);
  return issued.value.code;
}
const cardBalance = async (code: string) => (await findGiftCard({ ...shop.deps() }, code))?.balance;
const spent = async (campaignId: string) =>
  (await shop.pool.query<{ spent: number }>('select spent_minor spent from campaign_counters where campaign_id = $1', [campaignId])).rows[0]
    ?.spent;

test('points are promised with the order, go with what comes back, and can be spent after the return window', async () => {
  const id = await goLive(shop, { rules: [earning] });
  const order = await placed('u-1', { lines: [{ sku: 'S-0', quantity: 3 }] });
  expect(await pointsOf('u-1')).toEqual([0, 60]);
  expect(await spent(id)).toBe(60);
  await comeBack(order, 1);
  expect(await pointsOf('u-1')).toEqual([0, 40]);
  expect(await spent(id)).toBe(40);
  await settleAccounts(later(13.9));
  expect(await pointsOf('u-1')).toEqual([0, 40]);
  await advanceCampaigns(later(14));
  expect(await pointsOf('u-1')).toEqual([40, 0]);
  await comeBack(order, 2, later(15));
  expect(await pointsOf('u-1')).toEqual([0, 0]);
  expect(await spent(id)).toBe(0);
});

test('a cancelled order takes all its points and gives all its payments back', async () => {
  const id = await goLive(shop, { rules: [earning] });
  await givePoints('u-2', 700);
  const code = await card(500);
  const order = await placed('u-2', { pointsToSpend: 700, giftCardCodes: [code], expectedTotalMinor: 2_000, expectedDueNowMinor: 800 });
  expect([await pointsOf('u-2'), await cardBalance(code)]).toEqual([[0, 40], 0]);
  const cancelled = await cancelOrder(shop.deps(), { idempotencyKey: key(), externalId: order });
  expect(cancelled).toMatchObject({
    value: {
      refunded: {
        means: [
          { kind: 'points', units: 700 },
          { kind: 'gift_card', units: 500 },
        ],
        restMinor: 800,
      },
    },
  });
  expect([await pointsOf('u-2'), await cardBalance(code), await spent(id)]).toEqual([[700, 0], 500, 0]);
});

test('partial returns give points, cards and money back in proportion, and exactly what was paid in the end', async () => {
  await givePoints('u-3', 1_000);
  const code = await card(333);
  const order = await placed('u-3', { lines: [{ sku: 'S-0', quantity: 3 }], pointsToSpend: 1_000, giftCardCodes: [code] });
  const backs = [await comeBack(order, 1), await comeBack(order, 1), await comeBack(order, 1)];
  expect(backs.map(({ means, restMinor }) => [...means.map(({ amountMinor }) => amountMinor), restMinor])).toEqual([
    [333, 111, 556],
    [333, 111, 556],
    [334, 111, 555],
  ]);
  expect([await pointsOf('u-3'), await cardBalance(code)]).toEqual([[1_000, 0], 333]);
});

test('ten points a cent are given back as points, and the rate of the order counts after it has changed', async () => {
  await setShop({ pointsPerMinor: { EUR: 10 } });
  await givePoints('u-4', 5_005);
  const order = await placed('u-4', { pointsToSpend: 5_005 });
  expect(await pointsOf('u-4')).toEqual([5, 0]);
  await setShop({ pointsPerMinor: { EUR: 1 } });
  expect((await comeBack(order, 1)).means).toMatchObject([{ amountMinor: 250, units: 2_500 }]);
  expect((await comeBack(order, 1)).means).toMatchObject([{ amountMinor: 250, units: 2_500 }]);
  expect(await pointsOf('u-4')).toEqual([5_005, 0]);
});

test('20 orders at once on one card and one balance: no more is spent than there is; without guard and constraint there is', async () => {
  const storm = async (code: string) => {
    const orders = await Promise.all(
      Array.from({ length: 20 }, (_, n) => place(`u-${100 + n}`, { giftCardCodes: [code], expectedDueNowMinor: 0 })),
    );
    return orders.filter(({ ok }) => ok).length;
  };
  const guarded = await card(7_000);
  expect(await storm(guarded)).toBe(3);
  expect(await cardBalance(guarded)).toBe(1_000);
  const putBack = [await removeGuard(shop.pool, 'check: account balance'), await removeGuard(shop.pool, 'guard: account balance')];
  const open = await card(7_000);
  expect(await storm(open)).toBeGreaterThan(3);
  await shop.pool.query('update accounts set balance = 0 where balance < 0');
  for (const put of putBack.reverse()) await put();
}, 30_000);

test('a card that is unknown, has run out, or is of another currency refuses the order; a shown cart says which', async () => {
  const [late, good] = [await card(500, days(1)), await card(500)];
  const cart = { currency: 'EUR', lines: [{ sku: 'S-0', quantity: 1 }], giftCardCodes: ['XXXX-XXXX-XXXX-XXXX', late, good.toLowerCase()] };
  const shown = await evaluateCart(later(1), cart);
  expect(shown).toMatchObject({
    value: { refusedGiftCards: ['XXXX-XXXX-XXXX-XXXX', late], payments: { dueNowMinor: 500, means: [{ amountMinor: 500 }] } },
  });
  expect(await place('u-5', { giftCardCodes: ['nonsense'] })).toMatchObject({ refusal: { kind: 'GIFT_CARD_NOT_VALID' } });
  expect(await place('u-5', { pointsToSpend: 5 })).toMatchObject({ refusal: { kind: 'NO_POINTS' } });
  await shop.pool.query("update accounts set currency = 'USD' where balance = 500 and expires_at is null");
  expect(await place('u-5', { giftCardCodes: [good] })).toMatchObject({ refusal: { kind: 'GIFT_CARD_NOT_VALID' } });
});

test('a friend and who brought them are both rewarded after the return window, once; the limit of the referrer holds', async () => {
  const id = await goLive(shop, { rules: [referring] });
  const opened = await openAccount(shop.deps(), { userExternalId: 'u-10' });
  if (!opened.ok) throw new Error(opened.refusal.kind);
  const { referralCode } = opened.value;
  expect(await openAccount(shop.deps(), { userExternalId: 'u-10' })).toEqual(opened);
  // The new customer is one whom no import has told us of.
  await openAccount(shop.deps(), { userExternalId: 'new-1' });
  const first = await placed('new-1', { referralCode: ` ${referralCode.toLowerCase()} ` });
  expect([await pointsOf('u-10'), await pointsOf('new-1'), await spent(id)]).toEqual([[0, 500], [0, 300], 800]);
  const reasons = async (user: string, request: Partial<OrderRequest> = {}) => {
    const evaluated = await evaluateCart(shop.deps(), {
      currency: 'EUR',
      lines: [{ sku: 'S-0', quantity: 1 }],
      userExternalId: user,
      referralCode,
      ...request,
    });
    return evaluated.ok && evaluated.value.evaluation.rejected.map(({ reason }) => reason);
  };
  expect(await reasons('new-1')).toEqual(['NOT_FIRST_ORDER']);
  expect(await reasons('u-10')).toEqual(['SELF_REFERRAL']);
  expect(await reasons('u-11', { referralCode: null })).toEqual(['REFERRAL_REQUIRED']);
  await comeBack(first, 1);
  expect(await pointsOf('new-1')).toEqual([0, 300]);
  const second = await placed('u-11', { referralCode });
  expect(await reasons('u-12')).toEqual(['REFERRER_LIMIT_REACHED']);
  await cancelOrder(shop.deps(), { idempotencyKey: key(), externalId: second });
  expect([await pointsOf('u-10'), await pointsOf('u-11')]).toEqual([
    [0, 500],
    [0, 0],
  ]);
  expect(await reasons('u-11')).toEqual(['NOT_FIRST_ORDER']);
  await settleAccounts(later(14));
  expect([await pointsOf('u-10'), await pointsOf('new-1')]).toEqual([
    [500, 0],
    [300, 0],
  ]);
});

test('nobody refers themselves by another account with the same e-mail or from the same browser', async () => {
  await goLive(shop, { rules: [referring] });
  const guestKey = 'a'.repeat(64);
  const opened = await openAccount(shop.deps(), { userExternalId: 'u-20', guestKey });
  if (!opened.ok) throw new Error(opened.refusal.kind);
  await placed('u-20', { anonymousId: 'browser-1' });
  for (const same of [{ guestKey }, { anonymousId: 'browser-1' }]) {
    const order = await place('u-21', { referralCode: opened.value.referralCode, ...same });
    expect(order.ok && order.value.evaluated?.evaluation.rejected).toMatchObject([{ reason: 'SELF_REFERRAL' }]);
    if (order.ok) await shop.pool.query("update orders set status = 'cancelled' where id = $1", [order.value.orderId]);
  }
});

test('ten first orders of one friend at once: one is rewarded', async () => {
  await goLive(shop, { rules: [referring] });
  const opened = await openAccount(shop.deps(), { userExternalId: 'u-30' });
  if (!opened.ok) throw new Error(opened.refusal.kind);
  await Promise.all(Array.from({ length: 10 }, () => place('u-31', { referralCode: opened.value.referralCode })));
  expect([await pointsOf('u-30'), await pointsOf('u-31')]).toEqual([
    [0, 500],
    [0, 300],
  ]);
});

test('points run out so many days after the account last moved, and never where the setting says never', async () => {
  await setShop({ pointsExpireDays: 30 });
  await givePoints('u-40', 100);
  await settleAccounts(later(29));
  expect(await pointsOf('u-40')).toEqual([100, 0]);
  await settleAccounts(later(30));
  expect(await pointsOf('u-40')).toEqual([0, 0]);
  await givePoints('u-40', 50);
  await setShop({ pointsExpireDays: null });
  await settleAccounts(later(300));
  expect(await pointsOf('u-40')).toEqual([50, 0]);
});

test('points cannot be reserved, and a held promise is in what a shopper may read of themselves', async () => {
  const id = await goLive(shop, { rules: [earning] });
  const cart = { currency: 'EUR', lines: [{ sku: 'S-0', quantity: 1 }], userExternalId: 'u-70' };
  const evaluated = await evaluateCart(shop.deps(), cart);
  const promotionId = (evaluated.ok && evaluated.value.evaluation.applied[0]?.promotionId) || '';
  const reserve = { idempotencyKey: key(), campaignId: id, promotionId, cart, timeToLiveSeconds: 60 };
  expect(await reserveOffer(shop.deps(), reserve)).toMatchObject({ refusal: { kind: 'NOTHING_TO_RESERVE' } });
  await placed('u-70');
  expect(await exportUser(shop.deps(), 'u-70')).toMatchObject({
    accounts: [{ kind: 'points', balance: 0, pending: 40, entries: [{ kind: 'earn', pending: 40 }] }],
  });
});

test('a decision with points and a referral replays byte for byte; an erased referrer has no code', async () => {
  await goLive(shop, { rules: [earning, referring] });
  const opened = await openAccount(shop.deps(), { userExternalId: 'u-60' });
  if (!opened.ok) throw new Error(opened.refusal.kind);
  const cart = { currency: 'EUR', lines: [{ sku: 'S-0', quantity: 2 }], userExternalId: 'u-61', referralCode: opened.value.referralCode };
  const evaluated = await evaluateCart(shop.deps(), cart);
  if (!evaluated.ok) throw new Error(evaluated.refusal.kind);
  expect(evaluated.value.evaluation.applied.map(({ earned }) => earned?.points).sort()).toEqual([300, 40]);
  const decision = await findDecision(shop.deps(), evaluated.value.decisionId);
  expect(decision && isReplayIdentical(decision, shop.deps().secrets)).toBe(true);
  await eraseUser(shop.deps(), 'u-60');
  const after = await evaluateCart(shop.deps(), cart);
  expect(after.ok && after.value.evaluation.rejected.map(({ reason }) => reason)).toEqual(['REFERRAL_REQUIRED']);
});
