import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planPayments, splitRefund } from './payments.ts';

const due = (totalMinor: number, dueNowMinor = totalMinor) => ({ totalMinor, dueNowMinor });
const points = (wantedPoints: number, balancePoints: number, pointsPerMinor: number | null = 1) => ({
  accountId: 'points',
  wantedPoints,
  balancePoints,
  pointsPerMinor,
});
const card = (accountId: string, balanceMinor: number) => ({ accountId, balanceMinor });

describe('what pays a cart', () => {
  test.each([
    ['nothing offered', due(1_000), null, [], [], 1_000, 1_000],
    ['points, then a card, then money', due(1_000), points(300, 500), [card('a', 200)], [300, 200], 500, 500],
    ['no more points than there are', due(1_000), points(300, 120), [], [120], 880, 880],
    ['no more than is due', due(100), points(300, 500), [card('a', 200)], [100], 0, 0],
    ['ten points a cent: odd points stay', due(1_000), points(305, 500, 10), [], [30], 970, 970],
    ['no points in this currency', due(1_000), points(300, 500, null), [], [], 1_000, 1_000],
    ['an empty card pays nothing', due(1_000), null, [card('a', 0), card('b', 1)], [1], 999, 999],
    ['a card given twice pays once', due(1_000), null, [card('a', 200), card('a', 200)], [200], 800, 800],
    ['only what is due now', due(1_000, 300), points(500, 500), [card('a', 900)], [300], 0, 700],
  ])('%s', (_, totals, offered, cards, amounts, dueNowMinor, restMinor) => {
    const plan = planPayments(totals, offered, cards);
    expect(plan.means.map(({ amountMinor }) => amountMinor)).toEqual(amounts);
    expect(plan).toMatchObject({ dueNowMinor, restMinor });
  });

  test('nothing below zero, sums exact, never more than offered', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    const rate = fc.constantFrom(1, 7, 100, null);
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        amount,
        rate,
        fc.array(amount, { maxLength: 4 }),
        (now, later, wanted, balance, perMinor, balances) => {
          const plan = planPayments(
            due(now + later, now),
            points(wanted, balance, perMinor),
            balances.map((minor, n) => card(`c${n}`, minor)),
          );
          const paid = plan.means.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
          expect(paid + plan.dueNowMinor).toBe(now);
          expect(paid + plan.restMinor).toBe(now + later);
          for (const one of plan.means) {
            expect(one.amountMinor).toBeGreaterThan(0);
            const [held, unit] =
              one.kind === 'points' ? [Math.min(wanted, balance), perMinor] : [balances[Number(one.accountId.slice(1))], 1];
            expect(one.units).toBe(one.amountMinor * (unit ?? 0));
            expect(one.units).toBeLessThanOrEqual(held ?? -1);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('what a refund gives back', () => {
  test('in proportion to what each paid', () => {
    expect(splitRefund([300, 200], 1_000, 0, 500)).toEqual({ sharesMinor: [150, 100], restMinor: 250 });
    expect(splitRefund([1, 1], 3, 0, 1)).toEqual({ sharesMinor: [0, 0], restMinor: 1 });
    expect(splitRefund([1, 1], 3, 1, 2)).toEqual({ sharesMinor: [1, 1], restMinor: 0 });
    expect(splitRefund([0], 0, 0, 0)).toEqual({ sharesMinor: [0], restMinor: 0 });
  });

  test('any sequence of partial refunds gives each means exactly what it paid, and never takes any back', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 30 });
    const means = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 5 });
    fc.assert(
      fc.property(parts, means, (refunds, weights) => {
        const total = refunds.reduce((sum, one) => sum + one, 0);
        let left = total;
        const paid = weights.map((weight) => {
          const share = Math.min(left, Math.floor((total * weight) / 1_500));
          left -= share;
          return share;
        });
        const given = paid.map(() => 0);
        let [before, rest] = [0, 0];
        for (const refund of refunds) {
          const split = splitRefund(paid, total, before, refund);
          expect([...split.sharesMinor, split.restMinor].every((share) => share >= 0)).toBe(true);
          expect(split.sharesMinor.reduce((sum, share) => sum + share, split.restMinor)).toBe(refund);
          split.sharesMinor.forEach((share, index) => {
            given[index] = (given[index] ?? 0) + share;
          });
          rest += split.restMinor;
          before += refund;
        }
        expect(given).toEqual(paid);
        expect(rest).toBe(left);
      }),
      { numRuns: 2_000 },
    );
  });
});
