import type { History } from './interactions.ts';

/** Room for one solution at a time, [factors] each. */
export interface CgRoom {
  residual: Float64Array;
  direction: Float64Array;
  image: Float64Array;
}

export const cgRoom = (factors: number): CgRoom => ({
  residual: new Float64Array(factors),
  direction: new Float64Array(factors),
  image: new Float64Array(factors),
});

/**
 * A few conjugate-gradient steps on (G + Σ w y yᵀ + ridge I) x = side, from the x given, in place (Takács, Pilászy & Tikk 2011): the matrix
 * is only multiplied with, so a step costs factors · (factors + entries) instead of factors² · entries. `gram` is the full G [factors × factors].
 */
export function improveByCg(
  x: Float64Array,
  side: Float64Array,
  system: { gram: Float64Array; vectors: Float64Array; history: History; ridge: number },
  steps: number,
  { residual, direction, image }: CgRoom,
): void {
  const factors = x.length;
  multiply(system, x, image);
  for (let f = 0; f < factors; f++) direction[f] = residual[f] = side[f] - image[f];
  let squares = dot(residual, residual);
  for (let step = 0; step < steps && squares > 1e-20; step++) {
    multiply(system, direction, image);
    const length = squares / dot(direction, image);
    for (let f = 0; f < factors; f++) {
      x[f] += length * direction[f];
      residual[f] -= length * image[f];
    }
    const before = squares;
    squares = dot(residual, residual);
    for (let f = 0; f < factors; f++) direction[f] = residual[f] + (squares / before) * direction[f];
  }
}

/** out = (G + Σ w y yᵀ + ridge I) x */
function multiply(
  { gram, vectors, history, ridge }: { gram: Float64Array; vectors: Float64Array; history: History; ridge: number },
  x: Float64Array,
  out: Float64Array,
): void {
  const factors = x.length;
  for (let i = 0; i < factors; i++) {
    let sum = ridge * x[i];
    for (let j = 0, at = i * factors; j < factors; j++) sum += gram[at + j] * x[j];
    out[i] = sum;
  }
  for (let h = 0; h < history.items.length; h++) {
    const from = history.items[h] * factors;
    let product = 0;
    for (let f = 0; f < factors; f++) product += vectors[from + f] * x[f];
    product *= history.weights[h];
    for (let f = 0; f < factors; f++) out[f] += product * vectors[from + f];
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
