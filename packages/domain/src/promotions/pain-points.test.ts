import { describe, expect, test } from 'vitest';
import { evaluateCart } from './evaluate-cart.ts';
import { REJECTION_REASONS } from './rejection-reason.ts';
import { aCart, aContext, aLine, ALL, aPromotion, evaluate, percent } from './test-carts.ts';
import { proveCart } from './test-cart-proof.ts';
import { unitsShare } from './unit-prices.ts';

const off = (amountMinor: number, currency = 'EUR') =>
  ({ kind: 'amount_off', amounts: { [currency]: amountMinor }, minimumSpend: null, scope: ALL }) as const;

/** What users of other engines suffer from, as far as the engine itself can make it impossible. */
describe('pain points', () => {
  test('no priority, no exclusivity: the manager’s order counts, never the size or the age of a promotion', () => {
    const cart = aCart([aLine('x')]);
    const small = aPromotion('small', off(1), { priority: 1, exclusive: true });
    const large = aPromotion('large', percent(9_000), { exclusive: true });
    for (const promotions of [
      [small, large],
      [large, small],
    ])
      expect(evaluate(cart, promotions).applied.map((one) => one.promotionId)).toEqual(['small']);
  });

  test('"not applicable" with no reason: every rejection says what failed, what it needed and what it had, in two languages', () => {
    const { rejected } = evaluate(aCart([aLine('x')]), [aPromotion('p', { ...off(100), minimumSpend: { EUR: 1_250 } })]);
    expect(rejected).toMatchObject([{ reason: 'BELOW_THRESHOLD', failing: 'minimumSpend', required: 1_250, actual: 1_000 }]);
    for (const { en, zh } of Object.values(REJECTION_REASONS)) expect([en.length > 5, /\p{Script=Han}/u.test(zh)]).toEqual([true, true]);
  });

  test('cents do not add up: 33.33% of three lines of 0.10 is taken off to the cent, and every sum is exact', () => {
    const { lines, totals, applied } = evaluate(aCart(['x', 'y', 'z'].map((id) => aLine(id, { unitPriceMinor: 10, costMinor: 0 }))), [
      aPromotion('p', percent(3_333)),
    ]);
    expect(lines.map(({ discountMinor }) => discountMinor)).toEqual([4, 3, 3]);
    expect([totals.discountMinor, totals.totalMinor, applied[0]?.amountMinor]).toEqual([10, 20, 10]);
    for (let seed = 100_000; seed < 100_500; seed += 1) proveCart(seed);
  });

  test('nothing stops a loss: 100% and 15% and a voucher never pass the floor, and an unknown cost is never zero', () => {
    const promotions = [aPromotion('all', percent(10_000)), aPromotion('more', percent(1_500)), aPromotion('voucher', off(5_000))];
    const context = aContext({ settings: { marginFloorBasisPoints: 2_000 } });
    const { lines, totals } = evaluate(aCart([aLine('x', { costMinor: 600 }), aLine('y', { costMinor: null })]), promotions, context);
    expect(lines.map(({ finalMinor }) => finalMinor)).toEqual([750, 1_000]);
    expect(totals.totalMinor).toBe(1_750);
  });

  test('returns invalidate discounts: three ways to send a line back refund what was paid, and never more for the first units', () => {
    const [line] = evaluate(aCart([aLine('x', { quantity: 3 })]), [aPromotion('p', off(100))]).lines;
    if (!line) throw new Error('no line');
    for (const pieces of [[3], [1, 2], [1, 1, 1]]) {
      let before = 0;
      const paid = pieces.map((units) => {
        const { paidMinor } = unitsShare({ ...line, addedTaxMinor: 0 }, before, units);
        before += units;
        return paidMinor;
      });
      expect(paid.reduce((sum, one) => sum + one, 0)).toBe(2_900);
      expect(paid[0]).toBeLessThanOrEqual(Math.ceil((2_900 * (pieces[0] ?? 0)) / 3));
    }
  });

  test('currency: an amount without one in the currency of the cart is no discount, never a conversion', () => {
    const { applied, rejected } = evaluate(aCart([aLine('x')]), [aPromotion('p', off(100, 'USD'))]);
    expect(applied).toEqual([]);
    expect(rejected).toMatchObject([{ reason: 'WRONG_CURRENCY', failing: 'currency', required: 'USD', actual: 'EUR' }]);
  });

  test('wrong hour, wrong day: a window ends at its instant, wherever the machine stands', () => {
    const promotion = aPromotion('p', percent(1_000), {
      startsAt: new Date('2026-03-29T00:00:00+01:00'),
      endsAt: new Date('2026-03-30T00:00:00+02:00'),
    });
    const at = (now: string) =>
      evaluateCart(aCart([aLine('x')]), [promotion], aContext({ now: new Date(now) })).rejected[0]?.reason ?? 'applied';
    expect(['2026-03-28T22:59:59.999Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00Z'].map(at)).toEqual([
      'NOT_STARTED',
      'applied',
      'applied',
      'ENDED',
    ]);
  });
});
