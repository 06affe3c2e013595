export interface StlOptions {
  /** Steps in a season. */
  season: number;
  /** Seasons that a seasonal place is smoothed over; odd. Default 11. */
  seasonalWindow?: number;
  /** Steps that the trend is smoothed over; odd. Default: the least odd number ≥ 1.5 season ÷ (1 − 1.5 ÷ seasonalWindow). */
  trendWindow?: number;
  /** 0 smooths a seasonal place by averages, 1 by lines. Default 0. */
  seasonalDegree?: 0 | 1;
}

/** history = trend + seasonal + remainder, [length] each. */
export interface Decomposition {
  trend: Float64Array;
  seasonal: Float64Array;
  remainder: Float64Array;
}

const INNER_LOOPS = 2;
const odd = (value: number) => Math.ceil(value) + (Math.ceil(value) % 2 === 0 ? 1 : 0);

/** Seasonal-trend decomposition by loess, without robustness weights (Cleveland, Cleveland, McRae & Terpenning 1990). Throws RangeError below two seasons. */
export function stl(history: Float64Array, options: StlOptions): Decomposition {
  const { season, seasonalWindow = 11, seasonalDegree = 0 } = options;
  const n = history.length;
  if (season < 2 || n < 2 * season) throw new RangeError('a decomposition needs at least two seasons of two or more steps');
  const trendWindow = options.trendWindow ?? odd((1.5 * season) / (1 - 1.5 / seasonalWindow));
  const lowWindow = odd(season);
  let trend: Float64Array = new Float64Array(n);
  const seasonal = new Float64Array(n);
  for (let loop = 0; loop < INNER_LOOPS; loop++) {
    const cycles = smoothPlaces(
      history.map((value, t) => value - trend[t]),
      season,
      seasonalWindow,
      seasonalDegree,
    );
    const low = loess(movingAverage(movingAverage(movingAverage(cycles, season), season), 3), lowWindow, 1);
    for (let t = 0; t < n; t++) seasonal[t] = cycles[t + season] - low[t];
    trend = loess(
      history.map((value, t) => value - seasonal[t]),
      trendWindow,
      1,
    );
  }
  return { trend, seasonal, remainder: history.map((value, t) => value - trend[t] - seasonal[t]) };
}

/** Strength of the season, max(0, 1 − var(remainder) ÷ var(seasonal + remainder)) (Wang, Smith & Hyndman 2006). */
export function seasonalStrength({ seasonal, remainder }: Decomposition): number {
  const both = variance(seasonal.map((value, t) => value + remainder[t]));
  return both > 0 ? Math.max(0, 1 - variance(remainder) / both) : 0;
}

function variance(values: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  for (const value of values) squares += (value - sum / values.length) ** 2;
  return squares;
}

/** Each place in the season smoothed as a series of its own and carried one season over both ends. [n + 2 × season] */
function smoothPlaces(values: Float64Array, season: number, window: number, degree: 0 | 1): Float64Array {
  const extended = new Float64Array(values.length + 2 * season);
  for (let phase = 0; phase < season; phase++) {
    const place = Float64Array.from({ length: Math.ceil((values.length - phase) / season) }, (_, i) => values[phase + i * season]);
    for (let i = -1; i <= place.length; i++) extended[phase + (i + 1) * season] = localFit(place, i, window, degree);
  }
  return extended;
}

function movingAverage(values: Float64Array, window: number): Float64Array {
  const means = new Float64Array(values.length - window + 1);
  let sum = 0;
  for (let t = 0; t < values.length; t++) {
    sum += values[t] - (t >= window ? values[t - window] : 0);
    if (t >= window - 1) means[t - window + 1] = sum / window;
  }
  return means;
}

const loess = (values: Float64Array, window: number, degree: 0 | 1): Float64Array =>
  values.map((_, t) => localFit(values, t, window, degree));

/** Locally weighted fit at position `at` (which may lie outside) over the nearest `window` values with tricube weights. */
function localFit(values: Float64Array, at: number, window: number, degree: 0 | 1): number {
  const n = values.length;
  const span = Math.min(window, n);
  const first = Math.min(Math.max(0, at - ((window - 1) >> 1)), n - span);
  const reach = Math.max(at - first, first + span - 1 - at) + (window > n ? (window - n) >> 1 : 0);
  let [total, xs, xxs, ys, xys] = [0, 0, 0, 0, 0];
  for (let i = first; i < first + span; i++) {
    const x = i - at;
    const distance = Math.abs(x) / reach;
    if (distance > 0.999) continue;
    const weight = distance <= 0.001 ? 1 : (1 - distance ** 3) ** 3;
    total += weight;
    xs += weight * x;
    xxs += weight * x * x;
    ys += weight * values[i];
    xys += weight * x * values[i];
  }
  if (total <= 0) return values[Math.min(n - 1, Math.max(0, at))];
  const spread = xxs - (xs * xs) / total;
  const isWide = Math.sqrt(spread / total) > 0.001 * (n - 1);
  if (degree === 0 || !isWide) return ys / total;
  return ys / total - (((xys - (xs * ys) / total) / spread) * xs) / total;
}
