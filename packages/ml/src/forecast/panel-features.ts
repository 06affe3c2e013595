import type { TargetRows } from '../trees/table.ts';

/** Series that share a response, such as one brand in many shops, with what is known of each period beforehand. */
export interface DemandPanel {
  /** Units; NaN where none are recorded. Zero counts as half a unit. [series][periods] */
  units: readonly Float64Array[];
  /** Covariates whose past matters too, such as log price, deal, advertisement: [series][k][periods]. NaN where unknown. */
  own: readonly (readonly Float64Array[])[];
  /** Covariates of the period alone, such as log prices and deals of competing products: [series][j][periods]. */
  others: readonly (readonly Float64Array[])[];
}

const LAGS = 4;
const WINDOWS = [4, 8, 16];
/** Periods at the start of each series that only serve as past. */
const LEAST_PAST = 16;

/** What a panel's rows are made of, for one distance from the last known units. */
export interface PanelFeatures {
  width: number;
  /** Log units less the series' mean up to the cut. [series][periods] */
  targets: Float64Array[];
  /** Mean log units up to the cut, [series]. */
  levels: Float64Array;
  /** Writes the features of one series in one period into `row`, [width]. */
  fill(series: number, period: number, row: Float32Array): void;
}

/** Units, logged; `cut`: periods whose units are known; `ahead`: periods from the last known units to the one forecast. */
export function panelFeatures({ units, own, others }: DemandPanel, cut: number, ahead: number): PanelFeatures {
  const logs = units.map((values) => values.map((value) => Math.log(Math.max(0.5, value))));
  const levels = Float64Array.from(logs, (values) => knownMean(values, cut));
  const targets = logs.map((values, s) => values.map((value) => value - levels[s]));
  const past = targets.map((values) => values.map((value) => (Number.isNaN(value) ? 0 : value)));
  const centred = own.map((list) => list.map((values) => centre(values, cut)));
  const around = others.map((list) => list.map((values) => centre(values, cut)));
  const k = own[0]?.length ?? 0;
  const width = k + (k * (k + 1)) / 2 + LAGS * (k + 1) + k + WINDOWS.length * (k + 1) + (others[0]?.length ?? 0);
  const fill = (s: number, t: number, row: Float32Array) => {
    const mine = centred[s];
    let at = 0;
    for (let i = 0; i < k; i++) row[at++] = mine[i][t];
    for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) row[at++] = mine[i][t] * mine[j][t];
    for (let lag = ahead; lag < ahead + LAGS; lag++) {
      row[at++] = past[s][t - lag] ?? 0;
      for (let i = 0; i < k; i++) row[at++] = mine[i][t - lag] ?? 0;
    }
    for (let i = 0; i < k; i++) row[at++] = mine[i][t - 1];
    for (const window of WINDOWS) {
      row[at++] = meanBefore(past[s], t - ahead, window);
      for (let i = 0; i < k; i++) row[at++] = meanBefore(mine[i], t - ahead, window);
    }
    for (const values of around[s]) row[at++] = values[t];
  };
  return { width, targets, levels, fill };
}

function knownMean(values: Float64Array, cut: number): number {
  let [sum, count] = [0, 0];
  for (let t = 0; t < cut; t++)
    if (!Number.isNaN(values[t])) {
      sum += values[t];
      count++;
    }
  return count === 0 ? 0 : sum / count;
}

/** Less the mean up to the cut; unknown values become the mean. */
function centre(values: Float64Array, cut: number): Float64Array {
  const middle = knownMean(values, cut);
  return values.map((value) => (Number.isNaN(value) ? 0 : value - middle));
}

function meanBefore(values: Float64Array, last: number, window: number): number {
  let sum = 0;
  const first = Math.max(0, last - window + 1);
  for (let t = first; t <= last; t++) sum += values[t];
  return last < first ? 0 : sum / (last - first + 1);
}

/** Rows to learn from: every known series and period before the cut, newer ones weighing more. */
export function panelRows({ width, targets, fill }: PanelFeatures, cut: number, halfLife: number): Required<TargetRows> {
  const places = targets.flatMap((values, s) =>
    Array.from({ length: Math.max(0, cut - LEAST_PAST) }, (_, i) => [s, LEAST_PAST + i] as const).filter(
      ([, t]) => !Number.isNaN(values[t]),
    ),
  );
  const features = new Float32Array(places.length * width);
  places.forEach(([s, t], i) => fill(s, t, features.subarray(i * width, (i + 1) * width)));
  return {
    features,
    columns: width,
    targets: Float64Array.from(places, ([s, t]) => targets[s][t]),
    weights: Float64Array.from(places, ([, t]) => 0.5 ** ((cut - 1 - t) / halfLife)),
  };
}
