import { type ArimaFit, type ArimaOrders, continueArima, fitArima } from './arima-fit.ts';
import { chooseDifferences } from './differences.ts';
import type { Forecaster } from './forecaster.ts';
import { residualsOf } from './regressors.ts';

export interface AutoArimaOptions {
  /** 1 for none; above 60 it is left to regressors. */
  season: number;
  /** Length of history used, newest kept. Default 3 years of days. */
  maxHistory?: number;
  /** Known series beside the history, such as price, promotion days, holidays: [k][length]. */
  regressors?: readonly Float64Array[];
  /** Models fitted at most. Default 94. */
  maxModels?: number;
}

const LONGEST_SEASON = 60; // The exact likelihood costs the cube of it; longer ones are better told by regressors.
const [MOST_P, MOST_Q, MOST_SEASONAL] = [5, 5, 2];

/**
 * Automatic ARIMA without regressors (those need their future: `fitAutoArima`, then `continueArima`). The models visited by the search
 * are averaged with Akaike weights exp(−½ ΔAICc), as one series seldom says which of two neighbours is right.
 */
export function arima(options: Omit<AutoArimaOptions, 'regressors'>): Forecaster {
  return {
    name: 'arima',
    forecast(history, horizon) {
      const recent = history.subarray(Math.max(0, history.length - (options.maxHistory ?? 1_096)));
      const fits = searchArima(recent, options);
      const mean = new Float64Array(horizon);
      let total = 0;
      for (const fit of fits) {
        const weight = fit === fits[0] ? 1 : Math.exp((fits[0].aicc - fit.aicc) / 2);
        if (weight < NEGLIGIBLE) continue;
        total += weight;
        continueArima(fit, recent, horizon).forEach((value, h) => {
          mean[h] += weight * value;
        });
      }
      return mean.map((value) => value / total);
    },
  };
}

const NEGLIGIBLE = 0.01;

/** The model with the lowest AICc of the search. Throws RangeError for an empty history. */
export const fitAutoArima = (history: Float64Array, options: AutoArimaOptions): ArimaFit => searchArima(history, options)[0];

/**
 * Differences by tests, orders by the stepwise search for the lowest AICc (Hyndman & Khandakar 2008, §3.2): four first models, then
 * neighbours of the best until none is better. Each neighbour starts where the best ended. Best first.
 */
function searchArima(history: Float64Array, options: AutoArimaOptions): ArimaFit[] {
  const { season, regressors = [], maxModels = 94 } = options;
  const n = history.length;
  if (n === 0) throw new RangeError('a forecast needs at least one value of history');
  const rest = regressors.length > 0 ? residualsOf(history, regressors) : history;
  const seasonal = season > 1 && season <= LONGEST_SEASON && n >= 2 * season + 2;
  const { d, seasonalD } = chooseDifferences(rest, seasonal ? season : 1);
  const most = {
    p: Math.min(MOST_P, Math.floor(n / 3)),
    q: Math.min(MOST_Q, Math.floor(n / 3)),
    seasonal: seasonal ? Math.min(MOST_SEASONAL, Math.floor(n / 3 / season)) : 0,
  };
  const known = new Map<string, ArimaFit | null>();
  const mayDrift = d + seasonalD <= 1;
  let best: ArimaFit | null = null;
  const attempt = (p: number, q: number, P: number, Q: number, constant: boolean): boolean => {
    if (p < 0 || q < 0 || P < 0 || Q < 0 || p > most.p || q > most.q || P > most.seasonal || Q > most.seasonal) return false;
    const key = [p, q, P, Q, constant].join();
    if (known.has(key) || known.size >= maxModels || (constant && !mayDrift)) return false;
    const orders: ArimaOrders = { p, d, q, seasonalP: P, seasonalD, seasonalQ: Q, season: seasonal ? season : 1, constant };
    const fit = fitArima(history, orders, regressors, best ? moved(best, orders) : undefined);
    known.set(key, fit);
    if (!fit?.isStable || (best && fit.aicc >= best.aicc)) return false;
    best = fit;
    return true;
  };
  attempt(Math.min(2, most.p), Math.min(2, most.q), Math.min(1, most.seasonal), Math.min(1, most.seasonal), mayDrift);
  attempt(0, 0, 0, 0, mayDrift);
  attempt(1, 0, Math.min(1, most.seasonal), 0, mayDrift);
  attempt(0, 1, 0, Math.min(1, most.seasonal), mayDrift);
  attempt(0, 0, 0, 0, false);
  while (best && stepFrom(best, attempt));
  const stable = [...known.values()].flatMap((fit) => (fit?.isStable ? [fit] : []));
  return stable.length > 0 ? stable.sort((a, b) => a.aicc - b.aicc) : [lastResort(history, regressors, season)];
}

/** [p, q, P, Q] changes in the order of the paper. */
const STEPS = [
  [0, 0, -1, 0],
  [0, 0, 0, -1],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [0, 0, -1, -1],
  [0, 0, -1, 1],
  [0, 0, 1, -1],
  [0, 0, 1, 1],
  [-1, 0, 0, 0],
  [0, -1, 0, 0],
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [-1, -1, 0, 0],
  [-1, 1, 0, 0],
  [1, -1, 0, 0],
  [1, 1, 0, 0],
] as const;

/** Tries neighbours of the best until one is better. */
function stepFrom({ orders }: ArimaFit, attempt: (p: number, q: number, P: number, Q: number, constant: boolean) => boolean): boolean {
  const { p, q, seasonalP, seasonalQ, constant } = orders;
  return (
    STEPS.some(([a, b, c, e]) => attempt(p + a, q + b, seasonalP + c, seasonalQ + e, constant)) ||
    attempt(p, q, seasonalP, seasonalQ, !constant)
  );
}

/** The search point of one model as a start for another: shared lags keep their values, new ones begin near zero. */
function moved({ orders: from, point }: ArimaFit, to: ArimaOrders): Float64Array {
  const counts = ({ p, q, seasonalP, seasonalQ }: ArimaOrders) => [p, q, seasonalP, seasonalQ];
  const [had, wanted] = [counts(from), counts(to)];
  let offset = 0;
  return Float64Array.from(
    wanted.flatMap((count, part) => {
      const values = Array.from({ length: count }, (_, i) => (i < had[part] ? Math.max(-1.5, Math.min(1.5, point[offset + i])) : 0.05));
      offset += had[part];
      return values;
    }),
  );
}

/** A history too short for any model keeps its mean. */
function lastResort(history: Float64Array, regressors: readonly Float64Array[], season: number): ArimaFit {
  const level = history.reduce((sum, value) => sum + value, 0) / history.length;
  return {
    orders: { p: 0, d: 0, q: 0, seasonalP: 0, seasonalD: 0, seasonalQ: 0, season, constant: true },
    phi: new Float64Array(0),
    theta: new Float64Array(0),
    coefficients: Float64Array.from([level, ...regressors.map(() => 0)]),
    variance: 0,
    logLikelihood: Number.NEGATIVE_INFINITY,
    aicc: Number.POSITIVE_INFINITY,
    point: new Float64Array(0),
    isStable: true,
  };
}
