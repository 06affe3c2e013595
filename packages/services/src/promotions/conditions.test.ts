import type { Condition, PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eraseUser } from '../users/erase-user.ts';
import { exportUser } from '../users/export-user.ts';
import { setBirthday } from '../users/birthday.ts';
import { isReplayIdentical } from './decision-steps.ts';
import { type CartRequest, evaluateCart } from './evaluate-cart.ts';
import { findDecision } from './explain-decision.ts';
import { offersFor } from './offers.ts';
import { placeOrder } from './place-order.ts';
import { endAll, goLive, openTestShop, type TestShop } from './test-campaign.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  await shop.pool.query(`insert into settings (key, value) values ('shop', '{"currency":"EUR"}')`);
}, 60_000);
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const TEN: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
const CART: CartRequest = { currency: 'EUR', userExternalId: 'u-1', lines: [{ sku: 'S-1', quantity: 2 }] };

async function asked(cart: CartRequest) {
  const evaluated = await evaluateCart(shop.deps(), cart);
  if (!evaluated.ok) throw new Error(evaluated.refusal.message);
  const { evaluation, decisionId } = evaluated.value;
  const [failure] = evaluation.rejected;
  return {
    decisionId,
    evaluation,
    isApplied: evaluation.applied.length > 0,
    actual: failure?.condition?.actual,
    isUnknown: failure?.condition?.isUnknown,
  };
}

/** An order of 10.00 some hours before noon of 10 March. */
async function ordered(externalId: string, user: string, hoursAgo: number, changes: { status?: string; currency?: string } = {}) {
  await shop.pool.query(
    `insert into orders (id, external_id, user_id, placed_at, currency, status, subtotal_minor, total_minor, source)
     select uuid_v7(), $1, id, $3::timestamptz - $4 * interval '1 hour', $5, $6, 1000, 1000, 'test' from users where external_id = $2`,
    [externalId, user, new Date('2026-03-10T12:00:00Z'), hoursAgo, changes.currency ?? 'EUR', changes.status ?? 'placed'],
  );
}

test('the first order gets it, the second does not; guests and shoppers without consent stay unknown', async () => {
  await goLive(shop, { rules: [TEN], condition: { kind: 'first_order' } });
  const placed = await placeOrder(shop.deps(), { ...CART, idempotencyKey: 'first', externalId: 'first' });
  expect(placed.ok && placed.value.evaluated?.evaluation.applied.length).toBe(1);
  expect(await asked(CART)).toMatchObject({ isApplied: false, actual: 1, isUnknown: false });
  expect(await asked({ ...CART, userExternalId: null, anonymousId: 'guest' })).toMatchObject({ isApplied: false, isUnknown: true });
  expect(await asked({ ...CART, userExternalId: 'nobody-yet' })).toMatchObject({ isApplied: false, isUnknown: true });
  await shop.pool.query("update users set has_consent = false where external_id = 'u-2'");
  expect(await asked({ ...CART, userExternalId: 'u-2' })).toMatchObject({ isApplied: false, isUnknown: true });
});

test('windows end now and have whole days; cancelled orders and other currencies do not count; returns come off', async () => {
  await ordered('in', 'u-3', 24 * 30 - 1);
  await ordered('on the edge', 'u-3', 24 * 30);
  await ordered('cancelled', 'u-3', 1, { status: 'cancelled' });
  await ordered('dollars', 'u-3', 2, { currency: 'USD' });
  await shop.pool.query(
    `insert into returns (id, external_id, order_id, product_id, quantity, refund_minor, currency, returned_at)
     select uuid_v7(), 'r', o.id, (select id from products limit 1), 1, 400, 'EUR', $1 from orders o where o.external_id = 'in'`,
    [new Date('2026-03-09T12:00:00Z')],
  );
  const cart = { ...CART, userExternalId: 'u-3' };
  const found = async (condition: Condition) => {
    await goLive(shop, { rules: [TEN], condition });
    const answer = await asked(cart);
    await endAll(shop);
    return answer.actual;
  };
  expect(await found({ kind: 'orders_in_days', windowDays: 30, minimumOrders: 99 })).toBe(2);
  expect(await found({ kind: 'orders_in_days', windowDays: 31, minimumOrders: 99 })).toBe(3);
  expect(await found({ kind: 'lifetime_value', minimumAmounts: { EUR: 99_999 } })).toBe(1_600);
});

