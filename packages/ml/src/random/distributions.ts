type Uniform = () => number;

/** Standard normal by the polar method (Marsaglia & Bray 1964); the second value is thrown away so that the stream has no hidden state. */
export function standardNormal(uniform: Uniform): number {
  for (;;) {
    const u = 2 * uniform() - 1;
    const v = 2 * uniform() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/** Gamma with scale 1 (Marsaglia & Tsang 2000). `shape` > 0. */
export function standardGamma(uniform: Uniform, shape: number): number {
  if (shape < 1) {
    const boost = (1 - uniform()) ** (1 / shape);
    return standardGamma(uniform, shape + 1) * boost;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = standardNormal(uniform);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

const SMALL_MEAN = 30; // Below this, multiplying uniforms is both fast and free of underflow.

/** Poisson: products of uniforms (Knuth) for small means, halving by a gamma (Ahrens & Dieter 1974) for large ones. */
export function poisson(uniform: Uniform, mean: number): number {
  let count = 0;
  let rest = mean;
  while (rest > SMALL_MEAN) {
    const m = Math.floor((rest * 7) / 8);
    const x = standardGamma(uniform, m);
    if (x > rest) return count + binomial(uniform, m - 1, rest / x);
    count += m;
    rest -= x;
  }
  const limit = Math.exp(-rest);
  for (let product = uniform(); product > limit; product *= uniform()) count++;
  return count;
}

/** Binomial by the median order statistic (Devroye 1986, X.4.3), so large `trials` stay cheap. */
export function binomial(uniform: Uniform, trials: number, probability: number): number {
  let [n, p, count] = [trials, probability, 0];
  while (n > SMALL_MEAN) {
    const i = Math.floor((n + 1) / 2);
    const median = beta(uniform, i, n + 1 - i);
    if (median <= p) {
      count += i;
      p = (p - median) / (1 - median);
      n -= i;
    } else {
      p /= median;
      n = i - 1;
    }
  }
  for (let i = 0; i < n; i++) if (uniform() < p) count++;
  return count;
}

/** Beta by two gammas. */
export function beta(uniform: Uniform, a: number, b: number): number {
  const x = standardGamma(uniform, a);
  return x / (x + standardGamma(uniform, b));
}
