import { chiSquareTail } from '../numeric/special-functions.ts';

export interface SampleRatio {
  chiSquare: number;
  pValue: number;
  /** The arms were not filled as planned: the effect must not be believed. */
  blocked: boolean;
}

const BLOCKING_P_VALUE = 0.001; // The usual limit of experiment platforms (Fabijan et al. 2019): one false alarm in a thousand.

/** Chi-square test of arm sizes against the planned shares. `counts`, `shares`: [arms]; shares need not sum to 1. */
export function checkSampleRatio(counts: ArrayLike<number>, shares: ArrayLike<number>): SampleRatio {
  let [total, whole] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    total += counts[i];
    whole += shares[i];
  }
  let chiSquare = 0;
  for (let i = 0; i < counts.length; i++) {
    const expected = (total * shares[i]) / whole;
    if (expected > 0) chiSquare += (counts[i] - expected) ** 2 / expected;
    else if (counts[i] > 0) chiSquare = Number.POSITIVE_INFINITY;
  }
  const pValue = total === 0 ? 1 : chiSquare === Number.POSITIVE_INFINITY ? 0 : chiSquareTail(chiSquare, counts.length - 1);
  return { chiSquare, pValue, blocked: pValue < BLOCKING_P_VALUE };
}
