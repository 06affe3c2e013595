import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choleskyFactor } from '../numeric/cholesky.ts';
import { createRandom } from '../random/random.ts';
import { type ArimaOrders, continueArima, fitArima } from './arima-fit.ts';
import { autocovariances, crossCovariances, fromPartials, rootsBeyond } from './arma-polynomials.ts';
import { arima, fitAutoArima } from './auto-arima.ts';
import { difference, integrate, kpssStatistic } from './differences.ts';
import { innovations } from './innovations.ts';
import { AIRLINE } from './test-series.ts';

const LOGS = AIRLINE.map(Math.log);
const orders = (p: number, d: number, q: number, [P, D, Q]: readonly number[] = [0, 0, 0], constant = false): ArimaOrders => ({
  p,
  d,
  q,
  seasonalP: P,
  seasonalD: D,
  seasonalQ: Q,
  season: 12,
  constant,
});

// statsmodels 0.13: SARIMAX(log y, order=…, seasonal_order=(…, 12), simple_differencing=True, concentrate_scale=True).fit(maxiter=1000);
// Box & Jenkins 1976 print the same 0.40 and 0.56 for the first.
test('the airline model has the published coefficients and likelihood', () => {
  const fit = fitArima(LOGS, orders(0, 1, 1, [0, 1, 1]));
  expect(fit?.logLikelihood).toBeCloseTo(244.69648683, 3);
  expect(fit?.theta[0]).toBeCloseTo(-0.40182, 2);
  expect(fit?.theta[11]).toBeCloseTo(-0.55694, 2);
});

test.each([
  [2, 0, 1, [1, 1, 0], 242.7555592839],
  [1, 1, 1, [1, 0, 1], 254.5009296076],
] as const)('ARIMA(%i, %i, %i)(%j) is as likely as the fit of statsmodels', (p, d, q, seasonal, likelihood) => {
  expect(fitArima(LOGS, orders(p, d, q, seasonal))?.logLikelihood).toBeGreaterThan(likelihood - 0.05);
});

// statsmodels 0.13: ARIMA(y[:40], order=(2, 0, 0), trend='c').fit(): llf, const, forecast(3)
test('an autoregression around a mean: likelihood, mean and forecasts of statsmodels', () => {
  const past = AIRLINE.subarray(0, 40);
  const fit = fitArima(past, { ...orders(2, 0, 0, [0, 0, 0], true), season: 1 });
  if (!fit) throw new Error('no fit');
  expect(fit.logLikelihood).toBeCloseTo(-161.55298797536943, 3);
  expect(fit.coefficients[0]).toBeCloseTo(148.2188632759519, 0);
  const forecast = continueArima(fit, past, 3);
  [170.9257531996149, 163.4423680800567, 158.21618304412007].forEach((value, h) => expect(Math.abs(forecast[h] - value)).toBeLessThan(0.3));
});

// statsmodels 0.13: kpss(y, regression='c', nlags=2)[0], and of np.diff(y)
test('the level test gives the statistic of statsmodels', () => {
  expect(kpssStatistic(AIRLINE, 2)).toBeCloseTo(4.342286797114149, 10);
  expect(kpssStatistic(difference(AIRLINE, 1, 1), 2)).toBeCloseTo(0.011484728338723346, 10);
});

const partials = fc.array(fc.double({ min: -0.9, max: 0.9, noNaN: true }), { maxLength: 3 });

test('innovations have the determinant and squares of the whole covariance matrix', () => {
  fc.assert(
    fc.property(partials, partials, fc.nat(), (ar, ma, seed) => {
      const [phi, theta] = [fromPartials(ar), fromPartials(ma).map((value) => -value)];
      const n = 12;
      const random = createRandom(`innovations-${seed}`);
      const series = Float64Array.from({ length: n }, () => random.normal());
      const got = innovations(phi, theta, [series]);
      const gamma = autocovariances(phi, crossCovariances(phi, theta), n);
      if (!got || !gamma) throw new Error('a stable process has a covariance');
      const matrix = Float64Array.from({ length: n * n }, (_, at) => gamma[Math.abs(Math.floor(at / n) - (at % n))]);
      expect(choleskyFactor(matrix, n)).toBe(true);
      const logDeterminant = Array.from({ length: n }, (_, i) => 2 * Math.log(matrix[i * n + i])).reduce((a, b) => a + b, 0);
      expect(got.logDeterminant).toBeCloseTo(logDeterminant, 6);
      const white = series.slice();
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < i; k++) white[i] -= matrix[i * n + k] * white[k];
        white[i] /= matrix[i * n + i];
      }
      const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
      expect(squares(got.columns[0].map((value, t) => value / Math.sqrt(got.variances[t])))).toBeCloseTo(squares(white), 5);
    }),
    { numRuns: 80, seed: 6 },
  );
});

test('partials give stable polynomials, and a unit root is not beyond the circle', () => {
  fc.assert(fc.property(partials, (values) => rootsBeyond(fromPartials(values), 1)));
  expect(rootsBeyond([1], 1)).toBe(false);
  expect(rootsBeyond([0.5], 1.9)).toBe(true);
});

test('integration undoes differences', () => {
  const differenced = difference(difference(AIRLINE, 12, 1), 1, 1);
  const again = integrate(AIRLINE.subarray(0, 120), differenced.subarray(107), 1, 1, 12);
  again.forEach((value, h) => expect(value).toBeCloseTo(AIRLINE[120 + h], 8));
});

test('the search finds an autoregression, a drift and a price effect', () => {
  const random = createRandom('arima');
  const noise = () => random.normal();
  let level = 0;
  const wandering = Float64Array.from({ length: 300 }, () => (level = 0.8 * level + noise()));
  expect(fitAutoArima(wandering, { season: 1 }).orders.d).toBe(0);
  let walk = 0;
  const drifting = Float64Array.from({ length: 120 }, () => (walk += 1 + 0.3 * noise()));
  expect(arima({ season: 1 }).forecast(drifting, 10)[9]).toBeCloseTo(walk + 10, -1);
  const price = Float64Array.from({ length: 130 }, () => (random.bernoulli(0.3) ? 0.7 : 1));
  const units = Float64Array.from({ length: 120 }, (_, t) => 100 - 60 * price[t] + 3 * noise());
  const fit = fitAutoArima(units, { season: 1, regressors: [price] });
  expect(fit.coefficients.at(-1)).toBeCloseTo(-60, -1);
  const forecast = continueArima(fit, units, 10, [price]);
  forecast.forEach((value, h) => expect(Math.abs(value - (100 - 60 * price[120 + h]))).toBeLessThan(6));
});

test('short and constant series are continued, an empty one is refused', () => {
  expect([...arima({ season: 12 }).forecast(Float64Array.of(4), 2)]).toEqual([4, 4]);
  expect([...arima({ season: 7 }).forecast(new Float64Array(40).fill(3), 2)].map((value) => +value.toFixed(6))).toEqual([3, 3]);
  expect(() => arima({ season: 7 }).forecast(new Float64Array(0), 1)).toThrow(RangeError);
});

test('the last year of the airline series is met within 4%', () => {
  const forecast = arima({ season: 12 }).forecast(LOGS.subarray(0, 132), 12).map(Math.exp);
  const error = forecast.reduce((sum, value, h) => sum + Math.abs(value - AIRLINE[132 + h]) / AIRLINE[132 + h] / 12, 0);
  expect(error).toBeLessThan(0.04);
});
