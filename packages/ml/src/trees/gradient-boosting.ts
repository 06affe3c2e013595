import { weightedQuantile } from '../numeric/weighted-quantile.ts';
import { createRandom, type Random } from '../random/random.ts';
import { binRows, fitBins, upTo } from './bins.ts';
import { type GrowOptions, type GrownTree, growTree } from './grow-tree.ts';
import { type Loss, type LossChoice, lossOf } from './loss.ts';
import { checkRows, rowCount, type TargetRows } from './table.ts';
import { addTree, LEAF, type Tree } from './tree.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

export interface BoostingOptions {
  seed: number | string;
  loss: LossChoice;
  /** Trees at most. Default 200. */
  trees?: number;
  /** Shrinkage η of each tree. Default 0.1. */
  learningRate?: number;
  /** Default 31. */
  maxLeaves?: number;
  /** Default without limit. */
  maxDepth?: number;
  /** Least sum of hessians in a leaf; for squared and quantile loss that is a number of rows. Default 1. */
  minChildWeight?: number;
  /** λ on leaf values. Default 1. */
  l2?: number;
  /** γ, the least gain of a split. Default 0. */
  minGain?: number;
  /** Share of rows drawn anew for each tree. Default 1. */
  rowShare?: number;
  /** Share of columns drawn anew for each tree. Default 1. */
  columnShare?: number;
  /** Bins per column, at most 255. Default 255. */
  maxBins?: number;
  /** Columns that hold category codes 0…254. */
  categorical?: readonly number[];
  /** Default 10. */
  categorySmoothing?: number;
  /** Per column −1 (prediction never rises), 0 or +1 (never falls). Not for quantiles, whose leaves are set afterwards. */
  monotone?: readonly number[];
  /** Rows to judge by after each tree; then the best number of trees is kept. */
  validation?: TargetRows;
  /** Stop when this many trees in a row brought no better validation loss. Default 20. */
  patience?: number;
  onTree?: (progress: { tree: number; trees: number; loss: number; validationLoss: number | null }) => void;
  shouldStop?: () => boolean;
}

export interface BoostingTraining {
  model: TreeEnsemble;
  /** Mean loss after each tree, of about 8,000 rows evenly spread when there are more. */
  curve: number[];
  /** Empty without validation rows. */
  validationCurve: number[];
}

const LEAST_WEIGHT = 1e-9; // An empty leaf has no value.
const CURVE_ROWS = 8_192; // Watching the loss of all rows would cost a tenth of the training.

/**
 * Gradient-boosted trees on histograms (Friedman 2001; second order as in Chen & Guestrin 2016; leaf-wise as in Ke et al. 2017): each
 * tree takes the Newton step −G ÷ (H + λ) in its leaves. Missing values learn a side. Same seed, same bytes. Throws RangeError for
 * rows the loss cannot take.
 */
export function trainBoostedTrees(rows: TargetRows, options: BoostingOptions): BoostingTraining {
  const loss = lossOf(options.loss);
  checkTargets(rows, loss, options);
  const { trees = 200, learningRate = 0.1, validation, patience = 20, rowShare = 1, columnShare = 1 } = options;
  const random = createRandom(options.seed);
  const binning = fitBins(rows, options.categorical, options.maxBins);
  const binned = binRows(rows, binning);
  const [allRows, allColumns] = [upTo(rowCount(rows)), upTo(rows.columns)];
  const grow = growOptions(rows, options);
  const base =
    loss.leafQuantile === undefined ? loss.start(weightedMean(rows)) : weightedQuantile(rows.targets, rows.weights, loss.leafQuantile);
  const model: TreeEnsemble = { kind: 'gradient-boosted-trees', columns: rows.columns, link: loss.link, base, trees: [] };
  const margins = new Float64Array(rowCount(rows)).fill(base);
  const validationMargins = validation ? new Float64Array(rowCount(validation)).fill(base) : null;
  const pairs = new Float32Array(2 * margins.length);
  const [curve, validationCurve]: number[][] = [[], []];
  let best = { trees: 0, loss: Number.POSITIVE_INFINITY };
  for (let at = 0; at < trees && !options.shouldStop?.(); at++) {
    derive(loss, margins, rows, pairs);
    const grown = growTree(binned, pairs, draw(allRows, rowShare, random), draw(allColumns, columnShare, random), grow, random);
    if (loss.leafQuantile !== undefined) renewLeaves(grown, margins, rows, loss.leafQuantile);
    for (let node = 0; node < grown.tree.value.length; node++) grown.tree.value[node] *= learningRate;
    addGrown(grown, rows, margins);
    model.trees.push(grown.tree);
    curve.push(meanLoss(loss, margins, rows, Math.ceil(margins.length / CURVE_ROWS)));
    if (validation && validationMargins) {
      addTree(grown.tree, validation.features, rows.columns, validationMargins);
      validationCurve.push(meanLoss(loss, validationMargins, validation, 1));
      if (validationCurve[at] < best.loss) best = { trees: at + 1, loss: validationCurve[at] };
    }
    options.onTree?.({ tree: at + 1, trees, loss: curve[at], validationLoss: validationCurve[at] ?? null });
    if (validation && at + 1 - best.trees >= patience) break;
  }
  if (validation) model.trees.length = best.trees;
  return { model, curve, validationCurve };
}

