/** A monotone map from a model's raw score (log-odds) to a probability; plain JSON. */
export type Calibration =
  | { kind: 'platt'; slope: number; intercept: number }
  | { kind: 'isotonic' /** Rising scores. */; scores: number[] /** Probabilities at them, never falling. */; probabilities: number[] };

/** Probability of one raw score; isotonic maps are straight between their points and flat outside. */
export function calibrated(calibration: Calibration, score: number): number {
  if (calibration.kind === 'platt') return sigmoid(calibration.slope * score + calibration.intercept);
  const { scores, probabilities } = calibration;
  let [low, high] = [0, scores.length - 1];
  if (score <= scores[low]) return probabilities[low];
  if (score >= scores[high]) return probabilities[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle] <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]) / (scores[high] - scores[low]);
  return probabilities[low] + share * (probabilities[high] - probabilities[low]);
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

/** Isotonic regression by pooling adjacent violators (Ayer et al. 1955; Zadrozny & Elkan 2002). Blocks of one class are pulled half a count inwards. */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a] - scores[b]);
  const blocks: { sum: number; count: number; scoreSum: number; score: number }[] = [];
  for (const i of order) {
    const previous = blocks.at(-1);
    if (previous && previous.score === scores[i]) {
      previous.sum += labels[i];
      previous.count++;
      previous.scoreSum += scores[i];
    } else blocks.push({ sum: labels[i], count: 1, scoreSum: scores[i], score: scores[i] });
  }
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    pooled.push({ ...block });
    for (
      let last = pooled.length - 1;
      last > 0 && pooled[last - 1].sum * pooled[last].count >= pooled[last].sum * pooled[last - 1].count;
      last--
    ) {
      const top = pooled[last];
      const below = pooled[last - 1];
      below.sum += top.sum;
      below.count += top.count;
      below.scoreSum += top.scoreSum;
      pooled.pop();
    }
  }
  const inwards = ({ sum, count }: { sum: number; count: number }) =>
    sum === 0 || sum === count ? (sum + 0.5) / (count + 1) : sum / count;
  let highest = 0;
  const probabilities = pooled.map((block) => (highest = Math.max(highest, inwards(block))));
  return { kind: 'isotonic', scores: pooled.map(({ scoreSum, count }) => scoreSum / count), probabilities };
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
