import { meanSquaredError, weightedQuantileLoss } from '../../src/evaluate/forecast-errors.ts';
import { forecastBoosted } from '../../src/forecast/boosted-demand.ts';
import { geometricMean } from '../../src/forecast/combination.ts';
import { croston, intermittent, sba } from '../../src/forecast/intermittent.ts';
import { forecastPooledDemand, trainPooledDemand } from '../../src/forecast/pooled-demand.ts';
import { forecastPromotions } from '../../src/forecast/promotion-regression.ts';
import { orangeJuicePanels } from '../../src/forecast/test-orange-juice.ts';
import { mean } from '../../src/numeric/statistics.ts';
import { readRowsOf } from '../../src/test-rows.ts';
import type { PartOptions } from './part.ts';

const DECILES = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);
const LAST_MONTHS = 12;

export function benchDemand(options: PartOptions): void {
  benchCarParts(options);
  benchOrangeJuice(options);
}

/** Car parts: the last twelve months of the 2,509 complete series, three quarters of them zero. */
function benchCarParts({ data, report }: PartOptions): void {
  const rows = readRowsOf(data, 'carparts-hospital/carparts.csv.gz');
  const parts = rows[0].slice(1).flatMap((_, at) => {
    const cells = rows.map((row) => row[at + 1]);
    return cells.some((cell) => cell === '' || cell === 'NA') ? [] : [Float64Array.from(cells, Number)];
  });
  const past = parts.map((part) => part.subarray(0, part.length - LAST_MONTHS));
  const actual = parts.map((part) => part.subarray(part.length - LAST_MONTHS));
  const row = (what: string, measure: string, ours: number, published: [string, number] | null, goal: number | null) =>
    report({
      table: 'Intermittent demand, car parts',
      what,
      measure,
      better: 'lower',
      ours,
      peer: null,
      published: published && { source: published[0], value: published[1] },
      goal,
      kind: 'quality',
    });
  const judge = (what: string, means: number[], published: [string, number] | null, goals: [number, number] | null) => {
    const squares = mean(means.map((value, i) => meanSquaredError(actual[i], new Float64Array(LAST_MONTHS).fill(value))));
    row(what, 'RMSE', Math.sqrt(squares), published, goals?.[0] ?? null);
    row(what, '|bias|', Math.abs(mean(means.map((value, i) => value - mean(actual[i])))), null, goals?.[1] ?? null);
  };
  for (const [forecaster, published] of [
    [croston(), 1.229],
    [sba(), 1.217],
    [intermittent(), 1.133],
  ] as const)
    judge(
      forecaster.name,
      past.map((history) => forecaster.forecast(history, 1)[0]),
      [`${forecaster.name} in Python`, published],
      null,
    );
  const model = trainPooledDemand(past, { horizon: LAST_MONTHS });
  const forecasts = past.map((history) => forecastPooledDemand(model, history, DECILES));
  judge(
    'pooled demand',
    forecasts.map((forecast) => forecast.mean),
    ['DLinear', 1.12],
    [1.13, 0.1],
  );
  const every = Float64Array.from(actual.flatMap((values) => [...values]));
  const quantiles = DECILES.map((_, q) =>
    Float64Array.from(forecasts.flatMap((forecast) => Array<number>(LAST_MONTHS).fill(forecast.quantiles[q]))),
  );
  row('pooled demand', 'WQL', weightedQuantileLoss(every, quantiles, DECILES), ['TFT', 0.89], 0.96);
}

const [FIRST_WEEK, FIRST_TRAINED_TO, ROUNDS] = [40, 135, 10];
const STEPS = [2, 3];

/** Orange juice: trained to week 135 + 2r, units of weeks 137 + 2r and 138 + 2r with their prices and deals known. The short form runs two rounds of the regression alone. */
function benchOrangeJuice({ data, short, report }: PartOptions): void {
  const panels = orangeJuicePanels((path) => readRowsOf(data, path));
  const rounds = Array.from({ length: ROUNDS }, (_, r) => r).filter((r) => !short || r % 5 === 4);
  const errors = new Map<string, number[]>();
  for (const r of rounds) {
    const cut = FIRST_TRAINED_TO + 2 * r - FIRST_WEEK + 1;
    // Hidden, so that no step can see them by mistake.
    const known = panels.map((panel) => ({
      ...panel,
      units: panel.units.map((units) => units.map((value, t) => (t < cut ? value : Number.NaN))),
    }));
    const judge = (name: string, forecast: Float64Array, panel: number, step: number) =>
      panels[panel].units.forEach((units, s) => {
        const actual = units[cut - 1 + step];
        const list = errors.get(name) ?? [];
        errors.set(name, list);
        if (!Number.isNaN(actual)) list.push((100 * Math.abs(actual - forecast[s])) / actual);
      });
    const boosted = short ? null : forecastBoosted(known, { seed: 1, cut, steps: STEPS, criterion: 'mape' });
    known.forEach((panel, at) =>
      STEPS.forEach((ahead, k) => {
        const regression = forecastPromotions(panel, { cut, ahead, criterion: 'mape' });
        judge('promotion regression', regression, at, ahead);
        if (!boosted) return;
        judge('boosted trees on lags', boosted[at][k], at, ahead);
        judge('geometric mean of both', geometricMean([regression, boosted[at][k]]), at, ahead);
      }),
    );
  }
  for (const [name, list] of errors)
    report({
      table: 'Demand with price and deals, orange juice',
      what: `${name}, ${rounds.length} rounds, ${list.length} rows`,
      measure: 'MAPE %',
      better: 'lower',
      ours: mean(list),
      peer: null,
      published: { source: 'LightGBM, 10 rounds', value: 35.97 },
      goal: name === 'geometric mean of both' ? 35.9 : 40,
      kind: 'quality',
    });
}
