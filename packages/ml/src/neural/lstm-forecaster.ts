import type { Variable } from '@tensorflow/tfjs-core';
import { createRandom } from '../random/random.ts';
import { initialWeights, type LstmTools, predictScaled, windowLoss } from './lstm-network.ts';
import {
  covariateDeviations,
  type LstmSeries,
  type PreparedSeries,
  prepareSeries,
  type WindowBatch,
  type WindowPlan,
  windowsAt,
} from './lstm-windows.ts';
import { inBatches, type Windows, windowSource } from './window-source.ts';
import { toTensors, toVariables, toWeights, type Weight } from './tensors.ts';

export interface LstmOptions {
  /** Steps to forecast. */
  horizon: number;
  seed: number | string;
  /** Steps the network sees. Default 28. */
  windowSteps?: number;
  /** Default 32. */
  units?: number;
  /** Lengths of the seasons in steps. Default a week of days. */
  periods?: readonly number[];
  /** Most epochs. Default 12. */
  epochs?: number;
  /** Windows drawn for one epoch; fewer when there are fewer. Default 6,144. */
  windowsPerEpoch?: number;
  /** Default 256. */
  batchSize?: number;
  /** Adam's step. Default 0.004. */
  learningRate?: number;
  /** Epochs without a better validation loss before training ends. Default 3. */
  patience?: number;
  onProgress?: (epoch: LstmEpoch) => void | Promise<void>;
  /** Asked before every batch; when it says yes, the best weights so far are kept and training ends. */
  shouldStop?: () => boolean;
}

/** Losses are mean squared errors in units of each series' mean. */
export interface LstmEpoch {
  epoch: number;
  epochs: number;
  trainingLoss: number;
  validationLoss: number;
}

export interface LstmModel extends WindowPlan {
  weights: Record<string, Weight>;
}

export interface LstmTraining {
  model: LstmModel;
  curve: LstmEpoch[];
  /** Validation loss of the untrained network, which forecasts the window's mean. */
  baselineLoss: number;
  /** Validation loss of the weights that were kept. */
  validationLoss: number;
  endedBy: 'epochs' | 'patience' | 'request';
}

const MOST_VALIDATION_WINDOWS = 2_048;

/**
 * One LSTM for all series (a global model, as in Salinas et al. 2020, but with a direct multi-horizon head), trained with Adam on
 * windows drawn at random; the last tenth of the steps (at least one horizon) only decides when to stop. Same seed and backend, same bytes.
 * Throws RangeError when series differ in length or are shorter than `windowSteps` + 2 × `horizon`.
 */
export async function trainLstmForecaster(tools: LstmTools, series: readonly LstmSeries[], options: LstmOptions): Promise<LstmTraining> {
  const { horizon, windowSteps = 28, periods = [7], epochs = 12, patience = 3, batchSize = 256 } = options;
  const steps = requireHistory(series, windowSteps, horizon);
  const random = createRandom(options.seed);
  const trainingSteps = steps - Math.max(horizon, Math.floor(steps / 10));
  const prepared = series.map((one) => prepareSeries(one, trainingSteps));
  const plan: WindowPlan = {
    windowSteps,
    horizon,
    periods: [...periods],
    covariateDeviations: covariateDeviations(prepared, trainingSteps),
  };
  const draw = windowSource(plan, prepared, windowSteps, trainingSteps - horizon, random.fork('training'));
  const check = windowSource(plan, prepared, trainingSteps, steps - horizon, random.fork('validation'));
  const validation = inBatches(check(MOST_VALIDATION_WINDOWS), batchSize).map((windows) => windows());
  const variables = toVariables(tools.tf, initialWeights(random.fork('weights'), plan, options.units ?? 32));
  const trainer = createTrainer(tools, plan, variables, options);
  const curve: LstmEpoch[] = [];
  const baselineLoss = trainer.lossOf(validation);
  let [best, bestLoss, bestEpoch] = [toWeights(variables), baselineLoss, 0];
  let endedBy: LstmTraining['endedBy'] = 'epochs';
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const trainingLoss = trainer.train(inBatches(draw(options.windowsPerEpoch ?? 6_144), batchSize));
      const validationLoss = trainer.lossOf(validation);
      if (trainingLoss !== undefined) curve.push({ epoch, epochs, trainingLoss, validationLoss });
      if (validationLoss < bestLoss) [best, bestLoss, bestEpoch] = [toWeights(variables), validationLoss, epoch];
      if (trainingLoss === undefined) endedBy = 'request';
      else await options.onProgress?.(curve[curve.length - 1]);
      if (endedBy !== 'request' && epoch - bestEpoch >= patience) endedBy = 'patience';
      if (endedBy !== 'epochs') break;
    }
  } finally {
    trainer.dispose();
  }
  return { model: { ...plan, weights: best }, curve, baselineLoss, validationLoss: bestLoss, endedBy };
}

