import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicReason } from '../rejection-reason.ts';
import { ALL, aCart, aContext, aLine, aPromotion, evaluate, percent } from '../test-carts.ts';
import type { Condition, ConditionLeaf } from './condition.ts';
import { type ConditionFacts, UNKNOWN_SHOPPER } from './condition-kind.ts';
import { conditionFailure, couldHold, testCondition } from './test-condition.ts';

/** Leaves whose truth is chosen: the channel is known, the country is not. */
const YES: ConditionLeaf = { kind: 'channel', channels: ['web'] };
const NO: ConditionLeaf = { kind: 'channel', channels: ['app'] };
const UNKNOWN: ConditionLeaf = { kind: 'country', countries: ['DE'] };
const facts: ConditionFacts = {
  cart: { lines: [], currency: 'EUR', codes: new Set(), channel: 'web', country: null, paymentMethod: null },
  shopper: UNKNOWN_SHOPPER,
  now: new Date('2026-03-01T12:00:00Z'),
  timeZone: 'UTC',
};
const and = (...conditions: Condition[]): Condition => ({ kind: 'and', conditions });
const or = (...conditions: Condition[]): Condition => ({ kind: 'or', conditions });
const not = (condition: Condition): Condition => ({ kind: 'not', condition });
const truth = (condition: Condition) => testCondition(condition, facts).holds;
const leafOf = { true: YES, false: NO, null: UNKNOWN };

