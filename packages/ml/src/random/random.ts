import { beta, binomial, poisson, standardGamma, standardNormal } from './distributions.ts';
import { hashText, seededXoshiro } from './xoshiro.ts';

/** A seeded source of chance. The same seed gives the same values on every machine. */
export interface Random {
  /** Uniform in [0, 1) with 53 bits. */
  next(): number;
  /** Uniform unsigned 32-bit integer. */
  uint32(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  bernoulli(probability: number): boolean;
  normal(mean?: number, standardDeviation?: number): number;
  /** Mean = shape × scale. */
  gamma(shape: number, scale?: number): number;
  beta(a: number, b: number): number;
  poisson(mean: number): number;
  binomial(trials: number, probability: number): number;
  exponential(mean?: number): number;
  /** Index drawn in proportion to non-negative weights. Throws RangeError when none is positive. */
  categorical(weights: ArrayLike<number>): number;
  pick<T>(items: readonly T[]): T;
  /** Fisher-Yates, in place; returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
  /** An independent source that depends only on this source's seed and the label, never on how much was drawn before. */
  fork(label: string | number): Random;
}

/** A `Random` (xoshiro128**) from any number or text. */
export function createRandom(seed: number | string): Random {
  const path = String(seed);
  const uint32 = seededXoshiro(hashText(path));
  const next = () => ((uint32() >>> 5) * 67_108_864 + (uint32() >>> 6)) / 9_007_199_254_740_992;
  const integer = (below: number) => Math.floor(next() * below);
  return {
    next,
    uint32,
    integer,
    bernoulli: (probability) => next() < probability,
    normal: (mean = 0, standardDeviation = 1) => mean + standardDeviation * standardNormal(next),
    gamma: (shape, scale = 1) => standardGamma(next, shape) * scale,
    beta: (a, b) => beta(next, a, b),
    poisson: (mean) => poisson(next, mean),
    binomial: (trials, probability) => binomial(next, trials, probability),
    exponential: (mean = 1) => -Math.log(1 - next()) * mean,
    categorical: (weights) => categorical(next(), weights),
    pick: (items) => {
      if (items.length === 0) throw new RangeError('cannot pick from nothing');
      return items[integer(items.length)];
    },
    shuffle: (items) => shuffle(items, integer),
    fork: (label) => createRandom(`${path}/${label}`),
  };
}

function categorical(uniform: number, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  if (!(total > 0)) throw new RangeError('no weight is positive');
  let rest = uniform * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] <= 0) continue;
    last = i;
    rest -= weights[i];
    if (rest < 0) return i;
  }
  return last;
}

function shuffle<T extends { length: number; [index: number]: unknown }>(items: T, integer: (below: number) => number): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    const kept = items[i];
    items[i] = items[j];
    items[j] = kept;
  }
  return items;
}
