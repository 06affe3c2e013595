import { type Minimum, nelderMead } from '../numeric/nelder-mead.ts';
import { logGamma } from '../numeric/special-functions.ts';

/** Purchases of each customer, all [customers], times in one unit (the papers use weeks). */
export interface PurchaseHistories {
  /** Repeat purchases x: purchases after the first. */
  frequency: ArrayLike<number>;
  /** Time from the first to the last purchase tₓ; 0 without a repeat. */
  recency: ArrayLike<number>;
  /** Time from the first purchase to now T. */
  age: ArrayLike<number>;
}

/** Customers buy at rates drawn from gamma(r, α) and leave after a purchase with a chance drawn from beta(a, b). */
export interface BgNbdModel {
  r: number;
  alpha: number;
  a: number;
  b: number;
  logLikelihood: number;
}

const RESTARTS = 4; // The simplex may shrink on a ridge; a fresh one from there goes on.

/**
 * BG/NBD (Fader, Hardie & Lee 2005, "Counting your customers" the easy way) by maximum likelihood, eq. 6. Customers of equal history are
 * counted together. Throws RangeError without customers or with a last purchase after now.
 */
export function trainBgNbd(histories: PurchaseHistories): BgNbdModel {
  const groups = groupsOf(histories);
  const cost = (point: Float64Array) => {
    const [r, alpha, a, b] = point.map(Math.exp);
    let sum = 0;
    for (const { x, last, age, count } of groups) sum -= count * logLikelihood(r, alpha, a, b, x, last, age);
    return sum;
  };
  let best: Pick<Minimum, 'point' | 'value'> = { point: new Float64Array(4), value: Number.POSITIVE_INFINITY };
  for (let restart = 0; restart < RESTARTS; restart++) best = nelderMead(cost, best.point, 0.5, 1_000, 1e-12);
  const [r, alpha, a, b] = best.point.map(Math.exp);
  return { r, alpha, a, b, logLikelihood: -best.value };
}

function logLikelihood(r: number, alpha: number, a: number, b: number, x: number, last: number, age: number): number {
  const rate = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
  const stay = logGamma(a + b) + logGamma(b + x) - logGamma(b) - logGamma(a + b + x);
  const alive = -(r + x) * Math.log(alpha + age);
  if (x === 0) return rate + stay + alive;
  const gone = Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + last);
  const larger = Math.max(alive, gone);
  return rate + stay + larger + Math.log(Math.exp(alive - larger) + Math.exp(gone - larger));
}

function groupsOf({ frequency, recency, age }: PurchaseHistories) {
  if (frequency.length === 0) throw new RangeError('there are no customers');
  const groups = new Map<string, { x: number; last: number; age: number; count: number }>();
  for (let i = 0; i < frequency.length; i++) {
    if (!(recency[i] >= 0 && recency[i] <= age[i] && frequency[i] >= 0)) throw new RangeError(`the history of customer ${i} cannot be`);
    const key = `${frequency[i]} ${recency[i]} ${age[i]}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { x: frequency[i], last: recency[i], age: age[i], count: 1 });
  }
  return [...groups.values()];
}

/** Chance that a customer still buys, [customers]; 1 − it is the churn risk. Without a repeat it is 1: nobody leaves before the first repeat. */
export function probabilityAlive(model: BgNbdModel, { frequency, recency, age }: PurchaseHistories): Float64Array {
  return Float64Array.from({ length: frequency.length }, (_, i) => aliveOf(model, frequency[i], recency[i], age[i]));
}

function aliveOf({ r, alpha, a, b }: BgNbdModel, x: number, last: number, age: number): number {
  if (x === 0) return 1;
  return 1 / (1 + (a / (b + x - 1)) * ((alpha + age) / (alpha + last)) ** (r + x));
}

/** Purchases expected of each customer in the next `time`, [customers] (eq. 10). */
export function expectedPurchases(model: BgNbdModel, { frequency, recency, age }: PurchaseHistories, time: number): Float64Array {
  const { r, alpha, a, b } = model;
  return Float64Array.from({ length: frequency.length }, (_, i) => {
    const x = frequency[i];
    const shrink = ((alpha + age[i]) / (alpha + age[i] + time)) ** (r + x);
    const series = gaussHypergeometric(r + x, b + x, a + b + x - 1, time / (alpha + age[i] + time));
    return ((a + b + x - 1) / (a - 1)) * (1 - shrink * series) * aliveOf(model, x, recency[i], age[i]);
  });
}

/** ₂F₁(a, b; c; z) for 0 ≤ z < 1 by its series. */
function gaussHypergeometric(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1];
  for (let n = 0; n < 100_000 && Math.abs(term) > 1e-15 * Math.abs(sum); n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
  }
  return sum;
}
