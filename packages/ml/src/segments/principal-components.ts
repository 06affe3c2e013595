import { symmetricEigen } from '../numeric/symmetric-eigen.ts';

export interface PrincipalComponents {
  /** [width] */
  means: Float64Array;
  /** Directions of most variance, largest first, [components × width]. */
  components: Float64Array;
  /** Variance along each (divided by rows − 1), [components]. */
  variances: Float64Array;
  /** Share of all variance, [components]. */
  shares: Float64Array;
}

/** Principal components (Pearson 1901) of [rows × width] by the covariance's eigenvectors. Throws RangeError for fewer than two rows. */
export function principalComponents(points: Float64Array, width: number, components = width): PrincipalComponents {
  const rows = points.length / width;
  if (rows < 2) throw new RangeError('a variance needs two rows');
  const means = new Float64Array(width);
  for (let at = 0; at < points.length; at++) means[at % width] += points[at] / rows;
  const covariance = new Float64Array(width * width);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) {
      const value = (points[row * width + i] - means[i]) / (rows - 1);
      for (let j = 0; j < width; j++) covariance[i * width + j] += value * (points[row * width + j] - means[j]);
    }
  const { values, vectors } = symmetricEigen(covariance, width);
  const total = values.reduce((sum, value) => sum + value, 0);
  return {
    means,
    components: vectors.slice(0, components * width),
    variances: values.slice(0, components),
    shares: values.slice(0, components).map((value) => (total > 0 ? value / total : 0)),
  };
}

/** Coordinates of rows along the components, [rows × components]. */
export function projectRows({ means, components, variances }: PrincipalComponents, points: Float64Array): Float64Array {
  const [width, count] = [means.length, variances.length];
  const projected = new Float64Array((points.length / width) * count);
  for (let at = 0; at < projected.length; at++) {
    const [row, component] = [Math.floor(at / count), at % count];
    for (let d = 0; d < width; d++) projected[at] += components[component * width + d] * (points[row * width + d] - means[d]);
  }
  return projected;
}
