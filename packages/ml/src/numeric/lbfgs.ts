export interface LbfgsOptions {
  /** Stop when no part of the gradient is larger. Default 1e-7. */
  tolerance?: number;
  /** Default 500. */
  maxSteps?: number;
  /** Pairs remembered. Default 10. */
  memory?: number;
}

/** Value at `point`, writing the gradient into `gradient`. */
export type Differentiable = (point: Float64Array, gradient: Float64Array) => number;

export interface LbfgsResult {
  point: Float64Array;
  value: number;
  steps: number;
}

const SUFFICIENT = 1e-4; // Armijo's share of the promised decrease.
const CURVATURE = 0.9; // Wolfe: the slope must have flattened to this share.
const MOST_TRIES = 40;

/** Limited-memory BFGS (Liu & Nocedal 1989) with a bisecting weak-Wolfe line search (Lewis & Overton 2013). */
export function minimiseLbfgs(f: Differentiable, start: ArrayLike<number>, options: LbfgsOptions = {}): LbfgsResult {
  const { tolerance = 1e-7, maxSteps = 500, memory = 10 } = options;
  let point = Float64Array.from(start);
  let gradient = new Float64Array(point.length);
  let value = f(point, gradient);
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let step = 0; step < maxSteps; step++) {
    if (gradient.every((part) => Math.abs(part) <= tolerance)) return { point, value, steps: step };
    const direction = descentDirection(gradient, pairs);
    const found = lineSearch(f, point, value, gradient, direction, pairs.length === 0 ? Math.min(1, 1 / norm(gradient)) : 1);
    if (!found) return { point, value, steps: step };
    const s = found.point.map((x, i) => x - point[i]);
    const y = found.gradient.map((g, i) => g - gradient[i]);
    const curvature = dot(s, y);
    if (curvature > 1e-300) pairs.push({ s, y, rho: 1 / curvature });
    if (pairs.length > memory) pairs.shift();
    ({ point, value, gradient } = found);
  }
  return { point, value, steps: maxSteps };
}

const norm = (a: Float64Array) => Math.sqrt(dot(a, a));

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(target: Float64Array, by: number, other: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += by * other[i];
}

function descentDirection(gradient: Float64Array, pairs: readonly { s: Float64Array; y: Float64Array; rho: number }[]): Float64Array {
  const direction = gradient.map((part) => -part);
  const alphas = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    alphas[i] = pairs[i].rho * dot(pairs[i].s, direction);
    addScaled(direction, -alphas[i], pairs[i].y);
  }
  const last = pairs.at(-1);
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : 1;
  for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  pairs.forEach(({ s, y, rho }, i) => addScaled(direction, alphas[i] - rho * dot(y, direction), s));
  return direction;
}

function lineSearch(f: Differentiable, from: Float64Array, value: number, gradient: Float64Array, direction: Float64Array, first: number) {
  const slope = dot(gradient, direction);
  if (!(slope < 0)) return null;
  let [low, high, size] = [0, Number.POSITIVE_INFINITY, first];
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const point = from.map((x, i) => x + size * direction[i]);
    const next = new Float64Array(point.length);
    const reached = f(point, next);
    // Near the minimum values differ by rounding only; the slope still tells.
    const isLower = reached <= value + SUFFICIENT * size * slope + 1e-15 * Math.abs(value);
    if (!isLower) high = size;
    else if (dot(next, direction) < CURVATURE * slope) low = size;
    else return { point, value: reached, gradient: next };
    size = high === Number.POSITIVE_INFINITY ? size * 2 : (low + high) / 2;
  }
  return null;
}
