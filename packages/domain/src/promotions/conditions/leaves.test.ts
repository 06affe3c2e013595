import { describe, expect, test } from 'vitest';
import { aLine } from '../test-carts.ts';
import { startState } from '../evaluation-state.ts';
import type { Scope } from '../scope.ts';
import { Cart, type CartLine } from '../cart.ts';
import { birthdayWindow, daysFromBirthday } from './birthday.ts';
import { CONDITION_KINDS, Condition, type ConditionLeaf, conditionSentence, factNeedsOf, testLeaf } from './condition.ts';
import { type CartFacts, type ConditionFacts, type ShopperFacts, UNKNOWN_SHOPPER } from './condition-kind.ts';

const ALL = { kind: 'all' } as const;
const TEA: Scope = { kind: 'categories', categoryKeys: ['tea'] };
const settings = { maxDepthBasisPoints: 10_000, marginFloorBasisPoints: 0, rounding: 'half-even' } as const;

function facts(changes: {
  lines?: CartLine[];
  cart?: Partial<CartFacts>;
  shopper?: Partial<ShopperFacts>;
  now?: string;
  timeZone?: string;
}): ConditionFacts {
  const lines = changes.lines ?? [aLine('a', { quantity: 2 }), aLine('b', { unitPriceMinor: 500, categoryKeys: ['tea'] })];
  const known = { currency: 'EUR', codes: new Set(['SPRING']), channel: 'web', country: 'DE', paymentMethod: 'card' };
  return {
    cart: { lines: startState(Cart.parse({ currency: 'EUR', lines }), settings).lines, ...known, ...changes.cart },
    shopper: { ...UNKNOWN_SHOPPER, ...changes.shopper },
    now: new Date(changes.now ?? '2026-03-01T12:00:00Z'),
    timeZone: changes.timeZone ?? 'UTC',
  };
}
const history = { orders: 3, ordersByWindowDays: { 30: 1, 90: 2 }, lifetimeValueMinor: 5_000, currency: 'EUR' };
const known: Partial<ShopperFacts> = { segmentKeys: ['loyal', 'snackers'], history, withinDaysOfBirthday: 3 };

