import { expect, test } from 'vitest';
import { aCart, aLine, aPromotion, evaluate, percent, reasons, saved } from './test-carts.ts';

const cart = aCart([aLine('a'), aLine('b')]);
const drawingOn = (remainingMinor: number) => ({ sharedBudget: { key: 'spring', remainingMinor } });

test('two campaigns in one cart never take more from a shared budget than is left', () => {
  expect(saved(cart, [aPromotion('p', percent(1_000), drawingOn(250)), aPromotion('q', percent(1_000), drawingOn(250))])).toEqual([
    ['p', 200],
    ['q', 50],
  ]);
  expect(saved(cart, [aPromotion('p', percent(1_000), drawingOn(500)), aPromotion('q', percent(1_000))])).toEqual([
    ['p', 200],
    ['q', 180],
  ]);
  expect(saved(cart, [aPromotion('p', percent(1_000), { ...drawingOn(500), remainingBudgetMinor: 30 })])).toEqual([['p', 30]]);
  expect(reasons(cart, [aPromotion('p', percent(1_000), drawingOn(0))])).toEqual([['p', 'BUDGET_EXHAUSTED']]);
});

test('a discount that the budget held down says what it would have been', () => {
  const promotions = [aPromotion('p', percent(1_000), { remainingBudgetMinor: 150 })];
  expect(evaluate(cart, promotions).applied).toMatchObject([{ amountMinor: 150, desiredMinor: 200, limitedBy: 'BUDGET' }]);
  expect(evaluate(cart, [aPromotion('p', percent(1_000))]).applied).toMatchObject([{ amountMinor: 200, desiredMinor: 200 }]);
});

test('a cookie is not enough for a limit that counts guests', () => {
  expect(reasons(cart, [aPromotion('p', percent(1_000), { isGuestKeyMissing: true })])).toEqual([['p', 'GUEST_KEY_REQUIRED']]);
  expect(reasons(cart, [aPromotion('p', percent(1_000), { isGuestKeyMissing: true, isShopperMissing: true })])).toEqual([
    ['p', 'GUEST_KEY_REQUIRED'],
  ]);
  expect(reasons(cart, [aPromotion('p', percent(1_000), { isShopperMissing: true })])).toEqual([['p', 'SHOPPER_REQUIRED']]);
});
