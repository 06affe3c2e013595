import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeReduction, judgeShelfPrice, type PriceHistory, priorPrice, type PublicReduction } from './prior-price.ts';

const DAY_MS = 86_400_000;
const day = (number: number): Date => new Date(Date.UTC(2026, 0, 1) + number * DAY_MS);
type Points = readonly (readonly [dayNumber: number, priceMinor: number])[];
const historyOf = (points: Points, reductions: readonly PublicReduction[] = []): PriceHistory => ({
  currency: 'EUR',
  changes: points.map(([number, priceMinor]) => ({ at: day(number), priceMinor, currency: 'EUR' })),
  reductions,
});
const sale = (from: number, until: number, depthBasisPoints: number): PublicReduction => ({
  from: day(from),
  until: day(until),
  priceOf: (shelfMinor) => Math.round((shelfMinor * (10_000 - depthBasisPoints)) / 10_000),
});
const RULES = { announcesNewProducts: true };

/** Prices by day (day:price), the reduced price and the day it began → prior price and percentage in basis points (- = none may be announced). */
const GOLDEN = `
0:10000                  8000 100 10000 2000 100 for long, then 80
0:8000 80:10000          9000 100  8000 -    80, then 100, then "sale 90" is no reduction
0:8000 69:10000          9000 100 10000 1000 the same after 80 was left 31 days ago
0:8000 70:10000          9000 100 10000 1000 80 held until exactly 30 days before: the window begins when it ends
0:8000 71:10000          9000 100  8000 -    80 held one day longer: it is inside
0:10000 100:7000         7000 100 10000 3000 the window ends before the reduction: its own price does not count
0:10000 105:5000         8000 100 10000 2000 a price after the reduction began does not count
0:8000 80:10000          7000 100  8000 1250 the percentage is of the prior price, not of the last one
0:9000 80:10000          9000 100  9000 -    exactly the prior price is no reduction
0:300                     200 100   300 3333 a third rounds down
0:10000 60:9000 75:8000  7000  90 10000 3000 further cuts count from the price before the first
0:10000 60:8000 70:9000  7000  80  8000 1250 a rise between two cuts ends the series
0:10000 80:8000          9000  90  8000 -    a rise is no further cut: 100, 80, "sale 90"
0:10000 50:9000          8000  80  9000 1111 a lower price that held for 30 days is the ordinary one
0:10000 51:9000          8000  80 10000 2000 a lower price that held for 29 days is one series with the next cut
90:10000                 8000 100 10000 2000 on sale for 10 days: the days there are
100:10000                8000 100     - -    on sale from the day of the reduction
                         8000 100     - -    nothing on record
`
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [given = '', expected = ''] = [line.slice(0, 25), line.slice(25)];
    const [priceMinor, began, prior, percent, ...name] = expected.trim().split(/ +/);
    const changes =
      given.trim() === ''
        ? []
        : given
            .trim()
            .split(' ')
            .map((step) => step.split(':').map(Number) as [number, number]);
    const numberOf = (text: string | undefined) => (text === '-' ? null : Number(text));
    return [name.join(' '), changes, Number(priceMinor), Number(began), numberOf(prior), numberOf(percent)] as const;
  });

describe('the lowest price of the 30 days before the reduction began', () => {
  test.each(GOLDEN)('%s', (_, points, priceMinor, began, priorPriceMinor, percent) => {
    expect(judgeReduction(historyOf(points), { priceMinor, beganAt: day(began) }, RULES)).toMatchObject({
      priorPriceMinor,
      mayAnnounceReduction: percent !== null,
      announcedReductionBasisPoints: percent ?? 0,
    });
  });

  test.each([
    [true, true, null],
    [false, false, 'NEW_PRODUCT'],
  ] as const)('a product of 10 days announces: %s', (announcesNewProducts, mayAnnounceReduction, reason) => {
    const reduced = { priceMinor: 8_000, beganAt: day(100) };
    const verdict = judgeReduction(historyOf([[90, 10_000]]), reduced, { announcesNewProducts });
    expect(verdict).toMatchObject({ mayAnnounceReduction, reason });
    expect(judgeReduction(historyOf([[70, 10_000]]), reduced, { announcesNewProducts }).mayAnnounceReduction).toBe(true);
  });

  test('prices in another currency are another history', () => {
    const euros = historyOf([[0, 10_000]]);
    const mixed = { ...euros, changes: [...euros.changes, { at: day(90), priceMinor: 10, currency: 'USD' }] };
    expect(priorPrice(mixed, { priceMinor: 8_000, beganAt: day(100) })?.priorPriceMinor).toBe(10_000);
    expect(priorPrice({ ...mixed, currency: 'JPY' }, { priceMinor: 8_000, beganAt: day(100) })).toBeNull();
  });
});

describe('sales that everybody could use are prices too', () => {
  test.each([
    ['20% off until a week ago: 10% off now is none', sale(80, 93, 2_000), 9_000, 8_000, false],
    ['it ended 30 days ago: forgotten', sale(60, 70, 2_000), 9_000, 10_000, true],
    ['it ended 29 days ago: remembered', sale(60, 71, 2_000), 9_000, 8_000, false],
    ['10% off until this very instant, 20% off from now: one series', sale(90, 100, 1_000), 8_000, 10_000, true],
    ['a day between them: two', sale(90, 99, 1_000), 8_000, 9_000, true],
    ['10% off for 30 days is the ordinary price', sale(70, 100, 1_000), 8_000, 9_000, true],
  ])('%s', (_, reduction, priceMinor, priorPriceMinor, mayAnnounceReduction) => {
    const verdict = judgeReduction(historyOf([[0, 10_000]], [reduction]), { priceMinor, beganAt: day(100) }, RULES);
    expect(verdict).toMatchObject({ priorPriceMinor, mayAnnounceReduction });
  });
});

