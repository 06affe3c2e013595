import { interpolate, poolAdjacentViolators } from '../linear/isotonic.ts';

/** A monotone map from a model's raw score (log-odds) to a probability; plain JSON. */
export type Calibration =
  | { kind: 'platt'; slope: number; intercept: number }
  | { kind: 'isotonic' /** Rising scores. */; scores: number[] /** Probabilities at them, never falling. */; probabilities: number[] };

/** Probability of one raw score; isotonic maps are straight between their points and flat outside. */
export function calibrated(calibration: Calibration, score: number): number {
  if (calibration.kind === 'platt') return sigmoid(calibration.slope * score + calibration.intercept);
  return interpolate(calibration.scores, calibration.probabilities, score);
}

const NEWTON_STEPS = 50;
const RIDGE = 1e-9; // Keeps the 2 × 2 system solvable when all scores are equal.

/** Platt's scaling (Platt 1999) with his smoothed targets, by Newton's method with halved steps (Lin, Lin & Weng 2007). `labels` 0 or 1. */
export function fitPlatt(scores: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const targets = smoothedTargets(labels);
  const lossOf = (slope: number, intercept: number) => {
    let sum = 0;
    for (let i = 0; i < targets.length; i++) sum += softplus(slope * scores[i] + intercept) - targets[i] * (slope * scores[i] + intercept);
    return sum;
  };
  let [slope, intercept] = [1, 0];
  let loss = lossOf(slope, intercept);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [gradientSlope, gradientIntercept, ss, si, ii] = [0, 0, RIDGE, 0, RIDGE];
    for (let i = 0; i < targets.length; i++) {
      const p = sigmoid(slope * scores[i] + intercept);
      const weight = p * (1 - p);
      gradientSlope += (p - targets[i]) * scores[i];
      gradientIntercept += p - targets[i];
      ss += weight * scores[i] * scores[i];
      si += weight * scores[i];
      ii += weight;
    }
    const determinant = ss * ii - si * si;
    const moveSlope = (ii * gradientSlope - si * gradientIntercept) / determinant;
    const moveIntercept = (ss * gradientIntercept - si * gradientSlope) / determinant;
    let size = 1;
    while (size > 1e-10 && !(lossOf(slope - size * moveSlope, intercept - size * moveIntercept) < loss)) size /= 2;
    if (size <= 1e-10) break;
    slope -= size * moveSlope;
    intercept -= size * moveIntercept;
    const before = loss;
    loss = lossOf(slope, intercept);
    if (before - loss < 1e-10 * targets.length) break;
  }
  return { kind: 'platt', slope, intercept };
}

/** Isotonic regression (Zadrozny & Elkan 2002), straight between the middles of its blocks. Blocks of one class are pulled half a count inwards. */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a] - scores[b]);
  const groups: { score: number; sum: number; count: number }[] = [];
  for (const i of order) {
    const last = groups.at(-1);
    if (last && last.score === scores[i]) {
      last.sum += labels[i];
      last.count++;
    } else groups.push({ score: scores[i], sum: labels[i], count: 1 });
  }
  const { starts } = poolAdjacentViolators(
    groups.map(({ sum, count }) => sum / count),
    groups.map(({ count }) => count),
  );
  let highest = 0;
  const pooled = starts.map((start, block) => {
    const members = groups.slice(start, starts[block + 1] ?? groups.length);
    const count = members.reduce((total, group) => total + group.count, 0);
    const sum = members.reduce((total, group) => total + group.sum, 0);
    const inwards = sum === 0 || sum === count ? (sum + 0.5) / (count + 1) : sum / count;
    highest = Math.max(highest, inwards);
    return { score: members.reduce((total, group) => total + group.score * group.count, 0) / count, probability: highest };
  });
  return { kind: 'isotonic', scores: pooled.map(({ score }) => score), probabilities: pooled.map(({ probability }) => probability) };
}

/** 1 ÷ (1 + e^−x). */
export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const softplus = (x: number) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));

function smoothedTargets(labels: ArrayLike<number>): Float64Array {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i];
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (labels.length - positives + 2)];
  return Float64Array.from({ length: labels.length }, (_, i) => (labels[i] === 1 ? high : low));
}
