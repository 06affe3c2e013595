import { studentTCumulative, studentTQuantile } from '../numeric/special-functions.ts';
import { mean, sampleVariance } from '../numeric/statistics.ts';

export interface Arm {
  /** One outcome per user of the arm. */
  outcomes: ArrayLike<number>;
  /** The same users' value before the test, for CUPED. Either both arms have it or neither. */
  covariates?: ArrayLike<number>;
}

export interface Effect {
  /** Mean of treated − mean of control, per user, after the CUPED correction where covariates are given. */
  difference: number;
  standardError: number;
  lower: number;
  upper: number;
  pValue: number;
  degreesOfFreedom: number;
  treatedMean: number;
  controlMean: number;
  /** difference / control mean. NaN when the control mean is 0. */
  relative: number;
  /** Share of the variance that CUPED took away, 0 without covariates. */
  varianceReduction: number;
}

/**
 * Difference in means with Welch's interval, made asymmetric for skewed outcomes (`unskewed`); with covariates the outcomes are first
 * corrected by CUPED (Deng, Xu, Kohavi & Walker 2013): y − θ (x − x̄), θ = cov(x, y) / var(x) pooled within arms.
 * Throws RangeError when an arm has fewer than two users.
 */
export function compareMeans(treated: Arm, control: Arm, confidence = 0.95): Effect {
  if (treated.outcomes.length < 2 || control.outcomes.length < 2) throw new RangeError('each arm needs at least two users');
  const corrected = cuped(treated, control);
  const effect = studentised(corrected.treated, corrected.control, confidence);
  const before = sampleVariance(treated.outcomes) / treated.outcomes.length + sampleVariance(control.outcomes) / control.outcomes.length;
  const reduction = before > 0 ? 1 - effect.standardError ** 2 / before : 0;
  return { ...effect, varianceReduction: corrected.theta === 0 ? 0 : reduction };
}

/** The same effect for a thousand users. */
export function perThousandUsers(effect: Effect): Pick<Effect, 'difference' | 'lower' | 'upper'> {
  return { difference: effect.difference * 1_000, lower: effect.lower * 1_000, upper: effect.upper * 1_000 };
}

function studentised(treated: ArrayLike<number>, control: ArrayLike<number>, confidence: number): Omit<Effect, 'varianceReduction'> {
  const [first, second] = [momentsOf(treated), momentsOf(control)];
  const a = first.variance / treated.length;
  const b = second.variance / control.length;
  const standardError = Math.sqrt(a + b);
  const difference = first.mean - second.mean;
  const common = {
    difference,
    standardError,
    treatedMean: first.mean,
    controlMean: second.mean,
    relative: second.mean === 0 ? Number.NaN : difference / second.mean,
  };
  if (standardError === 0) {
    const degreesOfFreedom = treated.length + control.length - 2;
    return { ...common, lower: difference, upper: difference, pValue: difference === 0 ? 1 : 0, degreesOfFreedom };
  }
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (treated.length - 1) + b ** 2 / (control.length - 1));
  const skewness = skewnessOfDifference(first, second, standardError);
  const reach = studentTQuantile(0.5 + confidence / 2, degreesOfFreedom);
  const pValue = 2 * studentTCumulative(-Math.abs(unskewed(difference / standardError, skewness)), degreesOfFreedom);
  return {
    ...common,
    lower: difference - skewed(reach, skewness) * standardError,
    upper: difference - skewed(-reach, skewness) * standardError,
    pValue,
    degreesOfFreedom,
  };
}

type Moments = { count: number; mean: number; variance: number; thirdMoment: number };

function momentsOf(values: ArrayLike<number>): Moments {
  const [count, centre] = [values.length, mean(values)];
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (values[i] - centre) ** 3;
  return { count, mean: centre, variance: sampleVariance(values), thirdMoment: sum / count };
}

/**
 * Skewness of the difference of the means. The skewness of one user's outcome is taken from both arms together, because a third
 * moment of sixty users alone is mostly chance; each arm adds it with its own variance and size. Within ±1: no sample shows more of
 * itself, so that one outlier among a hundred thousand users does not rule an arm of sixty.
 */
function skewnessOfDifference(first: Moments, second: Moments, standardError: number): number {
  const scale = (arm: Moments) => arm.variance ** 1.5;
  const ofOne =
    (first.count * first.thirdMoment + second.count * second.thirdMoment) / (first.count * scale(first) + second.count * scale(second));
  const ofMeans = (ofOne * (scale(first) / first.count ** 2 - scale(second) / second.count ** 2)) / standardError ** 3;
  return Math.max(-1, Math.min(1, ofMeans));
}

/**
 * Hall's cubic transformation (J. R. Statist. Soc. B 54, 1992) of a studentised difference: symmetric up to terms of 1/n. The plain
 * one is not: a small skewed arm that misses its few large spenders has a small mean and a small spread at once, and a gain is seen
 * where there is none. For two arms: Zhou & Dinh, Biostatistics 6 (2005).
 */
const unskewed = (t: number, skewness: number): number => t + (skewness * t * t) / 3 + (skewness * skewness * t ** 3) / 27 + skewness / 6;

const LEAST_SKEWNESS = 1e-6; // Below it the inverse is the identity to eleven digits, and the quotient loses them.

/** The inverse of `unskewed`. */
const skewed = (value: number, skewness: number): number =>
  Math.abs(skewness) < LEAST_SKEWNESS ? value : (3 / skewness) * (Math.cbrt(1 + skewness * (value - skewness / 6)) - 1);

function cuped(treated: Arm, control: Arm) {
  const [x1, x0] = [treated.covariates, control.covariates];
  if (!x1 || !x0) return { treated: treated.outcomes, control: control.outcomes, theta: 0 };
  const [inTreated, inControl] = [within(x1, treated.outcomes), within(x0, control.outcomes)];
  const spread = inTreated.xx + inControl.xx;
  const theta = spread > 0 ? (inTreated.xy + inControl.xy) / spread : 0;
  const centre = (mean(x1) * x1.length + mean(x0) * x0.length) / (x1.length + x0.length);
  const correct = (y: ArrayLike<number>, x: ArrayLike<number>) => Float64Array.from(y, (value, i) => value - theta * (x[i] - centre));
  return { treated: correct(treated.outcomes, x1), control: correct(control.outcomes, x0), theta };
}

function within(x: ArrayLike<number>, y: ArrayLike<number>) {
  if (x.length !== y.length) throw new RangeError(`covariates and outcomes differ in length: ${x.length} and ${y.length}`);
  const [xMean, yMean] = [mean(x), mean(y)];
  let [xx, xy] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - xMean) ** 2;
    xy += (x[i] - xMean) * (y[i] - yMean);
  }
  return { xx, xy };
}
