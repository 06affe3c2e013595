import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { dataTest, readRows } from '../test-data.ts';
import { type BgNbdModel, expectedPurchases, probabilityAlive, trainBgNbd } from './bg-nbd.ts';
import { expectedSpend, trainGammaGamma } from './gamma-gamma.ts';

const published: BgNbdModel = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, logLikelihood: -9_582.4 };

test('the worked customer of the BG/NBD paper: 1.226 purchases in the next 39 weeks, alive with 0.7266', () => {
  const customer = { frequency: [2, 0], recency: [30.43, 0], age: [38.86, 38.86] };
  expect(expectedPurchases(published, customer, 39)[0]).toBeCloseTo(1.226, 3);
  const alive = probabilityAlive(published, customer);
  expect(alive[0]).toBeCloseTo(0.7265786, 6);
  expect(alive[1]).toBe(1);
});

dataTest('cdnow/cdnow_summary_2357.csv.gz', 'CDNOW: the published parameters of BG/NBD', () => {
  const rows = readRows('cdnow/cdnow_summary_2357.csv.gz');
  const column = (at: number) => Float64Array.from(rows, (row) => Number(row[at]));
  const model = trainBgNbd({ frequency: column(1), recency: column(2), age: column(3) });
  for (const name of ['r', 'alpha', 'a', 'b'] as const) expect(Math.abs(model[name] - published[name])).toBeLessThan(0.001);
  expect(model.logLikelihood).toBeCloseTo(-9_582.4, 1);
});

test('a customer expected to come back is not counted twice: more time brings more purchases, long silence fewer', () => {
  const customers = { frequency: [3, 3], recency: [30, 5], age: [38, 38] };
  const [year, month] = [expectedPurchases(published, customers, 52), expectedPurchases(published, customers, 4)];
  expect(year[0]).toBeGreaterThan(month[0]);
  expect(year[1]).toBeLessThan(year[0]);
  const [recent, silent] = probabilityAlive(published, customers);
  expect(silent).toBeLessThan(recent);
});

test('gamma-gamma finds the parameters customers were drawn with, in any currency', () => {
  const random = createRandom('spend');
  const frequency = Array.from({ length: 6_000 }, () => 1 + random.poisson(2));
  const value = frequency.map((x) => {
    const rate = random.gamma(4, 1 / 15);
    return random.gamma(6 * x, 1 / (x * rate));
  });
  const model = trainGammaGamma(frequency, value);
  expect(Math.abs(model.q - 4)).toBeLessThan(0.5);
  expect(Math.abs((model.p * model.gamma) / (model.q - 1) / 30 - 1)).toBeLessThan(0.05);
  const cents = trainGammaGamma(
    frequency,
    value.map((spend) => 100 * spend),
  );
  expect(cents.q).toBeCloseTo(model.q, 6);
  expect(cents.gamma / model.gamma).toBeCloseTo(100, 5);
});

test('expected spend lies between the shop and the customer', () => {
  const model = { p: 6.25, q: 3.74, gamma: 15.44 };
  const [unknown, one, many] = expectedSpend(model, [0, 1, 500], [0, 80, 80]);
  expect(unknown).toBeCloseTo((6.25 * 15.44) / 2.74, 10);
  expect(one).toBeCloseTo((6.25 * (15.44 + 80)) / (6.25 + 2.74), 10);
  expect(many).toBeCloseTo(80, 0);
  expect(expectedSpend({ ...model, q: 1 }, [1], [1])[0]).toBeNaN();
});

dataTest('cdnow/cdnow_master.csv.gz', 'CDNOW, all 23,570 customers: the gamma-gamma parameters scipy finds', () => {
  const { frequency, value } = repeatSpend();
  const model = trainGammaGamma(frequency, value);
  expect(model.p).toBeCloseTo(6.27536, 3);
  expect(model.q).toBeCloseTo(3.62445, 3);
  expect(model.gamma).toBeCloseTo(14.98368, 2);
});

/** Purchases of one day are one; the first is no repeat. */
function repeatSpend(): { frequency: number[]; value: number[] } {
  const days = new Map<string, Map<string, number>>();
  for (const [customer, date, , dollars] of readRows('cdnow/cdnow_master.csv.gz')) {
    if (date > '1997-09-30') continue;
    const own = days.get(customer) ?? new Map<string, number>();
    days.set(customer, own.set(date, (own.get(date) ?? 0) + Number(dollars)));
  }
  const repeats = Array.from(days.values(), (own) =>
    Array.from(own)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(1),
  );
  const sum = (list: [string, number][]) => list.reduce((total, [, dollars]) => total + dollars, 0);
  return { frequency: repeats.map((list) => list.length), value: repeats.map((list) => (list.length > 0 ? sum(list) / list.length : 0)) };
}

test('histories that cannot be are refused', () => {
  expect(() => trainBgNbd({ frequency: [], recency: [], age: [] })).toThrow(RangeError);
  expect(() => trainBgNbd({ frequency: [1], recency: [5], age: [4] })).toThrow(RangeError);
  expect(() => trainGammaGamma([0], [0])).toThrow(RangeError);
});
