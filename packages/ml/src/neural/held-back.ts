import type { Random } from '../random/random.ts';

export interface HeldBackOptions {
  /** Share of rows held back for calibration, and as many again for evaluation. Default 0.15. */
  heldBackShare?: number;
  /** Which rows are held back: 'random', or 'last' when the rows are in order of time. Default 'random'. */
  heldBack?: 'random' | 'last';
}

const LEAST_ROWS = 20; // Three parts are cut from them.

/** Rows to learn from, to calibrate on and to judge by. Sources of one seed cut alike, so models can be compared. Throws RangeError for fewer than 20 rows. */
export function holdBack(rows: number, { heldBackShare = 0.15, heldBack }: HeldBackOptions, random: Random) {
  if (rows < LEAST_ROWS) throw new RangeError(`${rows} rows are too few: ${LEAST_ROWS} are needed`);
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  if (heldBack !== 'last') random.fork('split').shuffle(order);
  const part = Math.max(1, Math.floor(rows * heldBackShare));
  const training = order.slice(0, rows - 2 * part);
  return {
    training,
    calibration: order.subarray(training.length, training.length + part),
    evaluation: order.subarray(training.length + part),
  };
}
