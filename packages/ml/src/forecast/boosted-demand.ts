import { type BoostingOptions, trainBoostedTrees } from '../trees/gradient-boosting.ts';
import { predictMargins } from '../trees/tree-ensemble.ts';
import { type DemandPanel, panelFeatures, panelRows } from './panel-features.ts';

export interface BoostedDemandOptions {
  seed: number | string;
  /** Periods whose units are known; later ones are forecast. */
  cut: number;
  /** Steps ahead of the last known period that are forecast, such as [2, 3]. Past units enter from the farthest step back only. */
  steps: readonly number[];
  /** Periods after which a row counts half. Default 80. */
  halfLife?: number;
  /** For 'mape', rows of small sales weigh more, as their percentages do: the weight is (units ÷ usual units)^−½. Default mean. */
  criterion?: 'mean' | 'mape';
  /** Default 200. */
  trees?: number;
  onTree?: BoostingOptions['onTree'];
}

const MOST_WEIGHT = Math.E;

/**
 * Gradient-boosted trees on lags, prices and deals, one model over all series of all panels (the recipe of the best M5 entries, Makridakis et
 * al. 2022): squared error of log units less the series' mean, the panel as a category. Panels must have covariates in the same order and
 * number. Returns units, [panels][steps][series]. Same seed, same forecasts.
 */
export function forecastBoosted(panels: readonly DemandPanel[], options: BoostedDemandOptions): Float64Array[][] {
  const { cut, steps, halfLife = 80, criterion = 'mean', trees = 200, seed, onTree } = options;
  const featuresOf = panels.map((panel) => panelFeatures(panel, cut, Math.max(...steps)));
  const parts = featuresOf.map((features) => panelRows(features, cut, halfLife));
  const columns = (parts[0]?.columns ?? 0) + 1;
  const count = parts.reduce((sum, { targets }) => sum + targets.length, 0);
  const table = new Float32Array(count * columns);
  const [targets, weights] = [new Float64Array(count), new Float64Array(count)];
  let row = 0;
  parts.forEach((part, panel) => {
    for (let i = 0; i < part.targets.length; i++, row++) {
      table.set(part.features.subarray(i * part.columns, (i + 1) * part.columns), row * columns);
      table[(row + 1) * columns - 1] = panel;
      targets[row] = part.targets[i];
      weights[row] =
        part.weights[i] * (criterion === 'mape' ? Math.min(MOST_WEIGHT, Math.max(1 / MOST_WEIGHT, Math.exp(-targets[row] / 2))) : 1);
    }
  });
  const { model } = trainBoostedTrees(
    { features: table, columns, targets, weights },
    {
      seed,
      trees,
      loss: { kind: 'squared' },
      learningRate: 0.08,
      maxLeaves: 63,
      minChildWeight: 10,
      rowShare: 0.7,
      columnShare: 0.4,
      categorical: [columns - 1],
      ...(onTree ? { onTree } : {}),
    },
  );
  const smear = criterion === 'mean' ? smearing(targets, predictMargins(model, { features: table, columns })) : 1;
  return panels.map(({ units }, panel) =>
    steps.map((step) => {
      const { fill, levels } = featuresOf[panel];
      const asked = new Float32Array(units.length * columns);
      units.forEach((_, s) => {
        fill(s, cut - 1 + step, asked.subarray(s * columns, (s + 1) * columns - 1));
        asked[(s + 1) * columns - 1] = panel;
      });
      return predictMargins(model, { features: asked, columns }).map((margin, s) => smear * Math.exp(levels[s] + margin));
    }),
  );
}

/** Mean of exp(error). */
function smearing(targets: Float64Array, fitted: Float64Array): number {
  return targets.reduce((sum, target, i) => sum + Math.exp(target - fitted[i]), 0) / targets.length;
}