describe('three-valued logic', () => {
  // Kleene's tables, written out: rows and columns true, unknown, false.
  const VALUES = [true, null, false] as const;
  const AND = [
    [true, null, false],
    [null, null, false],
    [false, false, false],
  ];
  const OR = [
    [true, true, true],
    [true, null, null],
    [true, null, false],
  ];
  const at = (value: boolean | null) => leafOf[`${value}`];

  test('and, or, not follow the tables', () => {
    expect(VALUES.map((a) => VALUES.map((b) => truth(and(at(a), at(b)))))).toEqual(AND);
    expect(VALUES.map((a) => VALUES.map((b) => truth(or(at(a), at(b)))))).toEqual(OR);
    expect(VALUES.map((a) => truth(not(at(a))))).toEqual([false, null, true]);
  });

  const trees = fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Condition>(YES, NO, UNKNOWN),
      fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((conditions) => and(...conditions)),
      fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((conditions) => or(...conditions)),
      tie('tree').map(not),
    ),
  })).tree;
  const branches = fc.array(trees, { minLength: 1, maxLength: 4 });
  const runs = { seed: 20_261_125, numRuns: 1_000 };

  test('De Morgan: not(a and b) is (not a) or (not b), and the other way round', () => {
    fc.assert(
      fc.property(branches, (parts) => {
        expect(truth(not(and(...parts)))).toBe(truth(or(...parts.map(not))));
        expect(truth(not(or(...parts)))).toBe(truth(and(...parts.map(not))));
        expect(truth(not(not(and(...parts))))).toBe(truth(and(...parts)));
      }),
      runs,
    );
  });

  test('the order of the parts does not matter', () => {
    const shuffled = branches.chain((parts) => fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })));
    fc.assert(
      fc.property(shuffled, ([parts, turned]) => {
        expect(truth(and(...turned))).toBe(truth(and(...parts)));
        expect(truth(or(...turned))).toBe(truth(or(...parts)));
      }),
      runs,
    );
  });

  test('exactly one leaf is named, and the path leads to it', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const failure = conditionFailure(tree, facts);
        expect(failure === null).toBe(truth(tree) === true);
        if (!failure) return;
        const steps = failure.path === '' ? [] : failure.path.split('.');
        const found = steps.reduce<unknown>((part, step) => Reflect.get(Object(part), step), tree);
        expect(found).toMatchObject({ kind: failure.kind });
        expect(failure.isNegated).toBe(steps.filter((step) => step === 'condition').length % 2 === 1);
        expect(failure.isUnknown).toBe(found === UNKNOWN);
        // What is named did not say what was needed of it.
        expect(found === (failure.isNegated ? NO : YES)).toBe(false);
      }),
      runs,
    );
  });

  test('what could hold with some cart: everything about the cart is open, everything else is not', () => {
    const GUEST: ConditionLeaf = { kind: 'first_order' };
    const SUNDAY: ConditionLeaf = { kind: 'weekday', weekdays: ['sunday'] };
    const before: ConditionFacts = { ...facts, cart: null };
    const could = (condition: Condition) => couldHold(condition, before);
    expect([could(YES), could(not(YES)), could(GUEST), could(not(GUEST)), could(SUNDAY), could(not(SUNDAY))]).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect([could(and(YES, GUEST)), could(or(YES, GUEST)), could(not(or(YES, GUEST))), could(not(and(YES, GUEST)))]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});

describe('which leaf is named', () => {
  const short: ConditionLeaf = { kind: 'units_in_cart', minimumUnits: 2, scope: ALL };
  test.each<[string, Condition, string, boolean, boolean]>([
    ['the root', NO, '', false, false],
    ['of "and" the first that fails', and(YES, NO, NO), 'conditions.1', false, false],
    ['of "and" a failure before what is unknown', and(UNKNOWN, NO), 'conditions.1', false, false],
    ['of "and" the unknown one, where none fails', and(YES, UNKNOWN), 'conditions.1', true, false],
    ['of "or" the first', or(NO, NO), 'conditions.0', false, false],
    ['of "or" the unknown one before those that fail', or(NO, UNKNOWN), 'conditions.1', true, false],
    ['of "or" the one that adding to the cart reaches', or(NO, UNKNOWN, short), 'conditions.2', false, false],
    ['of "not" what held', not(YES), 'condition', false, true],
    ['of "not or" the first that held', not(or(NO, YES, YES)), 'condition.conditions.1', false, true],
    ['of "not and" the first', not(and(YES, YES)), 'condition.conditions.0', false, true],
    ['of "not" what is unknown', not(UNKNOWN), 'condition', true, true],
  ])('%s', (_, condition, path, isUnknown, isNegated) => {
    expect(conditionFailure(condition, facts)).toMatchObject({ path, isUnknown, isNegated });
  });

  test('nothing can be added for a condition to fail', () => {
    expect(conditionFailure(short, facts)?.missing).toMatchObject({ required: 2, actual: 0 });
    expect(conditionFailure(not(or(short, UNKNOWN)), facts)).toMatchObject({ path: 'condition.conditions.1', isUnknown: true });
    expect(conditionFailure(not(or(short, UNKNOWN)), facts)?.missing).toBeUndefined();
    expect(conditionFailure(not(not(short)), facts)?.missing).toMatchObject({ required: 2 });
  });
});

describe('in a cart', () => {
  const TEA = { kind: 'categories', categoryKeys: ['tea'] } as const;
  const three: Condition = { kind: 'units_in_cart', minimumUnits: 3, scope: { kind: 'categories', categoryKeys: ['tea'] } };
  const tea = (quantity: number) => aCart([aLine('a'), aLine('t', { quantity, categoryKeys: ['tea'] })]);
  const promotion = (condition: Condition) => aPromotion('p', percent(1_000, { kind: 'skus', skus: ['A'] }), { condition });

  test('it decides, and says which leaf, what it needs and what it found', () => {
    expect(evaluate(tea(3), [promotion(three)]).applied).toMatchObject([
      { amountMinor: 100, message: { en: '10% off A, only with at least 3 of tea' } },
    ]);
    const { rejected } = evaluate(tea(2), [promotion(and(three))]);
    expect(rejected).toMatchObject([
      {
        reason: 'CONDITION_NOT_MET',
        required: 3,
        actual: 2,
        condition: { path: 'conditions.0', kind: 'units_in_cart', required: 3, actual: 2, isUnknown: false },
        message: { en: 'This offer is only with at least 3 of tea.', zh: '该优惠仅限tea满 3 件。' },
      },
    ]);
  });

  test('the hint is about the products of the condition, not of the discount', () => {
    expect(evaluate(tea(2), [promotion(three)]).nearMisses).toMatchObject([
      { missingQuantity: 1, sku: 'T', scope: TEA, message: { en: 'Add 1 × T more: 10% off A, only with at least 3 of tea' } },
    ]);
    const worth: Condition = {
      kind: 'amount_in_cart',
      minimumAmounts: { EUR: 3_000 },
      scope: { kind: 'categories', categoryKeys: ['tea'] },
    };
    expect(evaluate(tea(2), [promotion(worth)]).nearMisses).toMatchObject([{ missingMinor: 1_000, scope: TEA }]);
    expect(evaluate(tea(2), [promotion(and(three, UNKNOWN))]).nearMisses).toEqual([]);
  });

  test('it is tested on what the promotions before it left', () => {
    const first = aPromotion('first', percent(5_000), { priority: 1 });
    const worth: Condition = { kind: 'amount_in_cart', minimumAmounts: { EUR: 1_501 }, scope: { kind: 'all' } };
    expect(evaluate(tea(2), [first, promotion(worth)]).rejected).toMatchObject([{ required: 1_501, actual: 1_500 }]);
  });

  test('a guest fails closed, whichever way the condition is turned', () => {
    for (const condition of [{ kind: 'first_order' }, not({ kind: 'first_order' })] satisfies Condition[])
      expect(evaluate(tea(1), [promotion(condition)]).rejected).toMatchObject([
        { reason: 'CONDITION_NOT_MET', condition: { isUnknown: true } },
      ]);
    const known = {
      ...aContext(),
      facts: { ...UNKNOWN_SHOPPER, history: { orders: 0, ordersByWindowDays: {}, lifetimeValueMinor: 0, currency: 'EUR' } },
    };
    expect(evaluate(tea(1), [promotion({ kind: 'first_order' })], known).applied.length).toBe(1);
  });

  test('a browser does not read what a condition found out about the shopper', () => {
    const told = (condition: Condition) =>
      evaluate(tea(1), [promotion(condition)]).rejected.map((rejected) => publicReason(rejected).reason);
    expect(told({ kind: 'first_order' })).toEqual(['NOT_AVAILABLE']);
    expect(told(three)).toEqual(['CONDITION_NOT_MET']);
  });
});
