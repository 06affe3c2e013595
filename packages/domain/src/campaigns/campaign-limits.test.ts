import { describe, expect, test } from 'vitest';
import type { PromotionRule } from '../promotions/promotion-rule.ts';
import { CampaignBudget } from './campaign-content.ts';
import { isGuestKeyMissing, isShopperMissing, limitCountersOf, type LimitSubject } from './campaign-limits.ts';

const at = new Date('2026-03-29T22:30:00Z');
const percent: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
const budgetOf = (budget: object) => CampaignBudget.parse({ budgetMinor: 1_000, currency: 'EUR', ...budget });
const subject = (is: Partial<LimitSubject> = {}): LimitSubject => ({
  userKey: 'user:u',
  guestKey: null,
  code: null,
  segmentKeys: [],
  ...is,
});
const keys = (budget: object, is: Partial<LimitSubject> = {}, rule = percent) =>
  limitCountersOf(budgetOf(budget), { id: 'p', rule }, subject(is), at, 'Europe/Berlin').map(({ key }) => key);

describe('what one use counts against', () => {
  test.each([
    ['a user', {}, {}, ['user|none|user:u']],
    ['nobody', {}, { userKey: null }, []],
    ['an anonymous shopper', {}, { userKey: 'anonymous:a' }, ['user|none|anonymous:a']],
    ['a user who was a guest: once against both', {}, { guestKey: 'guest:g' }, ['user|none|guest:g', 'user|none|user:u']],
    [
      "a day of the campaign's zone",
      { limits: [{ per: ['user'], period: 'day', maxUses: 1 }] },
      {},
      ['user|day@2026-03-29T22:00:00.000Z|user:u', 'user|none|user:u'],
    ],
    [
      'the whole campaign by the week',
      { limits: [{ period: 'week', maxMinor: 500 }] },
      { userKey: null },
      ['|week@2026-03-29T22:00:00.000Z'],
    ],
    ['a code', { limits: [{ per: ['code'], maxUses: 3 }] }, { code: 'SAVE' }, ['code|none|code:SAVE', 'user|none|user:u']],
    ['no code', { limits: [{ per: ['code'], maxUses: 3 }] }, {}, ['user|none|user:u']],
    [
      'each of the segments, with dimensions in one order',
      { limits: [{ per: ['segment', 'user'], maxUses: 3 }] },
      { segmentKeys: ['a', 'b'] },
      ['user+segment|none|user:u|segment:a', 'user+segment|none|user:u|segment:b', 'user|none|user:u'],
    ],
    [
      'a guest',
      { limits: [{ per: ['guest'], maxUses: 1 }] },
      { userKey: 'anonymous:a', guestKey: 'guest:g' },
      ['guest|none|guest:g', 'user|none|anonymous:a', 'user|none|guest:g'],
    ],
  ] as const)('%s', (_, budget, is, expected) => expect(keys(budget, is)).toEqual(expected));

  test('a flash sale counts its units', () => {
    const flash: PromotionRule = { kind: 'flash_sale', basisPoints: 2_000, scope: { kind: 'all' }, stockCapUnits: 7 };
    const counters = limitCountersOf(budgetOf({}), { id: 'p', rule: flash }, subject({ userKey: null }), at, 'UTC');
    expect(counters).toEqual([{ key: 'units|p', refusal: 'UNITS_EXHAUSTED', maxUses: null, maxMinor: null, maxUnits: 7 }]);
  });

  test('maxPerUser is the limit per user for ever; the stricter of two counts', () => {
    const limitOf = (budget: object) => limitCountersOf(budgetOf(budget), { id: 'p', rule: percent }, subject(), at, 'UTC');
    expect(limitOf({ maxPerUser: 2 })).toMatchObject([{ maxUses: 2, maxMinor: null }]);
    expect(limitOf({ maxPerUser: 2, limits: [{ per: ['user'], maxUses: 1, maxMinor: 300 }] })).toMatchObject([
      { maxUses: 1, maxMinor: 300 },
    ]);
    expect(limitOf({ maxPerUser: 2, limits: [{ per: ['user'], maxUses: 5 }] })).toMatchObject([{ maxUses: 2 }]);
  });
});

test.each([
  ['no bound', [{ per: ['user'] }], 'limits neither uses nor money'],
  ['the whole campaign for ever', [{ maxUses: 3 }], 'of the whole campaign for ever are maxRedemptions and budgetMinor'],
  ['a dimension twice', [{ per: ['user', 'user'], maxUses: 1 }], 'names a dimension twice'],
  [
    'two of one sort',
    [
      { per: ['user', 'code'], maxUses: 1 },
      { per: ['code', 'user'], maxMinor: 1 },
    ],
    'two limits have the same dimensions and period',
  ],
])('refused: %s', (_, limits, message) => {
  const parsed = CampaignBudget.safeParse({ budgetMinor: 1_000, currency: 'EUR', limits });
  expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test.each([
  ['user:u', null, false],
  ['anonymous:a', 'guest:g', false],
  ['anonymous:a', null, true],
  [null, null, true],
])('a limit per guest needs more than a cookie: %s, %s', (userKey, guestKey, isMissing) => {
  const budget = budgetOf({ limits: [{ per: ['guest'], maxUses: 1 }] });
  expect(isGuestKeyMissing(budget, subject({ userKey, guestKey }))).toBe(isMissing);
  expect(isGuestKeyMissing(budgetOf({ maxPerUser: 1 }), subject({ userKey, guestKey }))).toBe(false);
});

test.each([
  ['user:u', null, false],
  ['anonymous:a', null, false],
  [null, 'guest:g', false],
  [null, null, true],
])('a limit per user needs a key of some sort: %s, %s', (userKey, guestKey, isMissing) => {
  const shopper = subject({ userKey, guestKey });
  expect(isShopperMissing(budgetOf({ maxPerUser: 1 }), shopper)).toBe(isMissing);
  expect(isShopperMissing(budgetOf({ limits: [{ per: ['user'], period: 'day', maxMinor: 100 }] }), shopper)).toBe(isMissing);
  expect(isShopperMissing(budgetOf({ limits: [{ per: ['code'], maxUses: 1 }] }), shopper)).toBe(false);
});
