import { predictLinear } from '../linear/linear-model.ts';
import { trainRidge } from '../linear/ridge.ts';

const RIDGE = 1e-6; // Regressors that depend on each other must not stop a forecast.

/** What a regression on `regressors` and a constant leaves of a series. `regressors`: [k][≥ length]. */
export function residualsOf(history: Float64Array, regressors: readonly Float64Array[]): Float64Array {
  const columns = regressors.length;
  const features = Float32Array.from({ length: history.length * columns }, (_, at) => regressors[at % columns][Math.floor(at / columns)]);
  const explained = predictLinear(trainRidge({ features, columns, targets: history }, { l2: RIDGE }), { features, columns });
  return history.map((value, t) => value - explained[t]);
}
