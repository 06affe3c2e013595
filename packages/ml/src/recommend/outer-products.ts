import type { History } from './interactions.ts';

/** scale · VᵀV in the lower triangle, [factors × factors]. `vectors`: [rows × factors]. */
export function gramian(vectors: Float64Array, factors: number, scale: number): Float64Array {
  const rows = vectors.length / factors;
  const sum = new Float64Array(factors * factors);
  addOuterProducts(sum, vectors, factors, {
    items: Int32Array.from({ length: rows }, (_, i) => i),
    weights: new Float64Array(rows).fill(scale),
  });
  return sum;
}

/** scale · VᵀV, both triangles. */
export function fullGramian(vectors: Float64Array, factors: number, scale: number): Float64Array {
  const sum = gramian(vectors, factors, scale);
  for (let i = 0; i < factors; i++) for (let j = i + 1; j < factors; j++) sum[i * factors + j] = sum[j * factors + i];
  return sum;
}

/** Adds Σ w v vᵀ to the lower triangle of `sum`. Four vectors go in one sweep: the triangle is read and written a quarter as often. */
export function addOuterProducts(sum: Float64Array, vectors: Float64Array, factors: number, { items, weights }: History): void {
  let h = 0;
  for (; h + 4 <= items.length; h += 4) {
    const [a, b, c, d] = [items[h] * factors, items[h + 1] * factors, items[h + 2] * factors, items[h + 3] * factors];
    for (let i = 0; i < factors; i++) {
      const row = i * factors;
      const ai = weights[h] * vectors[a + i];
      const bi = weights[h + 1] * vectors[b + i];
      const ci = weights[h + 2] * vectors[c + i];
      const di = weights[h + 3] * vectors[d + i];
      for (let j = 0; j <= i; j++) sum[row + j] += ai * vectors[a + j] + bi * vectors[b + j] + ci * vectors[c + j] + di * vectors[d + j];
    }
  }
  for (; h < items.length; h++) {
    const a = items[h] * factors;
    for (let i = 0; i < factors; i++) {
      const ai = weights[h] * vectors[a + i];
      for (let j = 0; j <= i; j++) sum[i * factors + j] += ai * vectors[a + j];
    }
  }
}