/**
 * Forecast units after the first `from` steps (by default all): one [horizon] per series, never below 0. Nothing after `from` is
 * read but the covariates of the forecast steps. Throws RangeError when `from` is shorter than the model's window.
 */
export function forecastWithLstm(tools: LstmTools, model: LstmModel, series: readonly LstmSeries[], from?: number): Float32Array[] {
  const forecasts: Float32Array[] = [];
  const { tf } = tools;
  for (let start = 0; start < series.length; start += 512) {
    const prepared = series.slice(start, start + 512).map((one) => prepareForForecast(model, one, from ?? one.units.length));
    const origins = prepared.map(({ series: { units } }) => from ?? units.length);
    const batch = windowsAt(model, prepared, origins, false);
    const scaled = tf.tidy(() => Float32Array.from(predictScaled(tools, model, toTensors(tf, model.weights), batch).dataSync()));
    prepared.forEach(({ scale }, w) => {
      forecasts.push(scaled.slice(w * model.horizon, (w + 1) * model.horizon).map((value) => Math.max(0, value * scale)));
    });
  }
  return forecasts;
}

function createTrainer(
  tools: LstmTools,
  plan: WindowPlan,
  variables: Record<string, Variable>,
  { learningRate = 0.004, shouldStop }: LstmOptions,
) {
  const { tf, adam } = tools;
  const optimizer = adam(learningRate);
  const all = Object.values(variables);
  return {
    /** Mean loss over the batches; nothing when asked to stop. */
    train(batches: readonly Windows[]): number | undefined {
      let sum = 0;
      for (const windows of batches) {
        if (shouldStop?.()) return undefined;
        const batch = windows();
        sum += tf.tidy(() => optimizer.minimize(() => windowLoss(tools, plan, variables, batch), true, all)?.dataSync()[0] ?? Number.NaN);
      }
      return sum / batches.length;
    },
    lossOf(batches: readonly WindowBatch[]): number {
      let [sum, count] = [0, 0];
      for (const batch of batches) {
        sum += tf.tidy(() => windowLoss(tools, plan, variables, batch).dataSync()[0]) * batch.count;
        count += batch.count;
      }
      return sum / count;
    },
    dispose() {
      tf.dispose(all);
      optimizer.dispose();
    },
  };
}

function requireHistory(series: readonly LstmSeries[], windowSteps: number, horizon: number): number {
  if (series.length === 0) throw new RangeError('there is no series to learn from');
  const [
    {
      units: { length: steps },
      covariates,
    },
  ] = series;
  if (series.some(({ units }) => units.length !== steps)) throw new RangeError('all series must have the same number of steps');
  if (series.some((one) => one.covariates.length !== covariates.length)) throw new RangeError('all series must have the same covariates');
  if (steps < windowSteps + 2 * horizon)
    throw new RangeError(`${steps} steps are too few: a window of ${windowSteps} and two horizons of ${horizon} are needed`);
  return steps;
}

function prepareForForecast(model: LstmModel, series: LstmSeries, from: number): PreparedSeries {
  if (from < model.windowSteps) throw new RangeError(`${from} steps are too few: the model's window is ${model.windowSteps}`);
  if (series.covariates.some(({ length }) => length < from + model.horizon))
    throw new RangeError('covariates must reach to the end of the horizon');
  return prepareSeries(series, from);
}
