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
 * Difference in means with Welch's interval; with covariates the outcomes are first corrected by CUPED (Deng, Xu, Kohavi & Walker 2013):
 * y − θ (x − x̄), θ = cov(x, y) / var(x) pooled within arms. Throws RangeError when an arm has fewer than two users.
 */
export function compareMeans(treated: Arm, control: Arm, confidence = 0.95): Effect {
  if (treated.outcomes.length < 2 || control.outcomes.length < 2) throw new RangeError('each arm needs at least two users');
  const corrected = cuped(treated, control);
  const effect = welch(corrected.treated, corrected.control, confidence);
  const before = sampleVariance(treated.outcomes) / treated.outcomes.length + sampleVariance(control.outcomes) / control.outcomes.length;
  const reduction = before > 0 ? 1 - effect.standardError ** 2 / before : 0;
  return { ...effect, varianceReduction: corrected.theta === 0 ? 0 : reduction };
}

/** The same effect for a thousand users. */
export function perThousandUsers(effect: Effect): Pick<Effect, 'difference' | 'lower' | 'upper'> {
  return { difference: effect.difference * 1_000, lower: effect.lower * 1_000, upper: effect.upper * 1_000 };
}

function welch(treated: ArrayLike<number>, control: ArrayLike<number>, confidence: number): Omit<Effect, 'varianceReduction'> {
  const [treatedMean, controlMean] = [mean(treated), mean(control)];
  const a = sampleVariance(treated) / treated.length;
  const b = sampleVariance(control) / control.length;
  const standardError = Math.sqrt(a + b);
  const difference = treatedMean - controlMean;
  const common = {
    difference,
    standardError,
    treatedMean,
    controlMean,
    relative: controlMean === 0 ? Number.NaN : difference / controlMean,
  };
  if (standardError === 0) {
    const degreesOfFreedom = treated.length + control.length - 2;
    return { ...common, lower: difference, upper: difference, pValue: difference === 0 ? 1 : 0, degreesOfFreedom };
  }
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (treated.length - 1) + b ** 2 / (control.length - 1));
  const reach = studentTQuantile(0.5 + confidence / 2, degreesOfFreedom) * standardError;
  const pValue = 2 * studentTCumulative(-Math.abs(difference / standardError), degreesOfFreedom);
  return { ...common, lower: difference - reach, upper: difference + reach, pValue, degreesOfFreedom };
}

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
