import { choleskyFactor } from '../numeric/cholesky.ts';
import type { Random } from '../random/random.ts';
import { kMeans } from './k-means.ts';

export interface GaussianMixture {
  k: number;
  width: number;
  /** [k] */
  weights: Float64Array;
  /** [k × width] */
  means: Float64Array;
  /** Lower Cholesky factors of the covariances, [k × width × width]. */
  factors: Float64Array;
  /** Of all training rows. */
  logLikelihood: number;
  /** Bayesian information criterion (Schwarz 1978): lower is better. */
  bic: number;
}

export interface MixtureOptions {
  /** Independent k-means++ starts; the highest likelihood wins. Default 5. */
  starts?: number;
  /** Default 500. */
  maxIterations?: number;
  /** Stop when the mean log-likelihood rises by less. Default 1e-6. */
  tolerance?: number;
  /** Added to every variance, so that no component shrinks to a point. Default 1e-6. */
  floor?: number;
}

/** Gaussian mixture with full covariances by expectation-maximisation (Dempster, Laird & Rubin 1977), from k-means++ clusters. `points`: [rows × width]. */
export function trainGaussianMixture(
  points: Float64Array,
  width: number,
  k: number,
  random: Random,
  options: MixtureOptions = {},
): GaussianMixture {
  let best: GaussianMixture | null = null;
  for (let start = 0; start < (options.starts ?? 5); start++) {
    const { labels } = kMeans(points, width, k, random.fork(start), { starts: 1 });
    const mixture = climb(points, width, k, labels, options);
    if (!best || mixture.logLikelihood > best.logLikelihood) best = mixture;
  }
  if (!best) throw new RangeError('a mixture needs a start');
  return best;
}

/** Mixtures with each k; the one with the lowest BIC. */
export function chooseMixture(points: Float64Array, width: number, ks: readonly number[], random: Random, options?: MixtureOptions) {
  const mixtures = ks.map((k) => trainGaussianMixture(points, width, k, random.fork(k), options));
  const best = mixtures.reduce((a, b) => (b.bic < a.bic ? b : a));
  return { ...best, tried: mixtures.map(({ k, bic, logLikelihood }) => ({ k, bic, logLikelihood })) };
}

/** Chance of each component for each row, [rows × k]. */
export function mixtureShares(mixture: GaussianMixture, points: Float64Array): Float64Array {
  const shares = new Float64Array((points.length / mixture.width) * mixture.k);
  expectation(mixture, points, shares);
  return shares;
}

function climb(points: Float64Array, width: number, k: number, labels: Int32Array, options: MixtureOptions): GaussianMixture {
  const { maxIterations = 500, tolerance = 1e-6, floor = 1e-6 } = options;
  const rows = points.length / width;
  const shares = new Float64Array(rows * k);
  labels.forEach((label, row) => {
    shares[row * k + label] = 1;
  });
  let mixture = maximisation(points, width, k, shares, floor);
  for (let iteration = 0, before = Number.NEGATIVE_INFINITY; iteration < maxIterations; iteration++) {
    mixture.logLikelihood = expectation(mixture, points, shares);
    if (mixture.logLikelihood - before < tolerance * rows) break;
    before = mixture.logLikelihood;
    mixture = { ...maximisation(points, width, k, shares, floor), logLikelihood: before };
  }
  const parameters = k - 1 + k * width + (k * width * (width + 1)) / 2;
  return { ...mixture, bic: parameters * Math.log(rows) - 2 * mixture.logLikelihood };
}

function maximisation(points: Float64Array, width: number, k: number, shares: Float64Array, floor: number): GaussianMixture {
  const rows = points.length / width;
  const [weights, means, factors] = [new Float64Array(k), new Float64Array(k * width), new Float64Array(k * width * width)];
  for (let c = 0; c < k; c++) {
    let total = 10 * Number.EPSILON;
    for (let row = 0; row < rows; row++) total += shares[row * k + c];
    for (let row = 0; row < rows; row++)
      for (let d = 0; d < width; d++) means[c * width + d] += (shares[row * k + c] * points[row * width + d]) / total;
    const covariance = factors.subarray(c * width * width, (c + 1) * width * width);
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < width; i++) {
        const value = (shares[row * k + c] * (points[row * width + i] - means[c * width + i])) / total;
        for (let j = 0; j <= i; j++) covariance[i * width + j] += value * (points[row * width + j] - means[c * width + j]);
      }
    for (let d = 0; d < width; d++) covariance[d * width + d] += floor;
    if (!choleskyFactor(covariance, width)) throw new RangeError('a component has no volume: raise the floor');
    weights[c] = total / rows;
  }
  return { k, width, weights, means, factors, logLikelihood: Number.NaN, bic: Number.NaN };
}

/** Writes each component's share of each row; returns the log-likelihood. */
function expectation({ k, width, weights, means, factors }: GaussianMixture, points: Float64Array, shares: Float64Array): number {
  const constants = Float64Array.from(weights, (weight, c) => {
    let sum = Math.log(weight) - (width / 2) * Math.log(2 * Math.PI);
    for (let d = 0; d < width; d++) sum -= Math.log(factors[c * width * width + d * width + d]);
    return sum;
  });
  const solved = new Float64Array(width);
  let total = 0;
  for (let row = 0; row * width < points.length; row++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < k; c++) {
      let squares = 0;
      for (let i = 0; i < width; i++) {
        let value = points[row * width + i] - means[c * width + i];
        for (let j = 0; j < i; j++) value -= factors[(c * width + i) * width + j] * solved[j];
        solved[i] = value / factors[(c * width + i) * width + i];
        squares += solved[i] * solved[i];
      }
      shares[row * k + c] = constants[c] - squares / 2;
      largest = Math.max(largest, shares[row * k + c]);
    }
    let sum = 0;
    for (let c = 0; c < k; c++) sum += Math.exp(shares[row * k + c] - largest);
    const log = largest + Math.log(sum);
    for (let c = 0; c < k; c++) shares[row * k + c] = Math.exp(shares[row * k + c] - log);
    total += log;
  }
  return total;
}
