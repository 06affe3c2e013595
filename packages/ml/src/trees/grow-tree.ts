import type { Random } from '../random/random.ts';
import type { BinnedRows, Binning } from './bins.ts';
import { addHistogram, subtractHistogram } from './histogram.ts';
import { findSplit, leafValue, type NodeSums, type Split, type SplitOptions } from './split.ts';
import { LEAF, SET_WORDS, setOf, type Tree } from './tree.ts';

export interface GrowOptions extends SplitOptions {
  maxLeaves: number;
  maxDepth: number;
  /** Columns looked at per split; all when it is the number of columns. */
  columnsPerSplit: number;
}

/** A grown tree with the rows of its leaves: leaf `node` holds `order[from[node] … to[node])`. */
export interface GrownTree {
  tree: Tree;
  order: Int32Array;
  from: Int32Array;
  to: Int32Array;
}

interface OpenNode {
  node: number;
  depth: number;
  from: number;
  to: number;
  sums: NodeSums;
  histogram: Float64Array;
  split: Split;
}

/**
 * Grows one tree on gradients and hessians (`pairs`, [rows × 2]) of the rows in `order`, which is reordered by leaf. Leaf-wise: the open
 * leaf with the largest gain is split next (Shi 2007; Ke et al. 2017). Of two children only the smaller is counted, the other is the
 * rest of the parent. `columns`: those the tree may use.
 */
export function growTree(
  { binning, byRow, byColumn }: BinnedRows,
  pairs: Float32Array,
  order: Int32Array,
  columns: Int32Array,
  options: GrowOptions,
  random: Random,
): GrownTree {
  const nodes = new NodeList();
  const pool: Float64Array[] = [];
  const scratch = new Int32Array(order.length);
  const blank = () => pool.pop()?.fill(0) ?? new Float64Array(2 * binning.offsets[binning.columns]);
  const open: OpenNode[] = [];
  const consider = (node: number, depth: number, from: number, to: number, sums: NodeSums, histogram: Float64Array) => {
    const allowed = depth < options.maxDepth && sums.hessian >= 2 * options.minChildWeight;
    const split = allowed ? findSplit(histogram, binning, drawColumns(columns, options.columnsPerSplit, random), sums, options) : null;
    if (split) open.push({ node, depth, from, to, sums, histogram, split });
    else pool.push(histogram);
  };
  const root = sumOf(pairs, order);
  const all = blank();
  addHistogram(byRow, binning.offsets, pairs, order, 0, order.length, all);
  nodes.add(root, 0, order.length, options.l2);
  consider(0, 0, 0, order.length, root, all);
  for (let leaves = 1; leaves < options.maxLeaves && open.length > 0; leaves++) {
    // Without a limit every leaf is split in the end: newest first keeps few histograms alive.
    const at = options.maxLeaves === Number.POSITIVE_INFINITY ? open.length - 1 : bestOf(open);
    const { node, depth, from, to, sums, histogram, split } = open.splice(at, 1)[0];
    const rows = byColumn.length / binning.columns;
    const column = byColumn.subarray(split.column * rows, (split.column + 1) * rows);
    const middle = partition(order, from, to, scratch, column, split);
    const [left, right] = childSums(sums, split, options);
    const first = nodes.split(node, split, binning);
    nodes.add(left, from, middle, options.l2);
    nodes.add(right, middle, to, options.l2);
    const isLeftSmaller = middle - from <= to - middle;
    const small = blank();
    if (isLeftSmaller) addHistogram(byRow, binning.offsets, pairs, order, from, middle, small);
    else addHistogram(byRow, binning.offsets, pairs, order, middle, to, small);
    subtractHistogram(histogram, small);
    consider(first, depth + 1, from, middle, left, isLeftSmaller ? small : histogram);
    consider(first + 1, depth + 1, middle, to, right, isLeftSmaller ? histogram : small);
  }
  return { tree: nodes.toTree(), order, from: Int32Array.from(nodes.from), to: Int32Array.from(nodes.to) };
}

