import {
  combination,
  encodeArtefact,
  ets,
  type Forecaster,
  forecastSeries,
  intermittent,
  type Json,
  meanAbsoluteScaledError,
  movingAverage,
  seasonalNaive,
  type SeriesForecast,
  theta,
} from '@promolift/ml';
import type { Deps } from '../shared/deps.ts';
import { type SavedModel, saveModel } from '../shared/save-model.ts';
import { type DemandSeries, demandSeries } from './demand-series.ts';
import { type LstmForecasts, lstmForecasts } from './lstm-forecasts.ts';
import type { Demand } from './read-demand.ts';
import { writeForecasts } from './write-forecasts.ts';

const HORIZON_DAYS = 28;
const SEASON = 7;
const ORIGINS = 2;
const LEAST_DAYS = 14;
const FULL_SET_PRODUCTS = 250; // Fitting smoothing to every slow seller costs minutes and changes nothing.
const JUDGED_PRODUCTS = 80;
const ETS_HISTORY_DAYS = 280;

export type ForecastTraining = {
  saved: SavedModel;
  series: number;
  mase: number;
  seasonalNaiveMase: number;
  judgedSeries: number;
  champions: Record<string, number>;
  lstmSeconds: number | null;
};
type Made = { series: DemandSeries; forecast: SeriesForecast };

/**
 * A champion per product and category by rolling origin, for 28 days. The gate judges the whole procedure on the last 28 days,
 * which took no part in choosing or training. Null for a history too short to judge anything.
 */
export async function trainForecasts(
  deps: Deps,
  demand: Demand,
  asOf: Date,
  seed: number,
  onStage: (fraction: number, stage: string) => Promise<void>,
): Promise<ForecastTraining | null> {
  const { products, categories } = demandSeries(demand, HORIZON_DAYS);
  const { days } = demand;
  if (days < (ORIGINS + 1) * HORIZON_DAYS || products.length + categories.length === 0) return null;
  const cuts = [0, 1, 2, 3].map((back) => days - back * HORIZON_DAYS);
  const lstm = await lstmForecasts([...categories, ...products], cuts, HORIZON_DAYS, seed, (fraction) =>
    onStage(0.4 * fraction, 'Training the LSTM'),
  );
  const all = [...categories, ...products];
  const made: Made[] = [];
  for (const [at, series] of all.entries()) {
    if (series.history.length < LEAST_DAYS) continue;
    made.push({ series, forecast: forecastOf(series, series.history, lstm, at < categories.length + FULL_SET_PRODUCTS) });
    if (at % 10 === 0) await onStage(0.4 + 0.4 * (at / all.length), 'Forecasting demand');
  }
  await onStage(0.8, 'Judging the forecasts');
  const judged = judge([...categories, ...products.slice(0, JUDGED_PRODUCTS)], lstm);
  const champions: Record<string, number> = {};
  for (const { forecast } of made) champions[forecast.champion] = (champions[forecast.champion] ?? 0) + 1;
  const saved = await keep(deps, demand, { asOf, seed, lstm, judged, champions });
  // Refused: the baseline serves, so that every product still has an honest forecast.
  const serving =
    saved.status === 'champion'
      ? made
      : made.map(({ series }) => ({ series, forecast: forecastSeries(series.history, { ...PLAN, forecasters: [seasonalNaive(SEASON)] }) }));
  const baseline =
    saved.status === 'champion'
      ? saved
      : await keep(deps, demand, { asOf, seed, lstm: null, judged: null, champions: { 'seasonal-naive': made.length } });
  await writeForecasts(deps, baseline.id, demand.forecastFrom, serving);
  return {
    saved,
    series: serving.length,
    mase: judged.mase,
    seasonalNaiveMase: judged.naiveMase,
    judgedSeries: judged.count,
    champions,
    lstmSeconds: lstm?.seconds ?? null,
  };
}

const PLAN = { season: SEASON, horizon: HORIZON_DAYS, origins: ORIGINS };

