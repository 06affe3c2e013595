import { mean } from '../numeric/statistics.ts';

/**
 * Classical decomposition: mean ratio (or difference) to a centred moving average for each place in the season, normalised to mean 1 (or 0).
 * Uses the first `maxSeasons` whole seasons. [season]
 */
export function seasonalIndices(
  history: Float64Array,
  season: number,
  multiplicative: boolean,
  maxSeasons = Number.POSITIVE_INFINITY,
): Float64Array {
  const length = Math.min(maxSeasons, Math.floor(history.length / season)) * season;
  const indices = new Float64Array(season);
  const counts = new Float64Array(season);
  for (let t = 0; t < length; t++) {
    const trend = centredAverage(history, t, season);
    indices[t % season] += multiplicative ? history[t] / trend : history[t] - trend;
    counts[t % season]++;
  }
  for (let phase = 0; phase < season; phase++) indices[phase] /= counts[phase];
  const centre = mean(indices);
  return indices.map((index) => (multiplicative ? Math.max(0.01, index / centre) : index - centre));
}

/** Mean over one season around t (2 × season average for even seasons), moved inwards at the edges. */
function centredAverage(history: Float64Array, t: number, season: number): number {
  const half = Math.floor(season / 2);
  const middle = Math.min(Math.max(t, half), history.length - 1 - half);
  if (season % 2 === 1) return mean(history.subarray(middle - half, middle + half + 1));
  const inner = mean(history.subarray(middle - half + 1, middle + half)) * (season - 1);
  return (inner + (history[middle - half] + history[middle + half]) / 2) / season;
}
