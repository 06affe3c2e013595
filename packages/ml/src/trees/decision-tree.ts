import { createRandom, type Random } from '../random/random.ts';
import { type BinnedRows, binRows, fitBins, upTo } from './bins.ts';
import { weightedMean } from './gradient-boosting.ts';
import { growTree } from './grow-tree.ts';
import { checkRows, type TargetRows } from './table.ts';
import type { Tree } from './tree.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

export interface TreeOptions {
  /** Default without limit. */
  maxDepth?: number;
  maxLeaves?: number;
  /** Least rows (weights) in a leaf. Default 1. */
  minLeafRows?: number;
  maxBins?: number;
  /** Columns that hold category codes 0…254. */
  categorical?: readonly number[];
}

/**
 * One regression tree (CART, Breiman et al. 1984) by least squares; on targets 0 and 1 that is the Gini criterion and leaves are
 * probabilities. Throws RangeError for rows that do not fit.
 */
export function trainDecisionTree(rows: TargetRows, options: TreeOptions = {}): TreeEnsemble {
  checkRows(rows);
  const base = weightedMean(rows);
  const binning = fitBins(rows, options.categorical, options.maxBins);
  // Without columns to draw nothing is left to chance.
  const tree = growMeanTree(rows, base, binRows(rows, binning), upTo(rows.targets.length), rows.columns, options, createRandom(0));
  return { kind: 'decision-tree', columns: rows.columns, link: 'identity', base, trees: [tree] };
}

/** A tree whose leaves hold the mean of `target − base`; `order` may name rows more than once. */
export function growMeanTree(
  { targets, weights, columns }: TargetRows,
  base: number,
  binned: BinnedRows,
  order: Int32Array,
  columnsPerSplit: number,
  { maxDepth = Number.POSITIVE_INFINITY, maxLeaves = Number.POSITIVE_INFINITY, minLeafRows = 1 }: TreeOptions,
  random: Random,
): Tree {
  const pairs = new Float32Array(2 * targets.length);
  for (let row = 0; row < targets.length; row++) {
    pairs[2 * row] = (weights ? weights[row] : 1) * (base - targets[row]);
    pairs[2 * row + 1] = weights ? weights[row] : 1;
  }
  const grow = { maxDepth, maxLeaves, minChildWeight: minLeafRows, l2: 0, minGain: 0, categorySmoothing: 0, monotone: [], columnsPerSplit };
  return growTree(binned, pairs, order, upTo(columns), grow, random).tree;
}
