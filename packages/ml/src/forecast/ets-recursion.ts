export type Seasonality = 'none' | 'additive' | 'multiplicative';

/** Shape of an exponential smoothing model. */
export interface EtsShape {
  trend: 'none' | 'damped';
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

/** Runs the error-correction form (Hyndman et al. 2008, tables 2.1 and 2.2) over the history, moves `state` to its end, returns the sum of squared one-step errors. */
export function runEts(history: Float64Array, shape: EtsShape, parameters: EtsParameters, state: EtsState, errors?: Float64Array): number {
  const { season, seasonality } = shape;
  const { alpha, beta, gamma, phi } = parameters;
  const { seasonal } = state;
  const trended = shape.trend !== 'none';
  let { level, slope } = state;
  let sum = 0;
  for (let t = 0, phase = 0; t < history.length; t++, phase = phase + 1 === season ? 0 : phase + 1) {
    const drift = trended ? phi * slope : 0;
    const base = level + drift;
    const factor = seasonality === 'none' ? 0 : seasonal[phase];
    const fitted = seasonality === 'multiplicative' ? base * factor : base + factor;
    const error = history[t] - fitted;
    sum += error * error;
    if (errors) errors[t] = error;
    const step = seasonality === 'multiplicative' ? error / factor : error;
    if (seasonality === 'additive') seasonal[phase] = factor + gamma * error;
    else if (seasonality === 'multiplicative')
      seasonal[phase] = Math.max(0.01, factor + (gamma * error) / (Math.abs(base) > 1e-9 ? base : 1e-9));
    level = base + alpha * step;
    slope = trended ? drift + beta * step : 0;
  }
  state.level = level;
  state.slope = slope;
  return sum;
}

/** Point forecasts from the end of the history. */
export function continueEts(shape: EtsShape, { phi }: EtsParameters, state: EtsState, length: number, horizon: number): Float64Array {
  let damping = 0;
  let power = 1;
  return Float64Array.from({ length: horizon }, (_, h) => {
    power *= phi;
    damping += power;
    const base = state.level + (shape.trend === 'none' ? 0 : damping * state.slope);
    const factor = state.seasonal[(length + h) % shape.season];
    if (shape.seasonality === 'none') return base;
    return shape.seasonality === 'additive' ? base + factor : base * factor;
  });
}
