import type { AdamOptimizer, Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../random/random.ts';
import type { WindowBatch, WindowPlan } from './lstm-windows.ts';
import { glorot, type LstmOperation, type Tf, type Weight, zeros } from './tensors.ts';

export interface LstmTools {
  tf: Tf;
  lstm: LstmOperation;
  adam(learningRate: number): AdamOptimizer;
}

const EFFECT_WIDTH = 8;

export function initialWeights(random: Random, plan: WindowPlan, units: number): Record<string, Weight> {
  const known = plan.covariateDeviations.length + 2 * plan.periods.length;
  const bias = zeros(4 * units);
  bias.values.fill(1, units, 2 * units); // An open forget gate at the start (Jozefowicz et al. 2015).
  return {
    kernel: glorot(random, known + 1, 4 * units),
    recurrent: glorot(random, units, 4 * units),
    bias,
    head: glorot(random, units, units),
    headBias: zeros(units),
    output: zeros(units, plan.horizon), // The untrained network is the window's mean, a sound forecast to start from.
    outputBias: zeros(plan.horizon),
    effect: glorot(random, known, EFFECT_WIDTH),
    effectBias: zeros(EFFECT_WIDTH),
    effectOutput: zeros(EFFECT_WIDTH, 1),
  };
}

/**
 * Scaled units for each step of the horizon, [count, horizon]: the window's mean, times an effect of each forecast day's known
 * values (one small network for all days), plus a direct multi-horizon head on the LSTM's last state.
 */
export function predictScaled({ tf, lstm }: LstmTools, plan: WindowPlan, weights: Record<string, Tensor>, batch: WindowBatch): Tensor2D {
  const { count, past, future, level } = batch;
  const { windowSteps, horizon } = plan;
  const known = future.length / (count * horizon);
  const x = tf.tensor3d(past, [count, windowSteps, known + 1]);
  const last = lstm({ x, kernel: weights.kernel, recurrent: weights.recurrent, bias: weights.bias });
  const hidden = tf.relu(tf.add(tf.matMul(last, weights.head), weights.headBias));
  const change = tf.add(tf.matMul(hidden, weights.output), weights.outputBias);
  const days = tf.tensor2d(future, [count * horizon, known]);
  const effects = tf.matMul(tf.tanh(tf.add(tf.matMul(days, weights.effect), weights.effectBias)), weights.effectOutput);
  const factor = tf.add(tf.reshape(effects, [count, horizon]), 1);
  return tf.add(tf.mul(tf.tensor2d(level, [count, 1]), factor), change);
}

/** Mean squared error in scaled units: its minimum is the expected value, which is what stock and margin sums need. */
export function windowLoss(tools: LstmTools, plan: WindowPlan, weights: Record<string, Tensor>, batch: WindowBatch): Scalar {
  const { tf } = tools;
  const target = tf.tensor2d(batch.target, [batch.count, plan.horizon]);
  return tf.mean<Scalar>(tf.squaredDifference(predictScaled(tools, plan, weights, batch), target));
}