describe('each leaf, at its boundary', () => {
  test.each<[ConditionLeaf, boolean, number | string | null, number | string | null]>([
    [{ kind: 'units_in_cart', minimumUnits: 3, scope: ALL }, true, 3, 3],
    [{ kind: 'units_in_cart', minimumUnits: 4, scope: ALL }, false, 4, 3],
    [{ kind: 'units_in_cart', minimumUnits: 1, scope: TEA }, true, 1, 1],
    [{ kind: 'units_in_cart', minimumUnits: 2, scope: TEA }, false, 2, 1],
    [{ kind: 'amount_in_cart', minimumAmounts: { EUR: 2_500 }, scope: ALL }, true, 2_500, 2_500],
    [{ kind: 'amount_in_cart', minimumAmounts: { EUR: 2_501 }, scope: ALL }, false, 2_501, 2_500],
    [{ kind: 'amount_in_cart', minimumAmounts: { EUR: 501 }, scope: TEA }, false, 501, 500],
    [{ kind: 'segment', segmentKeys: ['other', 'loyal'] }, true, 'other,loyal', 'loyal,snackers'],
    [{ kind: 'segment', segmentKeys: ['other'] }, false, 'other', 'loyal,snackers'],
    [{ kind: 'first_order' }, false, 0, 3],
    [{ kind: 'orders_in_days', windowDays: 30, minimumOrders: 1 }, true, '1..', 1],
    [{ kind: 'orders_in_days', windowDays: 30, minimumOrders: 2 }, false, '2..', 1],
    [{ kind: 'orders_in_days', windowDays: 90, maximumOrders: 2 }, true, '..2', 2],
    [{ kind: 'orders_in_days', windowDays: 90, maximumOrders: 1 }, false, '..1', 2],
    [{ kind: 'orders_in_days', windowDays: 90, minimumOrders: 2, maximumOrders: 2 }, true, '2..2', 2],
    [{ kind: 'lifetime_value', minimumAmounts: { EUR: 5_000 } }, true, 5_000, 5_000],
    [{ kind: 'lifetime_value', minimumAmounts: { EUR: 5_001 } }, false, 5_001, 5_000],
    [{ kind: 'channel', channels: ['app', 'Web'] }, true, 'app,Web', 'web'],
    [{ kind: 'channel', channels: ['app'] }, false, 'app', 'web'],
    [{ kind: 'country', countries: ['AT', 'DE'] }, true, 'AT,DE', 'DE'],
    [{ kind: 'country', countries: ['AT'] }, false, 'AT', 'DE'],
    [{ kind: 'payment_method', paymentMethods: ['card'] }, true, 'card', 'card'],
    [{ kind: 'payment_method', paymentMethods: ['cash'] }, false, 'cash', 'card'],
    [{ kind: 'weekday', weekdays: ['sunday'] }, true, 'sunday', 'sunday'],
    [{ kind: 'weekday', weekdays: ['monday', 'saturday'] }, false, 'monday,saturday', 'sunday'],
    [{ kind: 'hour_of_day', fromHour: 12, untilHour: 13 }, true, '12-13', 12],
    [{ kind: 'hour_of_day', fromHour: 8, untilHour: 12 }, false, '8-12', 12],
    [{ kind: 'hour_of_day', fromHour: 22, untilHour: 6 }, false, '22-6', 12],
    [{ kind: 'hour_of_day', fromHour: 11, untilHour: 6 }, true, '11-6', 12],
    [{ kind: 'code_typed', codes: ['autumn', 'spring'] }, true, null, null],
    [{ kind: 'code_typed', codes: ['autumn'] }, false, null, null],
    [{ kind: 'birthday', withinDays: 3 }, true, 3, 3],
    [{ kind: 'birthday', withinDays: 2 }, false, 2, 3],
  ])('%j: %s', (leaf, holds, required, actual) => {
    expect(Condition.parse(leaf)).toEqual(leaf);
    expect(testLeaf(leaf, facts({ shopper: known }))).toMatchObject({ holds, required, actual });
  });

  const red = (quantity: number, attributes?: Record<string, string>) => aLine(`l${quantity}`, { quantity, attributes });
  test.each<[string, CartLine[], boolean | null]>([
    ['enough red units', [red(2, { colour: 'red' }), red(1, { colour: 'blue' })], true],
    ['too few red units', [red(1, { colour: 'red' }), red(2, { colour: 'blue' })], false],
    ['a line of unknown attributes could be the second', [red(1, { colour: 'red' }), red(2)], null],
    ['enough without the unknown line', [red(2, { colour: 'red' }), red(1)], true],
    ['an attribute that a described product lacks is no match', [red(3, {})], false],
  ])('product attribute: %s', (_, lines, holds) => {
    const leaf: ConditionLeaf = { kind: 'product_attribute', attribute: 'colour', values: ['red', 'crimson'], minimumUnits: 2 };
    expect(testLeaf(leaf, facts({ lines })).holds).toBe(holds);
  });

  test('what is missing is named: units, money, and of which products', () => {
    const leaf = { kind: 'units_in_cart', minimumUnits: 3, scope: TEA } as const;
    expect(testLeaf(leaf, facts({})).missing).toEqual({ unit: 'units', required: 3, actual: 1, sku: null, scope: TEA });
    expect(testLeaf({ ...leaf, scope: { kind: 'skus', skus: ['B'] } }, facts({})).missing).toMatchObject({ sku: 'B' });
    const worth = testLeaf({ kind: 'amount_in_cart', minimumAmounts: { EUR: 900 }, scope: TEA }, facts({}));
    expect(worth.missing).toEqual({ unit: 'money', required: 900, actual: 500, scope: TEA });
  });
});

describe('what is not known is neither yes nor no', () => {
  const nobody = facts({ cart: { channel: null, country: null, paymentMethod: null } });
  test.each<ConditionLeaf>([
    { kind: 'segment', segmentKeys: ['loyal'] },
    { kind: 'first_order' },
    { kind: 'orders_in_days', windowDays: 30, maximumOrders: 5 },
    { kind: 'lifetime_value', minimumAmounts: { EUR: 1 } },
    { kind: 'birthday', withinDays: 60 },
    { kind: 'channel', channels: ['web'] },
    { kind: 'country', countries: ['DE'] },
    { kind: 'payment_method', paymentMethods: ['card'] },
    { kind: 'amount_in_cart', minimumAmounts: { USD: 1 }, scope: ALL },
  ])('%j', (leaf) => {
    expect(testLeaf(leaf, nobody)).toMatchObject({ holds: null, actual: null });
  });

  test('a window that nobody counted, a lifetime value of another currency', () => {
    const seen = facts({ shopper: known });
    expect(testLeaf({ kind: 'orders_in_days', windowDays: 31, minimumOrders: 1 }, seen).holds).toBeNull();
    expect(testLeaf({ kind: 'lifetime_value', minimumAmounts: { USD: 1 } }, seen).holds).toBeNull();
  });

  test('without a cart, everything about carts', () => {
    const leaves: ConditionLeaf[] = [
      { kind: 'units_in_cart', minimumUnits: 1, scope: ALL },
      { kind: 'amount_in_cart', minimumAmounts: { EUR: 1 }, scope: ALL },
      { kind: 'product_attribute', attribute: 'colour', values: ['red'], minimumUnits: 1 },
      { kind: 'channel', channels: ['web'] },
      { kind: 'code_typed', codes: ['spring'] },
    ];
    expect(leaves.map((leaf) => testLeaf(leaf, { ...nobody, cart: null }).holds)).toEqual([null, null, null, null, null]);
  });
});

