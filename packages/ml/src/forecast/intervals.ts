import { sortedQuantile } from '../numeric/statistics.ts';

/** Expected values with two ranges, [horizon] each. */
export interface ForecastWithIntervals {
  mean: Float64Array;
  lower80: Float64Array;
  upper80: Float64Array;
  lower95: Float64Array;
  upper95: Float64Array;
}

/**
 * Split-conformal intervals (Vovk et al. 2005) from out-of-sample errors of the same forecaster: errors are divided by a spread that may
 * grow with the step, pooled, and the quantile of their size at ⌈(n + 1)p⌉/n is scaled back. `errors`: [origins × horizon].
 * `minimum` cuts the ranges and the mean, 0 for demand.
 */
export function addIntervals(forecast: Float64Array, errors: Float64Array, minimum = Number.NEGATIVE_INFINITY): ForecastWithIntervals {
  const horizon = forecast.length;
  const spreads = spreadBySteps(errors, horizon);
  const sizes = Float64Array.from(errors, (error, at) => Math.abs(error) / spreads[at % horizon]).sort();
  const cut = (value: number) => Math.max(minimum, value);
  const reach = (probability: number) => sortedQuantile(sizes, Math.min(1, Math.ceil((sizes.length + 1) * probability) / sizes.length));
  const [narrow, wide] = [reach(0.8), reach(0.95)];
  const range = (factor: number) => forecast.map((value, h) => cut(value + factor * spreads[h]));
  return { mean: forecast.map(cut), lower80: range(-narrow), upper80: range(narrow), lower95: range(-wide), upper95: range(wide) };
}

/** Spread at step h = a + b·h fitted by least squares to the mean absolute errors by step, never falling: single steps have too few errors to be trusted. */
function spreadBySteps(errors: Float64Array, horizon: number): Float64Array {
  const origins = errors.length / horizon;
  const sizes = new Float64Array(horizon);
  for (let at = 0; at < errors.length; at++) sizes[at % horizon] += Math.abs(errors[at]) / origins;
  const [middle, centre] = [(horizon - 1) / 2, sizes.reduce((a, b) => a + b, 0) / horizon];
  let [xx, xy] = [0, 0];
  sizes.forEach((size, h) => {
    xx += (h - middle) ** 2;
    xy += (h - middle) * (size - centre);
  });
  const slope = xx > 0 ? Math.max(0, xy / xx) : 0;
  const floor = Math.max(1e-9, centre * 0.1);
  return sizes.map((_, h) => Math.max(floor, centre + slope * (h - middle)));
}
