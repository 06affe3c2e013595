import { areaUnderRoc, logLoss } from '../evaluate/classification.ts';

export interface ProbabilityQuality {
  rows: number;
  positives: number;
  /** Area under the ROC curve; NaN when one class is missing. 0.5 is chance. */
  areaUnderRoc: number;
  logLoss: number;
  /** Log-loss of forecasting `baseRate` for every row: a useful model is below it. */
  baseRateLogLoss: number;
  /** Mean |forecast − observed| over ten bins of equally many rows, weighted by rows (expected calibration error). */
  calibrationError: number;
}

const BINS = 10;

/** How good probabilities are on rows that were not learned from, beside always forecasting `baseRate` (the training rows' share of ones). */
export function probabilityQuality(labels: ArrayLike<number>, probabilities: ArrayLike<number>, baseRate: number): ProbabilityQuality {
  const rows = labels.length;
  let positives = 0;
  for (let i = 0; i < rows; i++) positives += labels[i];
  return {
    rows,
    positives,
    areaUnderRoc: areaUnderRoc(labels, probabilities),
    logLoss: logLoss(labels, probabilities),
    baseRateLogLoss: logLoss(labels, new Float64Array(rows).fill(baseRate)),
    calibrationError: calibrationError(labels, probabilities),
  };
}

/** Expected calibration error (Naeini et al. 2015) with bins of equally many rows. */
export function calibrationError(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const rows = labels.length;
  const order = Array.from({ length: rows }, (_, i) => i).sort((a, b) => probabilities[a] - probabilities[b]);
  let sum = 0;
  for (let bin = 0; bin < BINS; bin++) {
    let difference = 0;
    for (let at = Math.floor((bin * rows) / BINS); at < Math.floor(((bin + 1) * rows) / BINS); at++)
      difference += probabilities[order[at]] - labels[order[at]];
    sum += Math.abs(difference);
  }
  return sum / rows;
}