test('a birthday is kept sealed, read only as a window, told to its owner and forgotten with them', async () => {
  const born = { userExternalId: 'u-4', birthday: '03-12' };
  expect((await setBirthday(shop.deps(), born)).ok).toBe(true);
  expect(await setBirthday(shop.deps(), { ...born, birthday: '02-30' })).toMatchObject({
    ok: false,
    refusal: { kind: 'INVALID_BIRTHDAY' },
  });
  expect(await setBirthday(shop.deps(), { ...born, userExternalId: 'x' })).toMatchObject({ ok: false, refusal: { kind: 'UNKNOWN_USER' } });
  await goLive(shop, { rules: [TEN], condition: { kind: 'birthday', withinDays: 1 } });
  const { decisionId, actual } = await asked({ ...CART, userExternalId: 'u-4' });
  // Two days away: outside the one day that is asked for, and no more is said.
  expect(actual).toBe(2);
  const decision = await findDecision(shop.deps(), decisionId);
  expect(decision && isReplayIdentical(decision, shop.deps().secrets)).toBe(true);
  expect(JSON.stringify(decision)).not.toContain('03-12');
  await setBirthday(shop.deps(), { ...born, birthday: '09-30' });
  const farther = await findDecision(shop.deps(), (await asked({ ...CART, userExternalId: 'u-4' })).decisionId);
  expect(farther?.inputHash).toBe(decision?.inputHash);
  await setBirthday(shop.deps(), born);
  const { rows } = await shop.pool.query("select birthday_encrypted from users where external_id = 'u-4'");
  expect(rows[0].birthday_encrypted.toString('latin1')).not.toContain('03-12');
  expect(await exportUser(shop.deps(), 'u-4')).toMatchObject({ birthday: { month: 3, day: 12 } });
  await eraseUser(shop.deps(), 'u-4');
  const { rows: left } = await shop.pool.query('select count(*)::int count from users where birthday_encrypted is not null');
  expect(left).toEqual([{ count: 0 }]);
});

test('facts are read only when a live condition asks for them, by one statement', async () => {
  const statements = async () => {
    const deps = shop.deps();
    const texts: string[] = [];
    const query = deps.sql.query.bind(deps.sql);
    const counted = new Proxy(deps.sql, {
      get: (pool, name) =>
        name === 'query'
          ? (text: string, values: unknown[]) => {
              texts.push(text);
              return query(text, values);
            }
          : Reflect.get(pool, name),
    });
    await evaluateCart({ ...deps, sql: counted }, CART);
    await evaluateCart({ ...deps, sql: counted }, CART);
    return texts.filter((text) => text.includes('birthday_encrypted')).length;
  };
  await goLive(shop, { rules: [TEN] });
  expect(await statements()).toBe(0);
  await goLive(shop, { rules: [TEN], condition: { kind: 'channel', channels: ['web'] } });
  expect(await statements()).toBe(0);
  await goLive(shop, {
    rules: [TEN],
    condition: { kind: 'and', conditions: [{ kind: 'birthday', withinDays: 1 }, { kind: 'first_order' }] },
  });
  expect(await statements()).toBe(2);
});

