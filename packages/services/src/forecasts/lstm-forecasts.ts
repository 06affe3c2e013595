import {
  type Forecaster,
  forecastWithLstm,
  type LstmModel,
  type LstmSeries,
  precomputedForecaster,
  trainLstmForecaster,
} from '@promolift/ml';
import { openTensorflow } from '@promolift/tensorflow';
import type { DemandSeries } from './demand-series.ts';

const WINDOW_STEPS = 28;
const UNITS = 24;
const EPOCHS = 8;
const WINDOWS_PER_EPOCH = 4_096;
const MOST_SERIES = 200;

export type LstmForecasts = {
  model: LstmModel;
  backend: string;
  validationLoss: number;
  baselineLoss: number;
  seconds: number;
  forecasterOf: (series: DemandSeries) => Forecaster | null;
};

/**
 * One network for the largest series, trained on the days before the first origin only, so that every origin judges it on days it
 * never saw. How long it learns is a number of steps, never a time, so that the same seed gives the same forecasts on every machine.
 * `cuts`: calendar days from which forecasts are asked. Null when the history is too short for it.
 */
export async function lstmForecasts(
  series: DemandSeries[],
  cuts: number[],
  horizon: number,
  seed: number,
  onProgress: (fraction: number) => Promise<void>,
): Promise<LstmForecasts | null> {
  const first = Math.min(...cuts);
  const chosen = series.filter(({ since }) => first - since >= WINDOW_STEPS + horizon).slice(0, MOST_SERIES);
  if (chosen.length === 0 || first < WINDOW_STEPS + 3 * horizon) return null;
  const { tf, lstm, adam, backend } = await openTensorflow();
  const tools = { tf, lstm, adam };
  const startedMs = performance.now();
  const upTo = (steps: number): LstmSeries[] =>
    chosen.map(({ baseline, covariates }) => ({
      units: baseline.subarray(0, steps),
      covariates: covariates.map((values) => values.subarray(0, steps + horizon)),
    }));
  const { model, validationLoss, baselineLoss } = await trainLstmForecaster(tools, upTo(first), {
    horizon,
    seed,
    windowSteps: WINDOW_STEPS,
    units: UNITS,
    epochs: EPOCHS,
    windowsPerEpoch: WINDOWS_PER_EPOCH,
    onProgress: ({ epoch, epochs }) => onProgress(epoch / epochs),
  });
  const whole = chosen.map(({ baseline, covariates }) => ({ units: baseline, covariates }));
  const byCut = new Map(cuts.map((cut) => [cut, forecastWithLstm(tools, model, whole, cut)]));
  const placeOf = new Map(chosen.map((one, at) => [one, at]));
  return {
    model,
    backend,
    validationLoss,
    baselineLoss,
    seconds: (performance.now() - startedMs) / 1000,
    forecasterOf: (one) => {
      const at = placeOf.get(one);
      if (at === undefined) return null;
      return precomputedForecaster('lstm', new Map([...byCut].map(([cut, forecasts]) => [cut - one.since, forecasts[at]])));
    },
  };
}
