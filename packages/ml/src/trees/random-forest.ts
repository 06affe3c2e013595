import { createRandom } from '../random/random.ts';
import { binRows, fitBins } from './bins.ts';
import { growMeanTree, type TreeOptions } from './decision-tree.ts';
import { weightedMean } from './gradient-boosting.ts';
import { checkRows, type TargetRows } from './table.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

export interface ForestOptions extends TreeOptions {
  seed: number | string;
  /** Default 100. */
  trees?: number;
  /** Columns drawn per split. Default √columns, rounded up. */
  columnsPerSplit?: number;
}

/**
 * Random forest (Breiman 2001): the mean of trees, each grown on as many rows drawn with replacement, with a few columns drawn per
 * split. On targets 0 and 1 it predicts probabilities. Same seed, same bytes. Throws RangeError for rows that do not fit.
 */
export function trainRandomForest(rows: TargetRows, options: ForestOptions): TreeEnsemble {
  checkRows(rows);
  const { trees = 100, columnsPerSplit = Math.ceil(Math.sqrt(rows.columns)) } = options;
  const random = createRandom(options.seed);
  const base = weightedMean(rows);
  const binned = binRows(rows, fitBins(rows, options.categorical, options.maxBins));
  const count = rows.targets.length;
  const grown = Array.from({ length: trees }, (_, at) => {
    const own = random.fork(at);
    const order = Int32Array.from({ length: count }, () => own.integer(count)).sort();
    const tree = growMeanTree(rows, base, binned, order, columnsPerSplit, options, own);
    return { ...tree, value: tree.value.map((value) => value / trees) };
  });
  return { kind: 'random-forest', columns: rows.columns, link: 'identity', base, trees: grown };
}
