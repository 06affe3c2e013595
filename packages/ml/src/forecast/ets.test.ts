import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { ets, etsByAicc, fitEts } from './ets.ts';
import { fitShape } from './ets-fit.ts';
import { continueEts, type EtsGradient, type EtsShape, etsTrace, reverseEts, runEts } from './ets-recursion.ts';
import { stableShapes } from './ets-start.ts';
import { AIRLINE } from './test-series.ts';

const SHAPES = stableShapes(AIRLINE, 12);

test('there are fifteen stable forms of a positive seasonal series, six of one with zeros, two sums less of a short one', () => {
  expect(SHAPES).toHaveLength(15);
  expect(stableShapes(Float64Array.of(0, ...AIRLINE), 12)).toHaveLength(6);
  expect(stableShapes(AIRLINE.subarray(0, 20), 12)).toHaveLength(6);
});

const FIRST_SEASONAL = [0.9, 0.88, 1.02, 0.99, 0.98, 1.1, 1.22, 1.21, 1.05, 0.92, 0.8, 0.93];

// statsmodels 0.13: ETSModel(y, error='add', trend='add', damped_trend=True, seasonal='add', seasonal_periods=12, initialization_method='known',
//   initial_level=120, initial_trend=2, initial_seasonal=[120 * (s - 1) for s in FIRST_SEASONAL]).smooth([.3, .05, .2, .95]); sum of resid²; forecast(3).
// With seasonal='mul' statsmodels divides by the new level, so there the equations themselves were run, in Python:
//   q = l + .95 * b; f = s[t % 12]; e = y[t] - q * f; l = q + .3 * e / f; b = .95 * b + .05 * e / f; s[t % 12] = f + .2 * e / q; sum of (e / (q * f))²
test('the recursion repeats independent runs with the same parameters and first states', () => {
  const parameters = { alpha: 0.3, beta: 0.05, gamma: 0.2, phi: 0.95 };
  const additive: EtsShape = { error: 'additive', trend: 'damped', seasonality: 'additive', season: 12 };
  const state = { level: 120, slope: 2, seasonal: Float64Array.from(FIRST_SEASONAL, (factor) => 120 * (factor - 1)) };
  const trace = etsTrace(144);
  expect(runEts(AIRLINE, additive, parameters, state, trace)).toBe(true);
  expect(trace.errors.reduce((sum, error) => sum + error ** 2, 0)).toBeCloseTo(81_452.68034744603, 6);
  const forecast = continueEts(additive, parameters, state, 144, 3);
  [470.3154035983797, 460.9691914080912, 507.9564795445569].forEach((value, h) => expect(forecast[h]).toBeCloseTo(value, 9));
  const multiplicative: EtsShape = { error: 'multiplicative', trend: 'damped', seasonality: 'multiplicative', season: 12 };
  runEts(AIRLINE, multiplicative, parameters, { level: 120, slope: 2, seasonal: Float64Array.from(FIRST_SEASONAL) }, trace);
  const relative = trace.errors.reduce((sum, error, t) => sum + (error / (AIRLINE[t] - error)) ** 2, 0);
  expect(relative).toBeCloseTo(0.2909794049625214, 12);
});

// statsmodels 0.13: ETSModel(y, error=…, trend=…, damped_trend=…, seasonal=…, seasonal_periods=12).fit(maxiter=5000).llf
test.each([
  ['additive', 'none', 'none', -710.3939565],
  ['additive', 'damped', 'additive', -568.8610097],
  ['multiplicative', 'damped', 'multiplicative', -525.6171141],
  ['multiplicative', 'additive', 'multiplicative', -522.4899326],
  ['multiplicative', 'none', 'additive', -561.897219],
] as const)(
  'ETS(%s, %s, %s) of the airline series is at least as likely as the fit of statsmodels',
  (error, trend, seasonality, likelihood) => {
    const fit = fitShape(AIRLINE, { error, trend, seasonality, season: seasonality === 'none' ? 1 : 12 });
    expect(fit?.logLikelihood).toBeGreaterThan(likelihood - 0.1);
  },
);