function checkTargets(rows: TargetRows, loss: Loss, { validation, monotone }: BoostingOptions): void {
  checkRows(rows);
  if (validation) checkRows(validation);
  if (validation && validation.columns !== rows.columns) throw new RangeError('validation rows have other columns');
  if (loss.leafQuantile !== undefined && monotone?.some(Boolean)) throw new RangeError('quantile loss takes no monotone columns');
  for (let row = 0; row < rows.targets.length; row++) {
    const refusal = loss.refuses(rows.targets[row]);
    if (refusal) throw new RangeError(`the target of row ${row} ${refusal}`);
  }
}

function growOptions(rows: TargetRows, options: BoostingOptions): GrowOptions {
  const { maxLeaves = 31, maxDepth = Number.POSITIVE_INFINITY, minChildWeight = 1, l2 = 1, minGain = 0 } = options;
  const { categorySmoothing = 10, monotone = [] } = options;
  return {
    maxLeaves,
    maxDepth,
    minChildWeight: Math.max(minChildWeight, LEAST_WEIGHT),
    l2,
    minGain,
    categorySmoothing,
    monotone,
    columnsPerSplit: rows.columns,
  };
}

function derive(loss: Loss, margins: Float64Array, { targets, weights }: TargetRows, pairs: Float32Array): void {
  for (let row = 0; row < margins.length; row++) loss.derive(margins[row], targets[row], weights ? weights[row] : 1, pairs, 2 * row);
}

/** In rising order, so that memory is read forwards. */
function draw(everything: Int32Array, share: number, random: Random): Int32Array {
  if (share >= 1) return everything.slice();
  return random
    .shuffle(everything.slice())
    .slice(0, Math.max(1, Math.round(everything.length * share)))
    .sort();
}

/** The tree's value for every row: rows it grew on are known by leaf, the others walk. */
function addGrown({ tree, order, from, to }: GrownTree, { features, columns }: TargetRows, margins: Float64Array): void {
  if (order.length < margins.length) addTree(tree, features, columns, margins);
  else
    forEachLeaf(tree, (leaf) => {
      for (let at = from[leaf]; at < to[leaf]; at++) margins[order[at]] += tree.value[leaf];
    });
}

function renewLeaves(
  { tree, order, from, to }: GrownTree,
  margins: Float64Array,
  { targets, weights }: TargetRows,
  quantile: number,
): void {
  forEachLeaf(tree, (leaf) => {
    const rows = order.subarray(from[leaf], to[leaf]);
    const residuals = Float64Array.from(rows, (row) => targets[row] - margins[row]);
    tree.value[leaf] = weightedQuantile(residuals, weights && Float64Array.from(rows, (row) => weights[row]), quantile);
  });
}

function forEachLeaf(tree: Tree, visit: (leaf: number) => void): void {
  for (let node = 0; node < tree.column.length; node++) if (tree.column[node] === LEAF) visit(node);
}

function meanLoss(loss: Loss, margins: Float64Array, { targets, weights }: TargetRows, step: number): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < margins.length; row += step) {
    const weight = weights ? weights[row] : 1;
    sum += weight * loss.value(margins[row], targets[row]);
    total += weight;
  }
  return sum / total;
}

export function weightedMean({ targets, weights }: TargetRows): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < targets.length; row++) {
    const weight = weights ? weights[row] : 1;
    sum += weight * targets[row];
    total += weight;
  }
  if (!(total > 0)) throw new RangeError('no row has a weight');
  return sum / total;
}
