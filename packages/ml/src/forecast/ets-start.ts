import { mean } from '../numeric/statistics.ts';
import type { EtsShape, EtsState, Seasonality } from './ets-recursion.ts';
import { seasonalIndices } from './seasonal-indices.ts';

const SEASONS_LOOKED_AT = 4;

/** Seasonal indices from centred averages of the first seasons, then level and slope from the first seasonally adjusted values (Hyndman et al. 2008, §2.6). */
export function etsStart(history: Float64Array, shape: EtsShape): EtsState {
  const { season, seasonality } = shape;
  const seasonal =
    seasonality === 'none' ? new Float64Array(0) : seasonalIndices(history, season, seasonality === 'multiplicative', SEASONS_LOOKED_AT);
  const span = Math.min(history.length, Math.max(10, 2 * season));
  const adjusted = Array.from({ length: span }, (_, t) => {
    if (seasonality === 'none') return history[t];
    return seasonality === 'additive' ? history[t] - seasonal[t % season] : history[t] / seasonal[t % season];
  });
  const [centre, middle] = [mean(adjusted), (span - 1) / 2];
  let [xx, xy] = [0, 0];
  adjusted.forEach((value, t) => {
    xx += (t - middle) ** 2;
    xy += (t - middle) * (value - centre);
  });
  const slope = xx > 0 ? xy / xx : 0;
  return shape.trend === 'none' ? { level: centre, slope: 0, seasonal } : { level: centre - slope * (middle + 1), slope, seasonal };
}

const TRENDS = ['none', 'additive', 'damped'] as const;

/**
 * The stable forms (Hyndman et al. 2008, §15.2; as R's `ets` by default): both errors × three trends × three seasonalities without
 * additive error on multiplicative seasonality; multiplicative ones for positive series only, seasonal ones from two seasons on.
 */
export function stableShapes(history: Float64Array, season: number): EtsShape[] {
  const isPositive = history.every((value) => value > 0);
  const isSeasonal = season > 1 && history.length >= 2 * season + 2;
  const seasonalities: Seasonality[] = isSeasonal ? ['none', 'additive', ...(isPositive ? ['multiplicative' as const] : [])] : ['none'];
  const errors = isPositive ? (['additive', 'multiplicative'] as const) : (['additive'] as const);
  return seasonalities.flatMap((seasonality) =>
    errors
      .filter((error) => !(error === 'additive' && seasonality === 'multiplicative'))
      .flatMap((error) => TRENDS.map((trend) => ({ error, trend, seasonality, season: seasonality === 'none' ? 1 : season }))),
  );
}
