import { type EtsFit, fitShape } from './ets-fit.ts';
import { continueEts, type EtsShape } from './ets-recursion.ts';
import { stableShapes } from './ets-start.ts';
import type { Forecaster } from './forecaster.ts';

export interface EtsOptions {
  /** 1 for none. */
  season: number;
  /** Length of history used, newest kept: older days cost time and change little. Default 3 years of days. */
  maxHistory?: number;
  /** 'damped' leaves out straight trends: on daily sales they run away within a month. Default 'all'. */
  trends?: 'all' | 'damped';
  /** Shapes tried. Default: all stable forms (at most 15) with these trends. */
  shapes?: readonly EtsShape[];
}

const SIMPLE: EtsShape = { error: 'additive', trend: 'none', seasonality: 'none', season: 1 };

/**
 * Automatic exponential smoothing: every stable form fitted by maximum likelihood (Hyndman, Koehler, Snyder & Grose 2002), their
 * forecasts averaged with Akaike weights exp(−½ ΔAICc) (Kolassa 2011), which on M3 is better than the lowest AICc alone at every frequency.
 */
export function ets(options: EtsOptions): Forecaster {
  return {
    name: 'ets',
    forecast(history, horizon) {
      const recent = newest(history, options);
      const fits = fitEtsShapes(recent, options);
      const best = lowest(fits);
      const mean = new Float64Array(horizon);
      let total = 0;
      for (const fit of fits) {
        const weight = fit === best ? 1 : Math.exp((best.aicc - fit.aicc) / 2);
        if (weight < NEGLIGIBLE) continue;
        total += weight;
        const forecast = continueEts(fit.shape, fit.parameters, fit.state, recent.length, horizon);
        for (let h = 0; h < horizon; h++) mean[h] += weight * forecast[h];
      }
      return mean.map((value) => value / total);
    },
  };
}

const NEGLIGIBLE = 1e-4;

/** The one shape with the lowest AICc continues the series, as R's `ets` does. */
export function etsByAicc(options: EtsOptions): Forecaster {
  return {
    name: 'ets-aicc',
    forecast(history, horizon) {
      const recent = newest(history, options);
      const { shape, parameters, state } = fitEts(recent, options);
      return continueEts(shape, parameters, state, recent.length, horizon);
    },
  };
}

/** The shape with the lowest AICc; a history too short for any of them keeps its mean as the level. Throws RangeError for an empty history. */
export const fitEts = (history: Float64Array, options: EtsOptions): EtsFit => lowest(fitEtsShapes(history, options));

const newest = (history: Float64Array, { maxHistory = 1_096 }: EtsOptions) => history.subarray(Math.max(0, history.length - maxHistory));
const lowest = (fits: readonly EtsFit[]) => fits.reduce((best, fit) => (fit.aicc < best.aicc ? fit : best));

function fitEtsShapes(history: Float64Array, options: EtsOptions): EtsFit[] {
  if (history.length === 0) throw new RangeError('a forecast needs at least one value of history');
  const shapes =
    options.shapes ?? stableShapes(history, options.season).filter(({ trend }) => options.trends !== 'damped' || trend !== 'additive');
  const fits = shapes.flatMap((shape) => fitShape(history, shape) ?? []);
  return fits.length > 0 ? fits : [keepMean(history)];
}

function keepMean(history: Float64Array): EtsFit {
  const level = history.reduce((sum, value) => sum + value, 0) / history.length;
  return {
    shape: SIMPLE,
    parameters: { alpha: 0, beta: 0, gamma: 0, phi: 1 },
    state: { level, slope: 0, seasonal: new Float64Array(0) },
    logLikelihood: Number.NEGATIVE_INFINITY,
    aicc: Number.POSITIVE_INFINITY,
    errors: history.map((value) => value - level),
  };
}
