/** One product's history on a calendar that all series share: step t is the same day in every series. */
export interface LstmSeries {
  /** [steps]; zeros before a product existed. */
  units: ArrayLike<number>;
  /** What is known for every step and, as planned, for the forecast steps: price, promotion flag and so on. Each [≥ steps + horizon]. */
  covariates: readonly ArrayLike<number>[];
}

/** What is the same for all windows of a model. */
export interface WindowPlan {
  windowSteps: number;
  horizon: number;
  /** Lengths of the seasons in steps; each becomes a sine and a cosine. */
  periods: readonly number[];
  /** By what each covariate is divided after its series' mean is taken off. */
  covariateDeviations: readonly number[];
}

/** A batch of windows. `features` = 1 + covariates + 2 per period; `known` leaves the units out. */
export interface WindowBatch {
  count: number;
  /** [count, windowSteps, features] */
  past: Float32Array;
  /** [count, horizon, features − 1] */
  future: Float32Array;
  /** Mean of the window's scaled units, [count, 1]. */
  level: Float32Array;
  /** Scaled units to forecast, [count, horizon]; empty when they lie beyond the history. */
  target: Float32Array;
}

/** Per-series numbers learned from the first `steps` steps only. */
export interface PreparedSeries {
  series: LstmSeries;
  /** Units are divided by it. */
  scale: number;
  covariateMeans: number[];
}

const LEAST_SCALE = 0.05; // A product that sells once in twenty steps; below, one sale would look like an explosion.

export function prepareSeries(series: LstmSeries, steps: number): PreparedSeries {
  const meanOf = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let t = 0; t < steps; t++) sum += values[t];
    return sum / steps;
  };
  return { series, scale: Math.max(LEAST_SCALE, meanOf(series.units)), covariateMeans: series.covariates.map(meanOf) };
}

/** Deviation of each covariate around its series' means, over all series; 1 for a constant one. */
export function covariateDeviations(all: readonly PreparedSeries[], steps: number): number[] {
  return all[0].covariateMeans.map((_, c) => {
    let sum = 0;
    for (const { series, covariateMeans } of all) {
      for (let t = 0; t < steps; t++) sum += (series.covariates[c][t] - covariateMeans[c]) ** 2;
    }
    const deviation = Math.sqrt(sum / (all.length * steps));
    return deviation > 1e-6 ? deviation : 1;
  });
}

/** Windows that end before the steps `origins`, one per series of `chosen`. */
export function windowsAt(
  plan: WindowPlan,
  chosen: readonly PreparedSeries[],
  origins: ArrayLike<number>,
  withTarget: boolean,
): WindowBatch {
  const { windowSteps, horizon } = plan;
  const known = plan.covariateDeviations.length + 2 * plan.periods.length;
  const count = chosen.length;
  const past = new Float32Array(count * windowSteps * (known + 1));
  const future = new Float32Array(count * horizon * known);
  const level = new Float32Array(count);
  const target = new Float32Array(withTarget ? count * horizon : 0);
  chosen.forEach((one, w) => {
    const { units } = one.series;
    const origin = origins[w];
    for (let i = 0; i < windowSteps; i++) {
      const at = (w * windowSteps + i) * (known + 1);
      const t = origin - windowSteps + i;
      past[at] = units[t] / one.scale;
      level[w] += past[at] / windowSteps;
      writeKnown(plan, one, t, past, at + 1);
    }
    for (let h = 0; h < horizon; h++) {
      writeKnown(plan, one, origin + h, future, (w * horizon + h) * known);
      if (withTarget) target[w * horizon + h] = units[origin + h] / one.scale;
    }
  });
  return { count, past, future, level, target };
}

function writeKnown(plan: WindowPlan, { series, covariateMeans }: PreparedSeries, t: number, into: Float32Array, at: number): void {
  let next = at;
  plan.covariateDeviations.forEach((deviation, c) => {
    into[next++] = (series.covariates[c][t] - covariateMeans[c]) / deviation;
  });
  for (const period of plan.periods) {
    const angle = (2 * Math.PI * t) / period;
    into[next++] = Math.sin(angle);
    into[next++] = Math.cos(angle);
  }
}