function forecastOf(series: DemandSeries, history: Float64Array, lstm: LstmForecasts | null, isFullSet: boolean): SeriesForecast {
  const network = history.length > 3 * HORIZON_DAYS ? lstm?.forecasterOf(series) : null;
  return forecastSeries(history, {
    ...PLAN,
    forecasters: isFullSet ? fullSet() : quickSet(),
    ...(network ? { extraForecasters: [network] } : {}),
  });
}

const quickSet = (): Forecaster[] => [seasonalNaive(SEASON), movingAverage(4 * SEASON), movingAverage(8 * SEASON), intermittent()];

/** ETS and its mean with theta share one costly fit for each cut of the series. */
function fullSet(): Forecaster[] {
  const fitted = ets({ season: SEASON, maxHistory: ETS_HISTORY_DAYS, trends: 'damped' });
  const known = new Map<number, Float64Array>();
  const smoothing: Forecaster = {
    name: fitted.name,
    forecast: (history, horizon) => {
      const values = known.get(history.length) ?? fitted.forecast(history, horizon);
      known.set(history.length, values);
      return values;
    },
  };
  return [...quickSet(), smoothing, combination('ets-theta', [smoothing, theta(SEASON)])];
}

/** The whole procedure on all but the last 28 days, against what came. */
function judge(series: DemandSeries[], lstm: LstmForecasts | null): { mase: number; naiveMase: number; count: number } {
  let [mase, naiveMase, count] = [0, 0, 0];
  for (const one of series) {
    const cut = one.history.length - HORIZON_DAYS;
    if (cut < 2 * HORIZON_DAYS) continue;
    const [past, actual] = [one.history.subarray(0, cut), one.history.subarray(cut)];
    const error = (forecast: Float64Array) => meanAbsoluteScaledError(actual, forecast, past, SEASON);
    const [chosen, naive] = [error(forecastOf(one, past, lstm, true).mean), error(seasonalNaive(SEASON).forecast(past, HORIZON_DAYS))];
    if (Number.isNaN(chosen) || Number.isNaN(naive)) continue;
    mase += chosen;
    naiveMase += naive;
    count++;
  }
  return { mase: mase / count, naiveMase: naiveMase / count, count };
}

type Kept = {
  asOf: Date;
  seed: number;
  lstm: LstmForecasts | null;
  judged: { mase: number; naiveMase: number; count: number } | null;
  champions: Record<string, number>;
};

function keep(deps: Deps, demand: Demand, { asOf, seed, lstm, judged, champions }: Kept): Promise<SavedModel> {
  const weights = Object.entries(lstm?.model.weights ?? {});
  const meta: { [key: string]: Json } = {
    champions,
    horizon: HORIZON_DAYS,
    shapes: Object.fromEntries(weights.map(([name, { shape }]) => [name, shape])),
    ...(lstm
      ? { periods: [...lstm.model.periods], covariateDeviations: [...lstm.model.covariateDeviations], windowSteps: lstm.model.windowSteps }
      : {}),
  };
  return saveModel(deps, {
    kind: 'demand',
    algorithm: judged ? 'champion-per-series' : 'seasonal-naive',
    metrics: {
      mase: judged?.mase ?? null,
      judgedSeries: judged?.count ?? 0,
      champions,
      lstmValidationLoss: lstm?.validationLoss ?? null,
      lstmBaselineLoss: lstm?.baselineLoss ?? null,
    },
    baseline: { algorithm: 'seasonal-naive', mase: judged?.naiveMase ?? null },
    gate: judged
      ? {
          metricName: 'MASE',
          direction: 'lower_is_better',
          candidate: judged.mase,
          baseline: judged.naiveMase,
          otherValues: weights.flatMap(([, { values }]) => [values.reduce((sum, value) => sum + value, 0)]),
          samples: judged.count,
          minimumSamples: 5,
        }
      : null,
    dataFrom: new Date(demand.firstDay),
    dataTo: asOf,
    seed,
    backend: lstm?.backend ?? 'typed-arrays',
    artefact: encodeArtefact({
      kind: 'shop-demand',
      meta,
      arrays: Object.fromEntries(weights.map(([name, { values }]) => [name, values])),
    }),
  });
}
