import { sigmoid } from '../neural/calibration.ts';

/** What a boosted model minimises; y is the target, m the margin (sum of trees). */
export type LossChoice =
  /** ½(y − m)². Predicts the mean. */
  | { kind: 'squared' }
  /** ln(1 + e^m) − y·m, y in 0…1. Predicts a probability. */
  | { kind: 'logistic' }
  /** Pinball loss; predicts that quantile (Koenker & Bassett 1978). */
  | { kind: 'quantile'; quantile: number }
  /** e^m − y·m, y ≥ 0. Predicts a mean count. */
  | { kind: 'poisson' }
  /** Compound Poisson–gamma with variance power 1 < p < 2, y ≥ 0 with many zeros. Predicts a mean (Jørgensen 1987). */
  | { kind: 'tweedie'; power: number };

export type Link = 'identity' | 'sigmoid' | 'exp';

export interface Loss {
  link: Link;
  /** Margin of the best constant. */
  start(mean: number): number;
  /** First and second derivative by the margin, weighted, into `pairs[at]` and `pairs[at + 1]`. */
  derive(margin: number, target: number, weight: number, pairs: Float32Array, at: number): void;
  value(margin: number, target: number): number;
  /** Error text for a target the loss cannot take. */
  refuses(target: number): string | null;
  /** Leaves take this quantile of their residuals instead of a Newton step. */
  leafQuantile?: number;
}

const FLATTEN = Math.exp(0.7); // Counts: a larger hessian keeps early steps short, as max_delta_step does in xgboost.
const LEAST_MEAN = 1e-6;

const logOf = (mean: number) => Math.log(Math.max(LEAST_MEAN, mean));
const notNegative = (target: number) => (target >= 0 ? null : 'is negative');

export const linked = (link: Link, margin: number): number =>
  link === 'identity' ? margin : link === 'sigmoid' ? sigmoid(margin) : Math.exp(margin);

/** Throws RangeError for a quantile outside (0, 1) or a power outside (1, 2). */
export function lossOf(choice: LossChoice): Loss {
  switch (choice.kind) {
    case 'squared':
      return {
        link: 'identity',
        start: (mean) => mean,
        derive: (margin, target, weight, pairs, at) => {
          pairs[at] = weight * (margin - target);
          pairs[at + 1] = weight;
        },
        value: (margin, target) => 0.5 * (margin - target) ** 2,
        refuses: () => null,
      };
    case 'logistic':
      return {
        link: 'sigmoid',
        start: (mean) => logOf(mean) - logOf(1 - mean),
        derive: (margin, target, weight, pairs, at) => {
          const p = sigmoid(margin);
          pairs[at] = weight * (p - target);
          pairs[at + 1] = weight * Math.max(1e-16, p * (1 - p));
        },
        value: (margin, target) => Math.max(0, margin) + Math.log1p(Math.exp(-Math.abs(margin))) - target * margin,
        refuses: (target) => (target >= 0 && target <= 1 ? null : 'is no probability'),
      };
    case 'quantile':
      return quantileLoss(choice.quantile);
    case 'poisson':
      return {
        link: 'exp',
        start: logOf,
        derive: (margin, target, weight, pairs, at) => {
          const mean = Math.exp(margin);
          pairs[at] = weight * (mean - target);
          pairs[at + 1] = weight * mean * FLATTEN;
        },
        value: (margin, target) => Math.exp(margin) - target * margin,
        refuses: notNegative,
      };
    case 'tweedie':
      return tweedieLoss(choice.power);
  }
}

function quantileLoss(quantile: number): Loss {
  if (!(quantile > 0 && quantile < 1)) throw new RangeError(`a quantile is inside (0, 1), not ${quantile}`);
  return {
    link: 'identity',
    start: (mean) => mean,
    derive: (margin, target, weight, pairs, at) => {
      pairs[at] = weight * (margin >= target ? 1 - quantile : -quantile);
      pairs[at + 1] = weight;
    },
    value: (margin, target) => (target >= margin ? quantile : quantile - 1) * (target - margin),
    refuses: () => null,
    leafQuantile: quantile,
  };
}

/** −y·e^((1−p)m) ÷ (1−p) + e^((2−p)m) ÷ (2−p), the part of the negative log-likelihood that depends on m. */
function tweedieLoss(power: number): Loss {
  if (!(power > 1 && power < 2)) throw new RangeError(`a Tweedie power is inside (1, 2), not ${power}`);
  const [a, b] = [1 - power, 2 - power];
  return {
    link: 'exp',
    start: logOf,
    derive: (margin, target, weight, pairs, at) => {
      const [rising, falling] = [Math.exp(b * margin), target * Math.exp(a * margin)];
      pairs[at] = weight * (rising - falling);
      pairs[at + 1] = weight * (b * rising - a * falling);
    },
    value: (margin, target) => Math.exp(b * margin) / b - (target * Math.exp(a * margin)) / a,
    refuses: notNegative,
  };
}
