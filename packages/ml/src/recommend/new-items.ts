import { choleskyFactor, choleskySolve } from '../numeric/cholesky.ts';

/**
 * Vectors for items nobody has chosen yet, by ridge regression of the known items' vectors on their attributes (Gantner et al. 2010):
 * W = (AᵀA + λI)⁻¹ AᵀV, then v = aᵀW. `attributes` [items × attributeCount] holds a row for every item, `vectors` [items × factors],
 * `isNew` [items]. Returns a copy of `vectors` with the rows of new items filled in.
 */
export function fillNewItems(
  vectors: Float64Array,
  attributes: ArrayLike<number>,
  isNew: ArrayLike<number | boolean>,
  { attributeCount, regularisation = 1 }: { attributeCount: number; regularisation?: number },
): Float64Array {
  const items = isNew.length;
  const factors = vectors.length / items;
  const system = new Float64Array(attributeCount * attributeCount);
  const sides = Array.from({ length: factors }, () => new Float64Array(attributeCount));
  for (let item = 0; item < items; item++) {
    if (isNew[item]) continue;
    for (let a = 0; a < attributeCount; a++) {
      const value = attributes[item * attributeCount + a];
      if (value === 0) continue;
      for (let b = 0; b <= a; b++) system[a * attributeCount + b] += value * attributes[item * attributeCount + b];
      for (let f = 0; f < factors; f++) sides[f][a] += value * vectors[item * factors + f];
    }
  }
  for (let a = 0; a < attributeCount; a++) system[a * attributeCount + a] += regularisation;
  if (!choleskyFactor(system, attributeCount)) throw new RangeError('attributes must be finite and the regularisation > 0');
  const weights = sides.map((side) => choleskySolve(system, attributeCount, side));
  const filled = vectors.slice();
  for (let item = 0; item < items; item++) {
    if (!isNew[item]) continue;
    for (let f = 0; f < factors; f++) {
      let sum = 0;
      for (let a = 0; a < attributeCount; a++) sum += attributes[item * attributeCount + a] * weights[f][a];
      filled[item * factors + f] = sum;
    }
  }
  return filled;
}
