import { type Minimum, nelderMead } from '../numeric/nelder-mead.ts';
import { logGamma } from '../numeric/special-functions.ts';

/** Spend per purchase varies as gamma(p, ν) around a customer's own mean, whose ν is drawn from gamma(q, γ). */
export interface GammaGammaModel {
  p: number;
  q: number;
  gamma: number;
}

/**
 * Gamma-gamma model of spend (Fader & Hardie 2013, eq. 3) by maximum likelihood over customers with a repeat purchase of some value.
 * `frequency`: repeat purchases; `value`: their mean spend; [customers]. Throws RangeError when no customer has one.
 */
export function trainGammaGamma(frequency: ArrayLike<number>, value: ArrayLike<number>): GammaGammaModel {
  const known = Array.from({ length: frequency.length }, (_, i) => i).filter((i) => frequency[i] > 0 && value[i] > 0);
  if (known.length === 0) throw new RangeError('no customer has a repeat purchase');
  // In units of the mean spend every shop's search starts at the same place.
  const unit = known.reduce((sum, i) => sum + value[i], 0) / known.length;
  const cost = (point: Float64Array) => {
    const [p, q, gamma] = point.map(Math.exp);
    let sum = 0;
    for (const i of known) {
      const [x, spend] = [frequency[i], value[i] / unit];
      sum -= logGamma(p * x + q) - logGamma(p * x) - logGamma(q) + q * Math.log(gamma);
      sum -= (p * x - 1) * Math.log(spend) + p * x * Math.log(x) - (p * x + q) * Math.log(gamma + x * spend);
    }
    return sum;
  };
  let best: Pick<Minimum, 'point' | 'value'> = { point: new Float64Array(3), value: Number.POSITIVE_INFINITY };
  for (let restart = 0; restart < 4; restart++) best = nelderMead(cost, best.point, 0.5, 1_000, 1e-12);
  const [p, q, gamma] = best.point.map(Math.exp);
  return { p, q, gamma: gamma * unit };
}

/** Mean spend per purchase expected of each customer, [customers]: between the shop's mean pγ ÷ (q − 1) and their own (eq. 5). NaN when q ≤ 1: then no mean exists. */
export function expectedSpend({ p, q, gamma }: GammaGammaModel, frequency: ArrayLike<number>, value: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: frequency.length }, (_, i) => {
    if (q <= 1) return Number.NaN;
    const x = value[i] > 0 ? frequency[i] : 0;
    return (p * (gamma + x * (x > 0 ? value[i] : 0))) / (p * x + q - 1);
  });
}