test('what the cart says and what its products are decides; attributes come from the catalogue', async () => {
  await shop.pool.query(`update products set attributes = '{"colour":"red","secret":"x"}' where sku = 'S-1'`);
  const condition: Condition = {
    kind: 'and',
    conditions: [
      { kind: 'product_attribute', attribute: 'colour', values: ['red'], minimumUnits: 2 },
      { kind: 'country', countries: ['DE'] },
      { kind: 'channel', channels: ['app'] },
      { kind: 'not', condition: { kind: 'payment_method', paymentMethods: ['invoice'] } },
    ],
  };
  await goLive(shop, { rules: [TEN], condition });
  const whole = { ...CART, channel: 'app', country: 'de', paymentMethod: 'card' };
  const { isApplied, decisionId } = await asked(whole);
  expect(isApplied).toBe(true);
  const decision = await findDecision(shop.deps(), decisionId);
  expect(decision && isReplayIdentical(decision, shop.deps().secrets)).toBe(true);
  expect(JSON.stringify(decision?.input)).not.toContain('secret');
  const paths = async (changes: Partial<CartRequest>) => (await asked({ ...whole, ...changes })).evaluation.rejected[0]?.condition?.path;
  expect(await paths({ lines: [{ sku: 'S-1', quantity: 1 }] })).toBe('conditions.0');
  expect(await paths({ country: 'AT' })).toBe('conditions.1');
  expect(await paths({ channel: null })).toBe('conditions.2');
  expect(await paths({ paymentMethod: 'invoice' })).toBe('conditions.3.condition');
  expect(await evaluateCart(shop.deps(), { ...CART, country: 'Germany' })).toMatchObject({
    ok: false,
    refusal: { kind: 'INVALID_CART', field: ['country'] },
  });
});

test('offers show what some cart could get, and nothing that the shopper cannot', async () => {
  await goLive(shop, { rules: [TEN], condition: { kind: 'units_in_cart', minimumUnits: 5, scope: { kind: 'all' } } });
  await goLive(shop, { rules: [TEN], condition: { kind: 'weekday', weekdays: ['monday'] } });
  await goLive(shop, { rules: [TEN], condition: { kind: 'first_order' } });
  const of = async (userExternalId: string | null) => {
    const offers = await offersFor(shop.deps(), { userExternalId, anonymousId: 'guest' });
    const decision = await findDecision(shop.deps(), offers.decisionId);
    expect(decision && isReplayIdentical(decision, shop.deps().secrets)).toBe(true);
    return offers.offers.map(({ sentence, isPersonalised }) => [sentence.en, isPersonalised]).sort();
  };
  // 10 March 2026 is a Tuesday.
  expect(await of(null)).toEqual([['10% off everything, only with at least 5 of everything', false]]);
  expect(await of('u-5')).toEqual([
    ['10% off everything, only on the first order', true],
    ['10% off everything, only with at least 5 of everything', false],
  ]);
});

test('the gift that the cart chose is the one in the order', async () => {
  const rule: PromotionRule = {
    kind: 'free_gift',
    giftSku: 'S-8',
    otherGiftSkus: ['S-9'],
    giftQuantity: 1,
    minimumSpend: { EUR: 1_000 },
    scope: { kind: 'all' },
  };
  await goLive(shop, { rules: [rule] });
  const skus = async (externalId: string, changes: Partial<CartRequest>) => {
    const placed = await placeOrder(shop.deps(), { ...CART, ...changes, externalId, idempotencyKey: externalId });
    if (!placed.ok) throw new Error(placed.refusal.message);
    const { rows } = await shop.pool.query(
      'select p.sku, l.unit_price_minor::int price, o.total_minor::int total from order_lines l join products p on p.id = l.product_id join orders o on o.id = l.order_id where l.is_gift and o.id = $1',
      [placed.value.orderId],
    );
    return rows;
  };
  expect(await skus('default', {})).toEqual([{ sku: 'S-8', price: 0, total: 2_000 }]);
  expect(await skus('chosen', { chosenGiftSkus: ['S-9'] })).toEqual([{ sku: 'S-9', price: 0, total: 2_000 }]);
});