test('derivatives of the run are those of finite differences', () => {
  const history = AIRLINE.subarray(0, 40);
  const seen = fc.record({
    shape: fc.constantFrom(...SHAPES),
    alpha: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
    share: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(seen, ({ shape, alpha, share, seed }) => {
      const random = createRandom(`ets-${seed}`);
      const byFitted = Float64Array.from(history, () => random.normal());
      const [trended, seasonal] = [shape.trend !== 'none', shape.seasonality !== 'none'];
      const centre = shape.seasonality === 'multiplicative' ? 1 : 0;
      const first = [
        alpha,
        trended ? alpha * share : 0,
        seasonal ? (1 - alpha) * share : 0,
        shape.trend === 'damped' ? 0.9 : 1,
        115,
        trended ? 1.5 : 0,
        ...(seasonal ? Array.from({ length: 12 }, () => centre + (centre ? 0.1 : 10) * random.normal()) : []),
      ];
      /** Σ byFitted · μ: a loss whose derivative by each μ is known. */
      const sumAt = (point: number[]) => {
        const trace = etsTrace(history.length);
        const [a, b, g, p, level, slope, ...factors] = point;
        const state = { level, slope, seasonal: Float64Array.from(factors) };
        const isValid = runEts(history, shape, { alpha: a, beta: b, gamma: g, phi: p }, state, trace);
        return { trace, isValid, sum: byFitted.reduce((sum, weight, t) => sum + weight * (history[t] - trace.errors[t]), 0) };
      };
      const { trace, isValid } = sumAt(first);
      fc.pre(isValid);
      const gradient: EtsGradient = {
        alpha: 0,
        beta: 0,
        gamma: 0,
        phi: 0,
        level: 0,
        slope: 0,
        seasonal: new Float64Array(seasonal ? 12 : 0),
      };
      reverseEts(shape, { alpha: first[0], beta: first[1], gamma: first[2], phi: first[3] }, trace, byFitted, gradient);
      const got = [gradient.alpha, gradient.beta, gradient.gamma, gradient.phi, gradient.level, gradient.slope, ...gradient.seasonal];
      first.forEach((value, i) => {
        if (i === 1 || i === 3 || i === 5 ? !trended : i === 2 ? !seasonal : false) return;
        const step = 1e-6 * Math.max(1, Math.abs(value));
        const moved = (by: number) => sumAt(first.map((old, j) => (j === i ? old + by : old))).sum;
        const expected = (moved(step) - moved(-step)) / (2 * step);
        expect(Math.abs(got[i] - expected)).toBeLessThan(1e-4 * (1 + Math.abs(expected)));
      });
    }),
    { numRuns: 60, seed: 4 },
  );
});

test('a constant series stays, one value is kept, none is refused', () => {
  expect(ets({ season: 7 }).forecast(new Float64Array(60).fill(5), 2)[1]).toBeCloseTo(5, 6);
  expect([...ets({ season: 7 }).forecast(Float64Array.of(3), 2)]).toEqual([3, 3]);
  expect([...ets({ season: 7 }).forecast(new Float64Array(30), 1)][0]).toBeCloseTo(0, 6);
  expect(() => fitEts(new Float64Array(0), { season: 7 })).toThrow(RangeError);
});

test('without straight trends a rise levels off', () => {
  const random = createRandom('rising');
  const rising = Float64Array.from({ length: 60 }, (_, t) => 10 + t + 0.3 * random.normal());
  const [straight, damped] = (['all', 'damped'] as const).map((trends) => ets({ season: 1, trends }).forecast(rising, 200)[199]);
  expect(straight).toBeGreaterThan(200);
  expect(damped).toBeLessThan(150);
});

test('scaling a series scales its forecast, and the last year of the airline series is met within 5%', () => {
  const past = AIRLINE.subarray(0, 132);
  const plain = ets({ season: 12 }).forecast(past, 12);
  const scaled = ets({ season: 12 }).forecast(
    past.map((value) => value * 1_000),
    12,
  );
  plain.forEach((value, h) => expect(scaled[h] / value / 1_000).toBeCloseTo(1, 2));
  const chosen = etsByAicc({ season: 12 }).forecast(past, 12);
  for (const forecast of [plain, chosen]) {
    const error = forecast.reduce((sum, value, h) => sum + Math.abs(value - AIRLINE[132 + h]) / AIRLINE[132 + h] / 12, 0);
    expect(error).toBeLessThan(0.05);
  }
});
