import { mean, sortedQuantile } from '../numeric/statistics.ts';

/** A quantity measured over a quiet stretch that begins at `at`. */
export interface QuietValue {
  at: number;
  value: number;
}

export interface MatchOptions {
  /** Quiet stretches are compared that begin at most this far away. */
  reach: number;
  /** Stretches that begin nearer than this share days and may not stand for each other. */
  apart: number;
}

const LEAST_MATCHES = 2;
const LEAST_PLACEBOS = 5;
/** Standard deviation of a normal distribution ÷ median of its absolute values: a few odd weeks must not hide all others. */
const NORMAL_OVER_MEDIAN = 1.4826;

/**
 * What would be expected of a stretch that begins at `at`: the line through the quiet stretches around it, their mean where they
 * lie on one side only. Null with fewer than two.
 */
export function matchedLevel(quiet: readonly QuietValue[], at: number, { reach, apart }: MatchOptions): number | null {
  const near = quiet.filter((each) => Math.abs(each.at - at) <= reach && Math.abs(each.at - at) >= apart);
  if (near.length < LEAST_MATCHES) return null;
  const level = mean(near.map(({ value }) => value));
  if (!near.some((each) => each.at < at) || !near.some((each) => each.at > at)) return level;
  const centre = mean(near.map((each) => each.at));
  const square = near.reduce((sum, each) => sum + (each.at - centre) ** 2, 0);
  const slope = near.reduce((sum, each) => sum + (each.at - centre) * (each.value - level), 0) / square;
  return Math.max(0, level + slope * (at - centre));
}

/**
 * Standard deviation of what quiet stretches are off from what their neighbours expect, relative to the mean: the error of the comparison
 * itself, seasons and chance together, seen where nothing was offered. Null with fewer than five.
 */
export function placeboError(quiet: readonly QuietValue[], options: MatchOptions): number | null {
  const level = mean(quiet.map(({ value }) => value));
  const misses = quiet.flatMap(({ at, value }) => {
    const expected = matchedLevel(quiet, at, options);
    return expected === null ? [] : [value - expected];
  });
  if (misses.length < LEAST_PLACEBOS || !(level > 0)) return null;
  const sorted = misses.map(Math.abs).sort((a, b) => a - b);
  return (NORMAL_OVER_MEDIAN * sortedQuantile(sorted, 0.5)) / level;
}