describe('the shelf price', () => {
  const cut: Points = [
    [0, 10_000],
    [90, 8_000],
  ];
  const steps = (...prices: [number, number, number]): Points => [
    [0, prices[0]],
    [80, prices[1]],
    [95, prices[2]],
  ];
  test.each<[string, Points, number, number | null, number, string | null]>([
    ['cut ten days ago', cut, 100, 10_000, 2_000, null],
    ['said again by a later import', [...cut, [95, 8_000]], 100, 10_000, 2_000, null],
    ['cut 29 days ago', cut, 119, 10_000, 2_000, null],
    ['cut 30 days ago: the ordinary price', cut, 120, 8_000, 0, 'NOT_REDUCED'],
    ['80, 100, 90', steps(8_000, 10_000, 9_000), 100, 8_000, 0, 'NOT_BELOW_PRIOR_PRICE'],
    ['raised lately', steps(8_000, 8_000, 9_000), 100, 8_000, 0, 'NOT_REDUCED'],
    ['never changed', [[0, 8_000]], 100, 8_000, 0, 'NOT_REDUCED'],
    ['a cut that lies ahead', steps(8_000, 8_000, 7_000), 90, 8_000, 0, 'NOT_REDUCED'],
    ['nothing on record', [], 100, null, 0, 'NOT_REDUCED'],
  ])('%s', (_, points, now, priorPriceMinor, announcedReductionBasisPoints, reason) => {
    expect(judgeShelfPrice(historyOf(points), day(now), RULES)).toEqual({
      priorPriceMinor,
      announcedReductionBasisPoints,
      reason,
      mayAnnounceReduction: reason === null,
    });
  });
});

describe('for any history', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 50 })), { minLength: 1, maxLength: 25 });
  const unique = points.map((all) => [...new Map(all).entries()]);
  const reduced = fc.record({ priceMinor: fc.integer({ min: 0, max: 60 }), beganAt: fc.integer({ min: 1, max: 130 }).map(day) });

  test('what is announced is truly below every price of the window and counted from its lowest', () => {
    fc.assert(
      fc.property(unique, reduced, (all, one) => {
        const history = historyOf(all);
        const [prior, verdict] = [priorPrice(history, one), judgeReduction(history, one, RULES)];
        if (prior === null) {
          expect(verdict).toMatchObject({ priorPriceMinor: null, mayAnnounceReduction: false });
          return;
        }
        // A second way to the same price: ask the price in force on each day of the window.
        const last = Math.round((prior.beganAt.getTime() - day(0).getTime()) / DAY_MS);
        const daily = Array.from({ length: 30 }, (_, index) => priceOn(all, last - 1 - index)).filter((price) => price !== null);
        expect(prior.priorPriceMinor).toBe(Math.min(...daily));
        expect(prior.beganAt.getTime()).toBeLessThanOrEqual(one.beganAt.getTime());
        expect(verdict.mayAnnounceReduction).toBe(one.priceMinor < prior.priorPriceMinor);
        const percent = verdict.announcedReductionBasisPoints;
        if (verdict.mayAnnounceReduction) {
          expect(percent * prior.priorPriceMinor).toBeLessThanOrEqual((prior.priorPriceMinor - one.priceMinor) * 10_000);
          expect((percent + 1) * prior.priorPriceMinor).toBeGreaterThan((prior.priorPriceMinor - one.priceMinor) * 10_000);
        }
      }),
      { seed: 6, numRuns: 2_000 },
    );
  });

  test('order of the rows, repeated prices and what happens later change nothing', () => {
    fc.assert(
      fc.property(unique, reduced, fc.integer({ min: 1, max: 60 }), (all, one, later) => {
        const sorted = [...all].sort(([a], [b]) => a - b);
        const repeated: Points = sorted.flatMap(
          ([at, price]) =>
            [
              [at, price],
              [at + 0.5, price],
            ] as const,
        );
        const expected = judgeReduction(historyOf(sorted), one, RULES);
        expect(judgeReduction(historyOf([...sorted].reverse()), one, RULES)).toEqual(expected);
        expect(judgeReduction(historyOf(repeated), one, RULES)).toEqual(expected);
        expect(judgeReduction(historyOf([...sorted.filter(([at]) => day(at) < one.beganAt), [200, later]]), one, RULES)).toEqual(expected);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  test('an earlier sale for everybody never makes the prior price of a first cut higher', () => {
    fc.assert(
      fc.property(unique, reduced, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 9_000 }), (all, one, from, depth) => {
        const until = Math.round((one.beganAt.getTime() - day(0).getTime()) / DAY_MS) - 1;
        if (until <= from) return;
        const [plain, withSale] = [historyOf(all), historyOf(all, [sale(from, until, depth)])];
        const [a, b] = [priorPrice(plain, one), priorPrice(withSale, one)];
        if (a === null || b === null || a.beganAt.getTime() !== b.beganAt.getTime()) return;
        expect(b.priorPriceMinor).toBeLessThanOrEqual(a.priorPriceMinor);
      }),
      { seed: 8, numRuns: 1_000 },
    );
  });
});

function priceOn(points: Points, number: number): number | null {
  const passed = [...points].sort(([a], [b]) => a - b).filter(([at]) => at <= number);
  return passed.at(-1)?.[1] ?? null;
}