function bestOf(open: readonly OpenNode[]): number {
  let best = 0;
  for (let at = 1; at < open.length; at++) if (open[at].split.gain > open[best].split.gain) best = at;
  return best;
}

function drawColumns(columns: Int32Array, count: number, random: Random): Int32Array {
  return count >= columns.length ? columns : random.shuffle(columns.slice()).subarray(0, count);
}

function sumOf(pairs: Float32Array, order: Int32Array): NodeSums {
  let [gradient, hessian] = [0, 0];
  for (const row of order) {
    gradient += pairs[2 * row];
    hessian += pairs[2 * row + 1];
  }
  return { gradient, hessian, lowest: Number.NEGATIVE_INFINITY, highest: Number.POSITIVE_INFINITY };
}

/** Below a monotone split neither side may cross the middle of the two values, so the order holds in the whole subtree. */
function childSums(sums: NodeSums, split: Split, { l2, monotone }: GrowOptions): [NodeSums, NodeSums] {
  const left = { ...sums, gradient: split.leftGradient, hessian: split.leftHessian };
  const right = { ...sums, gradient: sums.gradient - left.gradient, hessian: sums.hessian - left.hessian };
  const direction = monotone[split.column] ?? 0;
  if (direction !== 0) {
    const middle = (leafValue(left, l2) + leafValue(right, l2)) / 2;
    const [low, high] = direction > 0 ? [left, right] : [right, left];
    low.highest = middle;
    high.lowest = middle;
  }
  return [left, right];
}

/** Rows that go left to the front, each side in its old order; returns where the right side starts. */
function partition(order: Int32Array, from: number, to: number, scratch: Int32Array, column: Uint8Array, split: Split): number {
  const toLeft = new Uint8Array(256);
  if (split.leftBins) for (const bin of split.leftBins) toLeft[bin] = 1;
  else toLeft.fill(1, 1, split.bin + 1)[0] = split.missingLeft ? 1 : 0;
  let [left, right] = [from, 0];
  for (let at = from; at < to; at++) {
    const row = order[at];
    if (toLeft[column[row]] === 1) order[left++] = row;
    else scratch[right++] = row;
  }
  order.set(scratch.subarray(0, right), left);
  return left;
}

class NodeList {
  readonly from: number[] = [];
  readonly to: number[] = [];
  private readonly column: number[] = [];
  private readonly threshold: number[] = [];
  private readonly set: number[] = [];
  private readonly missingLeft: number[] = [];
  private readonly left: number[] = [];
  private readonly value: number[] = [];
  private readonly cover: number[] = [];
  private readonly gain: number[] = [];
  private readonly sets: number[] = [];

  add(sums: NodeSums, from: number, to: number, l2: number): void {
    this.from.push(from);
    this.to.push(to);
    this.column.push(LEAF);
    this.threshold.push(0);
    this.set.push(-1);
    this.missingLeft.push(0);
    this.left.push(-1);
    this.value.push(leafValue(sums, l2));
    this.cover.push(sums.hessian);
    this.gain.push(0);
  }

  /** Makes a leaf an inner node; returns the index its left child will have. */
  split(node: number, { column, bin, gain, leftBins, missingLeft }: Split, { edges }: Binning): number {
    this.column[node] = column;
    this.gain[node] = gain;
    this.missingLeft[node] = missingLeft ? 1 : 0;
    this.left[node] = this.column.length;
    if (leftBins) {
      this.set[node] = this.sets.length / SET_WORDS;
      this.sets.push(...setOf(leftBins));
    } else this.threshold[node] = bin <= edges[column].length ? edges[column][bin - 1] : Number.POSITIVE_INFINITY;
    return this.left[node];
  }

  toTree(): Tree {
    return {
      column: Int32Array.from(this.column),
      threshold: Float64Array.from(this.threshold),
      set: Int32Array.from(this.set),
      missingLeft: Uint8Array.from(this.missingLeft),
      left: Int32Array.from(this.left),
      value: Float64Array.from(this.value),
      cover: Float64Array.from(this.cover),
      gain: Float64Array.from(this.gain),
      sets: Uint32Array.from(this.sets),
    };
  }
}
