import { mean } from '../numeric/statistics.ts';

/** A product that has been sold for a while. */
export interface Analogue {
  /** Attributes on comparable scales, [attributes]. */
  attributes: ArrayLike<number>;
  /** Units by period since its launch. */
  sinceLaunch: Float64Array;
}

export interface AnalogueOptions {
  horizon: number;
  /** Nearest products used. Default 10. */
  neighbours?: number;
}

/**
 * First demand of a product without history: the mean launch curve of the products nearest by attributes, each with weight
 * 1 ÷ (1 + distance²) (structured analogy, Green & Armstrong 2007), scaled so far as its own first sales say: the ratio of its units to the
 * curve's, shrunk towards 1 by one curve period. `soFar`: units since its own launch, may be empty. Products launched too
 * recently to show the whole span are left out; an empty choice is a RangeError. Returns [horizon], the periods after `soFar`.
 */
export function forecastByAnalogues(
  attributes: ArrayLike<number>,
  soFar: Float64Array,
  products: readonly Analogue[],
  { horizon, neighbours = 10 }: AnalogueOptions,
): Float64Array {
  const span = soFar.length + horizon;
  const nearest = products
    .filter(({ sinceLaunch }) => sinceLaunch.length >= span)
    .map((product) => ({ product, weight: 1 / (1 + squaredDistance(attributes, product.attributes)) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, neighbours);
  if (nearest.length === 0) throw new RangeError('no product has been sold long enough to be an analogue');
  const total = nearest.reduce((sum, { weight }) => sum + weight, 0);
  const curve = Float64Array.from({ length: span }, (_, t) =>
    nearest.reduce((sum, { product, weight }) => sum + (weight / total) * product.sinceLaunch[t], 0),
  );
  const usual = mean(curve);
  const sold = soFar.reduce((sum, value) => sum + value, 0);
  const expected = curve.subarray(0, soFar.length).reduce((sum, value) => sum + value, 0);
  const scale = usual > 0 ? (sold + usual) / (expected + usual) : 1;
  return curve.slice(soFar.length).map((value) => value * scale);
}

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}
