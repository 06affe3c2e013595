export interface BfgsOptions {
  /** Default 200. */
  maxIterations?: number;
  /** Stops when two steps in a row lower the value by less than this, absolutely. Default 1e-6. */
  tolerance?: number;
  /** Length of the first step at most. Default 1. */
  firstStep?: number;
}

export interface BfgsResult {
  point: Float64Array;
  value: number;
  iterations: number;
}

const SUFFICIENT = 1e-4;
const MOST_HALVINGS = 30;

/**
 * Quasi-Newton descent with a dense inverse Hessian (Broyden, Fletcher, Goldfarb, Shanno 1970; Nocedal & Wright 2006, alg. 6.1) and
 * backtracking, for tens of unknowns and thousands of small fits: it stops by value and allocates nothing on the way (`minimiseLbfgs` is for
 * many unknowns). `f` returns the value at `point` and fills `gradient`; a value that is not finite is stepped back from.
 */
export function bfgs(
  f: (point: Float64Array, gradient: Float64Array) => number,
  start: ArrayLike<number>,
  { maxIterations = 200, tolerance = 1e-6, firstStep = 1 }: BfgsOptions = {},
): BfgsResult {
  const n = start.length;
  let [point, gradient] = [Float64Array.from(start), new Float64Array(n)];
  let [next, nextGradient] = [new Float64Array(n), new Float64Array(n)];
  const [inverse, direction, change, scratch] = [new Float64Array(n * n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  let value = f(point, gradient);
  if (!Number.isFinite(value) || n === 0) return { point, value, iterations: 0 };
  let fresh = true;
  let small = 0;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    if (fresh) steepest(inverse, gradient, firstStep);
    let slope = descend(direction, inverse, gradient);
    if (!(slope < 0)) {
      steepest(inverse, gradient, firstStep);
      slope = descend(direction, inverse, gradient);
      fresh = true;
      if (!(slope < 0)) return { point, value, iterations: iteration };
    }
    let [step, nextValue] = [1, Number.NaN];
    for (let halvings = 0; ; halvings++) {
      for (let i = 0; i < n; i++) next[i] = point[i] + step * direction[i];
      nextValue = f(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * step * slope) break;
      if (halvings === MOST_HALVINGS) return { point, value, iterations: iteration };
      const parabola = (-slope * step * step) / (2 * (nextValue - value - slope * step));
      step = Number.isFinite(parabola) ? Math.min(0.5 * step, Math.max(0.1 * step, parabola)) : 0.2 * step;
    }
    const gain = value - nextValue;
    let curvature = 0;
    for (let i = 0; i < n; i++) {
      direction[i] *= step;
      change[i] = nextGradient[i] - gradient[i];
      curvature += direction[i] * change[i];
    }
    if (curvature > 0) update(inverse, direction, change, curvature, scratch, fresh);
    fresh = fresh && !(curvature > 0);
    [point, next, gradient, nextGradient, value] = [next, point, nextGradient, gradient, nextValue];
    small = gain < tolerance ? small + 1 : 0;
    if (small === 2) return { point, value, iterations: iteration };
  }
  return { point, value, iterations: maxIterations };
}

/** Inverse Hessian = a multiple of the identity that makes the step no longer than `longest`. */
function steepest(inverse: Float64Array, gradient: Float64Array, longest: number): void {
  const n = gradient.length;
  let norm = 0;
  for (let i = 0; i < n; i++) norm += gradient[i] * gradient[i];
  const scale = Math.min(1, longest / Math.sqrt(norm || 1));
  inverse.fill(0);
  for (let i = 0; i < n; i++) inverse[i * n + i] = scale;
}

/** direction = −H g; returns the slope along it. */
function descend(direction: Float64Array, inverse: Float64Array, gradient: Float64Array): number {
  const n = gradient.length;
  let slope = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inverse[i * n + j] * gradient[j];
    direction[i] = -sum;
    slope -= sum * gradient[i];
  }
  return slope;
}

/** H ← (I − s yᵀ/yᵀs) H (I − y sᵀ/yᵀs) + s sᵀ/yᵀs; the first time H is scaled to yᵀs / yᵀy before. */
function update(
  inverse: Float64Array,
  step: Float64Array,
  change: Float64Array,
  curvature: number,
  scratch: Float64Array,
  first: boolean,
): void {
  const n = step.length;
  if (first) {
    let squares = 0;
    for (let i = 0; i < n; i++) squares += change[i] * change[i];
    for (let i = 0; i < n; i++) inverse[i * n + i] = curvature / squares;
  }
  let quadratic = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inverse[i * n + j] * change[j];
    scratch[i] = sum;
    quadratic += sum * change[i];
  }
  const weight = (1 + quadratic / curvature) / curvature;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      inverse[i * n + j] += weight * step[i] * step[j] - (scratch[i] * step[j] + step[i] * scratch[j]) / curvature;
}