describe('clocks', () => {
  const hourAt = (now: string, timeZone: string) =>
    testLeaf({ kind: 'hour_of_day', fromHour: 0, untilHour: 24 }, facts({ now, timeZone })).actual;
  test.each([
    ['Europe/Berlin', '2026-03-29T00:59:59Z', 1], // the last second before clocks jump from 02:00 to 03:00
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 3],
    ['Europe/Berlin', '2026-10-25T00:30:00Z', 2], // 02:30 in summer time
    ['Europe/Berlin', '2026-10-25T01:30:00Z', 2], // 02:30 again, in winter time
    ['Europe/Berlin', '2026-10-25T02:00:00Z', 3],
    ['Asia/Kolkata', '2026-03-29T18:29:59Z', 23], // +05:30 the whole year
    ['Asia/Kolkata', '2026-03-29T18:30:00Z', 0],
    ['America/New_York', '2026-03-08T06:59:59Z', 1],
    ['America/New_York', '2026-03-08T07:00:00Z', 3],
  ])('%s at %s: hour %i', (timeZone, now, hour) => {
    expect(hourAt(now, timeZone)).toBe(hour);
  });

  test.each([
    ['Europe/Berlin', '2026-03-28T22:59:59Z', 'saturday'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', 'sunday'], // the change day begins in winter time …
    ['Europe/Berlin', '2026-03-29T21:59:59Z', 'sunday'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', 'monday'], // … and ends in summer time, after 23 hours
    ['Europe/Berlin', '2026-10-25T22:59:59Z', 'sunday'],
    ['Europe/Berlin', '2026-10-25T23:00:00Z', 'monday'], // after 25 hours
    ['Asia/Kolkata', '2026-03-28T18:29:59Z', 'saturday'],
    ['Asia/Kolkata', '2026-03-28T18:30:00Z', 'sunday'],
  ])('%s at %s: %s', (timeZone, now, day) => {
    expect(testLeaf({ kind: 'weekday', weekdays: ['sunday'] }, facts({ now, timeZone }))).toMatchObject({
      holds: day === 'sunday',
      actual: day,
    });
  });

  test.each([
    [{ month: 3, day: 4 }, '2026-03-01T12:00:00Z', 'UTC', -3],
    [{ month: 2, day: 26 }, '2026-03-01T12:00:00Z', 'UTC', 3],
    [{ month: 12, day: 31 }, '2026-01-02T12:00:00Z', 'UTC', 2],
    [{ month: 1, day: 1 }, '2026-12-30T12:00:00Z', 'UTC', -2],
    [{ month: 3, day: 1 }, '2026-02-28T18:30:00Z', 'Asia/Kolkata', 0],
    [{ month: 3, day: 1 }, '2026-02-28T18:29:59Z', 'Asia/Kolkata', -1],
    [{ month: 2, day: 29 }, '2026-02-28T12:00:00Z', 'UTC', 0], // 2026 has no 29 February
    [{ month: 2, day: 29 }, '2026-03-01T12:00:00Z', 'UTC', 1],
    [{ month: 2, day: 29 }, '2028-02-28T12:00:00Z', 'UTC', -1], // 2028 has
    [{ month: 2, day: 29 }, '2028-02-29T12:00:00Z', 'UTC', 0],
    [{ month: 2, day: 29 }, '2100-02-28T12:00:00Z', 'UTC', 0], // a century without
  ])('born on %j, at %s in %s: %i days', (born, now, timeZone, days) => {
    expect(daysFromBirthday(born, new Date(now), timeZone)).toBe(days);
  });

  test.each([
    [0, [0, 7], 0],
    [-1, [0, 7], 7],
    [7, [0, 7], 7],
    [-8, [0, 7], 8],
    [180, [0, 7], 8],
    [3, [], 1],
  ])('%i days away, of the windows %j: %i', (distanceDays, windowsDays, within) => {
    expect(birthdayWindow(distanceDays, windowsDays)).toBe(within);
  });
});

describe('every kind of condition', () => {
  test('is described for a form in both languages, with choices where one chooses', () => {
    for (const { kind, name, arguments: described } of CONDITION_KINDS) {
      expect([kind, name.en, name.zh].every((text) => text.length > 0)).toBe(true);
      for (const { label, unit, choices } of described) {
        expect(label.en.length * label.zh.length, kind).toBeGreaterThan(0);
        expect(unit === 'choice' || unit === 'choices', kind).toBe(choices !== undefined);
      }
    }
  });

  test('has its sentence; codes and segments are not told', () => {
    const said = (condition: Condition) => conditionSentence(condition, { categories: { tea: 'Tea' } });
    expect(said({ kind: 'units_in_cart', minimumUnits: 3, scope: { kind: 'categories', categoryKeys: ['tea'] } })).toEqual({
      en: 'with at least 3 of Tea',
      zh: 'Tea满 3 件',
    });
    expect(said({ kind: 'weekday', weekdays: ['sunday', 'saturday'] })).toEqual({ en: 'on Sunday or Saturday', zh: '星期日或星期六' });
    expect(said({ kind: 'country', countries: ['DE'] })).toEqual({ en: 'to Germany', zh: '寄往德国' });
    expect(said({ kind: 'orders_in_days', windowDays: 30, minimumOrders: 2, maximumOrders: 5 }).en).toBe(
      'with at least 2 and at most 5 orders in the last 30 days',
    );
    expect(
      JSON.stringify([said({ kind: 'segment', segmentKeys: ['at-risk'] }), said({ kind: 'code_typed', codes: ['SECRET'] })]),
    ).not.toMatch(/at-risk|SECRET/);
    expect(
      said({
        kind: 'and',
        conditions: [
          { kind: 'first_order' },
          {
            kind: 'not',
            condition: {
              kind: 'or',
              conditions: [
                { kind: 'channel', channels: ['app'] },
                { kind: 'birthday', withinDays: 0 },
              ],
            },
          },
        ],
      }),
    ).toEqual({ en: 'on the first order and not (by app or on the birthday)', zh: '首单且非（渠道：app或生日当天）' });
  });

  test('says what must be loaded for it', () => {
    expect(factNeedsOf([])).toEqual({ isHistoryNeeded: false, birthdayWindowsDays: [], windowsDays: [], attributes: [] });
    expect(
      factNeedsOf([
        { kind: 'not', condition: { kind: 'orders_in_days', windowDays: 90, maximumOrders: 0 } },
        {
          kind: 'or',
          conditions: [
            { kind: 'orders_in_days', windowDays: 30, minimumOrders: 1 },
            { kind: 'orders_in_days', windowDays: 90, minimumOrders: 1 },
          ],
        },
        { kind: 'birthday', withinDays: 1 },
        { kind: 'product_attribute', attribute: 'colour', values: ['red'], minimumUnits: 1 },
      ]),
    ).toEqual({ isHistoryNeeded: true, birthdayWindowsDays: [1], windowsDays: [30, 90], attributes: ['colour'] });
  });

  test.each([
    { kind: 'nothing' },
    { kind: 'and', conditions: [] },
    { kind: 'not' },
    { kind: 'units_in_cart', minimumUnits: 0, scope: ALL },
    { kind: 'orders_in_days', windowDays: 30 },
    { kind: 'orders_in_days', windowDays: 30, minimumOrders: 3, maximumOrders: 2 },
    { kind: 'country', countries: ['Germany'] },
    { kind: 'hour_of_day', fromHour: 5, untilHour: 5 },
    { kind: 'weekday', weekdays: ['someday'] },
    { kind: 'birthday', withinDays: 61 },
  ])('refuses %j', (condition) => {
    expect(Condition.safeParse(condition).success).toBe(false);
  });

  test('trees of five levels are read, deeper ones are refused whatever their depth', () => {
    const nested = (depth: number): unknown => (depth === 0 ? { kind: 'first_order' } : { kind: 'not', condition: nested(depth - 1) });
    expect([5, 6, 2_000].map((depth) => Condition.safeParse(nested(depth)).success)).toEqual([true, false, false]);
  });
});
