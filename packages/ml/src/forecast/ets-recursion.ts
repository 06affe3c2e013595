export type Seasonality = 'none' | 'additive' | 'multiplicative';

/** Shape of an exponential smoothing model, ETS(error, trend, seasonality). */
export interface EtsShape {
  error: 'additive' | 'multiplicative';
  trend: 'none' | 'additive' | 'damped';
  seasonality: Seasonality;
  season: number;
}

export interface EtsState {
  level: number;
  slope: number;
  /** [season], indexed by time modulo season; empty without seasonality. */
  seasonal: Float64Array;
}

export interface EtsParameters {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
}

/** What a run leaves for the way back, [length] each. */
export interface EtsTrace {
  /** y − μ, the one-step errors in units of the series whatever the model's error is. */
  errors: Float64Array;
  base: Float64Array;
  factors: Float64Array;
  slopes: Float64Array;
}

export const etsTrace = (length: number): EtsTrace => ({
  errors: new Float64Array(length),
  base: new Float64Array(length),
  factors: new Float64Array(length),
  slopes: new Float64Array(length),
});

/**
 * Runs the error-correction form (Hyndman, Koehler, Ord & Snyder 2008, tables 2.2 and 2.3) over the history and moves `state` to its
 * end. With q = l + φb and e = y − μ: μ = q + s (or q·s), l' = q + αe (or αe/s), b' = φb + βe (or βe/s), s' = s + γe (or γe/q). Additive
 * and multiplicative errors share these updates; they differ in the likelihood. False when a multiplicative shape leaves the positive numbers.
 */
export function runEts(
  history: Float64Array,
  shape: EtsShape,
  { alpha, beta, gamma, phi }: EtsParameters,
  state: EtsState,
  trace: EtsTrace,
): boolean {
  const { season } = shape;
  const multiplies = shape.seasonality === 'multiplicative';
  const isSeasonal = shape.seasonality !== 'none';
  const mustBePositive = multiplies || shape.error === 'multiplicative';
  const { seasonal } = state;
  const { errors, base, factors, slopes } = trace;
  let { level, slope } = state;
  for (let t = 0, phase = 0; t < history.length; t++) {
    const drift = phi * slope;
    const q = level + drift;
    const factor = isSeasonal ? seasonal[phase] : 0;
    const fitted = multiplies ? q * factor : q + factor;
    if (mustBePositive && !(fitted > 1e-8 && (!multiplies || factor > 1e-4))) return false;
    const error = history[t] - fitted;
    errors[t] = error;
    base[t] = q;
    factors[t] = factor;
    slopes[t] = slope;
    const step = multiplies ? error / factor : error;
    level = q + alpha * step;
    slope = drift + beta * step;
    if (isSeasonal) seasonal[phase] = factor + gamma * (multiplies ? error / q : error);
    if (++phase === season) phase = 0;
  }
  state.level = level;
  state.slope = slope;
  return Number.isFinite(level) && Number.isFinite(slope);
}

/** Derivatives of a sum over the run by parameters and first state. */
export interface EtsGradient extends EtsParameters {
  level: number;
  slope: number;
  seasonal: Float64Array;
}

/** The way back through a run (reverse differentiation): `byFitted`[t] is the loss's own derivative by μ at t. Fills `gradient`. */
export function reverseEts(
  shape: EtsShape,
  { alpha, beta, gamma, phi }: EtsParameters,
  { errors, base, factors, slopes }: EtsTrace,
  byFitted: Float64Array,
  gradient: EtsGradient,
): void {
  const { season } = shape;
  const multiplies = shape.seasonality === 'multiplicative';
  const isSeasonal = shape.seasonality !== 'none';
  const { seasonal } = gradient;
  seasonal.fill(0);
  let [byLevel, bySlope, byAlpha, byBeta, byGamma, byPhi] = [0, 0, 0, 0, 0, 0];
  for (let t = errors.length - 1, phase = t % season; t >= 0; t--) {
    const [error, q, factor] = [errors[t], base[t], factors[t]];
    const bySeasonal = isSeasonal ? seasonal[phase] : 0;
    const step = multiplies ? error / factor : error;
    const turn = multiplies ? error / q : error;
    byAlpha += byLevel * step;
    byBeta += bySlope * step;
    byGamma += bySeasonal * turn;
    const pull = alpha * byLevel + beta * bySlope;
    const byMean = byFitted[t] - (multiplies ? pull / factor + (gamma * bySeasonal) / q : pull + gamma * bySeasonal);
    const byBase = byLevel + (multiplies ? byMean * factor - (gamma * bySeasonal * turn) / q : byMean);
    if (isSeasonal) seasonal[phase] = bySeasonal + (multiplies ? byMean * q - (pull * step) / factor : byMean);
    const byDrift = bySlope + byBase;
    byPhi += slopes[t] * byDrift;
    bySlope = phi * byDrift;
    byLevel = byBase;
    phase = phase === 0 ? season - 1 : phase - 1;
  }
  gradient.alpha = byAlpha;
  gradient.beta = byBeta;
  gradient.gamma = byGamma;
  gradient.phi = byPhi;
  gradient.level = byLevel;
  gradient.slope = bySlope;
}

/** Point forecasts from the end of the history. */
export function continueEts(shape: EtsShape, { phi }: EtsParameters, state: EtsState, length: number, horizon: number): Float64Array {
  let damping = 0;
  let power = 1;
  return Float64Array.from({ length: horizon }, (_, h) => {
    power *= phi;
    damping += power;
    const base = state.level + damping * state.slope;
    const factor = state.seasonal[(length + h) % shape.season];
    if (shape.seasonality === 'none') return base;
    return shape.seasonality === 'additive' ? base + factor : base * factor;
  });
}
