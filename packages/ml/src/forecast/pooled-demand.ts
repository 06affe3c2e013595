export interface PooledDemandOptions {
  horizon: number;
  /** Weight of the newest period in the rate by which series are grouped. Default 0.1. */
  smoothing?: number;
  /** Groups of equal size. Default 20. */
  groups?: number;
  /** How many times the histories are cut to see what followed. Default 1. */
  origins?: number;
}

/** What followed series of like demand: the distribution of one period's units. */
export interface PooledDemand {
  smoothing: number;
  /** Least rate of each group but the first, ascending. */
  edges: Float64Array;
  /** Units of single periods after the cuts, ascending, a list for each group. */
  outcomes: Float64Array[];
}

/** Exponentially weighted mean that starts at the plain mean, as the mean of few sales says more than the first value. */
function rateOf(history: Float64Array, smoothing: number): number {
  let rate = history.reduce((sum, value) => sum + value, 0) / history.length;
  for (const value of history) rate += smoothing * (value - rate);
  return rate;
}

/**
 * Analogue distributions for intermittent demand, learnt over all series: each history is cut `horizon` before its end, series are grouped
 * by their smoothed rate at the cut, and a group's forecast is what its members sold afterwards (an empirical form of Willemain, Smart &
 * Schwarz 2004's idea, pooled). Gives a mean and whole quantiles where one series alone is nearly all zeros. Throws RangeError when no
 * history is longer than the horizon.
 */
export function trainPooledDemand(
  histories: readonly Float64Array[],
  { horizon, smoothing = 0.1, groups = 20, origins = 1 }: PooledDemandOptions,
): PooledDemand {
  const cuts = histories.flatMap((history) =>
    Array.from({ length: origins }, (_, back) => history.length - (back + 1) * horizon)
      .filter((cut) => cut > 0)
      .map((cut) => ({ rate: rateOf(history.subarray(0, cut), smoothing), after: history.subarray(cut, cut + horizon) })),
  );
  if (cuts.length === 0) throw new RangeError('no history is longer than the horizon');
  const rates = Float64Array.from(cuts, ({ rate }) => rate).sort();
  const chosen = Array.from({ length: groups - 1 }, (_, g) => rates[Math.floor((rates.length * (g + 1)) / groups)]);
  const edges = Float64Array.from(new Set(chosen.filter((edge) => edge > rates[0])));
  const pools: number[][] = Array.from({ length: edges.length + 1 }, () => []);
  for (const { rate, after } of cuts) pools[groupOf(edges, rate)].push(...after);
  return { smoothing, edges, outcomes: pools.map((pool) => Float64Array.from(pool).sort()) };
}

/** Mean and quantiles of one period's units after `history`. `probabilities`: ascending in (0, 1). */
export function forecastPooledDemand(model: PooledDemand, history: Float64Array, probabilities: readonly number[]) {
  const outcomes = model.outcomes[groupOf(model.edges, history.length === 0 ? 0 : rateOf(history, model.smoothing))];
  const mean = outcomes.reduce((sum, value) => sum + value, 0) / outcomes.length;
  const quantiles = Float64Array.from(probabilities, (p) => outcomes[Math.min(outcomes.length - 1, Math.ceil(p * outcomes.length) - 1)]);
  return { mean, quantiles };
}

const groupOf = (edges: Float64Array, rate: number) => {
  const place = edges.findIndex((edge) => rate < edge);
  return place < 0 ? edges.length : place;
};
