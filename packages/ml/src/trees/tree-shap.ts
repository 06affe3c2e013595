import { rowCount, type Table } from './table.ts';
import { goesLeft, LEAF, type Tree } from './tree.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/**
 * Exact Shapley values of each row's margin (Lundberg, Erion & Lee 2018, algorithm 2, path-dependent): what each column moved it away
 * from the training rows' mean. [rows × (columns + 1)]; the last is that mean, and a row sums to its margin. O(leaves × depth²) a tree.
 */
export function treeShap({ trees, base, columns }: TreeEnsemble, table: Table): Float64Array {
  if (table.columns !== columns) throw new RangeError(`the model knows ${columns} columns, not ${table.columns}`);
  const width = columns + 1;
  const contributions = new Float64Array(rowCount(table) * width);
  const means = trees.map(meanValue);
  const mean = means.reduce((sum, value) => sum + value, base);
  const walks = trees.map((tree) => new ShapWalk(tree));
  for (let row = 0; row < rowCount(table); row++) {
    contributions[row * width + columns] = mean;
    for (const walk of walks) walk.add(table.features, row * columns, contributions, row * width);
  }
  return contributions;
}

/** Mean leaf value over the training rows. */
function meanValue(tree: Tree): number {
  const below = tree.value.slice();
  // Children stand behind their parent.
  for (let node = below.length - 1; node >= 0; node--) {
    if (tree.column[node] === LEAF) continue;
    const left = tree.left[node];
    below[node] = (tree.cover[left] * below[left] + tree.cover[left + 1] * below[left + 1]) / (tree.cover[left] + tree.cover[left + 1]);
  }
  return below[0];
}

function depthOf(tree: Tree): number {
  const depth = new Int32Array(tree.column.length);
  for (let node = 0; node < depth.length; node++)
    if (tree.column[node] !== LEAF) depth[tree.left[node]] = depth[tree.left[node] + 1] = depth[node] + 1;
  return depth.reduce((most, own) => Math.max(most, own), 0);
}

/** The recursion of one tree. A path is the columns asked so far, each with the share of training rows (zero) and of this row (one: 1 or 0) that goes on. */
class ShapWalk {
  private readonly tree: Tree;
  private readonly columnAt: Int32Array;
  private readonly zero: Float64Array;
  private readonly one: Float64Array;
  private readonly weight: Float64Array;
  /** 1 ÷ i: divisions would be most of the work. */
  private readonly inverse: Float64Array;
  private features: Float32Array = new Float32Array(0);
  private start = 0;
  private out: Float64Array = new Float64Array(0);
  private outStart = 0;

  constructor(tree: Tree) {
    this.tree = tree;
    // Every depth keeps its own copy of the path, one behind the other.
    const depth = depthOf(tree) + 2;
    const room = (depth * (depth + 1)) / 2 + depth;
    this.columnAt = new Int32Array(room);
    this.zero = new Float64Array(room);
    this.one = new Float64Array(room);
    this.weight = new Float64Array(room);
    this.inverse = Float64Array.from({ length: depth + 1 }, (_, i) => 1 / i);
  }

  add(features: Float32Array, start: number, out: Float64Array, outStart: number): void {
    [this.features, this.start, this.out, this.outStart] = [features, start, out, outStart];
    this.visit(0, 0, 0, 1, 1, -1);
  }

  private visit(node: number, path: number, length: number, zero: number, one: number, column: number): void {
    this.extend(path, length, zero, one, column);
    const { tree } = this;
    if (tree.column[node] === LEAF) {
      this.settle(path, length, tree.value[node]);
      return;
    }
    const asked = tree.column[node];
    const left = tree.left[node];
    const hot = goesLeft(tree, node, this.features, this.start) ? left : left + 1;
    const cold = 2 * left + 1 - hot;
    let [ownZero, ownOne, known] = [1, 1, 1];
    while (known <= length && this.columnAt[path + known] !== asked) known++;
    if (known <= length) {
      [ownZero, ownOne] = [this.zero[path + known], this.one[path + known]];
      this.unwind(path, length--, known);
    }
    const cover = tree.cover[hot] + tree.cover[cold];
    const next = path + length + 1;
    this.copy(path, next, length + 1);
    this.visit(hot, next, length + 1, (ownZero * tree.cover[hot]) / cover, ownOne, asked);
    this.copy(path, next, length + 1);
    this.visit(cold, next, length + 1, (ownZero * tree.cover[cold]) / cover, 0, asked);
  }

  private copy(from: number, to: number, count: number): void {
    for (let i = 0; i < count; i++) {
      this.columnAt[to + i] = this.columnAt[from + i];
      this.zero[to + i] = this.zero[from + i];
      this.one[to + i] = this.one[from + i];
      this.weight[to + i] = this.weight[from + i];
    }
  }

  /** Adds a column to the path and shares the weights out over subset sizes. */
  private extend(path: number, length: number, zero: number, one: number, column: number): void {
    const { weight, inverse } = this;
    this.columnAt[path + length] = column;
    this.zero[path + length] = zero;
    this.one[path + length] = one;
    weight[path + length] = length === 0 ? 1 : 0;
    const part = inverse[length + 1];
    for (let i = length - 1; i >= 0; i--) {
      const own = weight[path + i] * part;
      weight[path + i + 1] += one * own * (i + 1);
      weight[path + i] = zero * own * (length - i);
    }
  }

  /** Undoes `extend` for the column at `known`. */
  private unwind(path: number, length: number, known: number): void {
    const { weight, inverse } = this;
    const zero = this.zero[path + known];
    const [grow, part] = [length + 1, inverse[length + 1]];
    if (this.one[path + known] === 1) {
      let carried = weight[path + length];
      for (let i = length - 1; i >= 0; i--) {
        const before = weight[path + i];
        weight[path + i] = carried * grow * inverse[i + 1];
        carried = before - weight[path + i] * zero * (length - i) * part;
      }
    } else for (let i = length - 1; i >= 0; i--) weight[path + i] *= (grow * inverse[length - i]) / zero;
    for (let i = known; i < length; i++) {
      this.columnAt[path + i] = this.columnAt[path + i + 1];
      this.zero[path + i] = this.zero[path + i + 1];
      this.one[path + i] = this.one[path + i + 1];
    }
  }

  /** At a leaf each column on the path gets its part of the leaf's value. Columns whose way the row does not go share one sum: their zero share cancels. */
  private settle(path: number, length: number, value: number): void {
    const { weight, inverse } = this;
    const grow = length + 1;
    let away = 0;
    for (let i = 0; i < length; i++) away -= weight[path + i] * grow * inverse[length - i];
    for (let known = 1; known <= length; known++) {
      const isOnWay = this.one[path + known] === 1;
      this.out[this.outStart + this.columnAt[path + known]] += value * (isOnWay ? this.unwound(path, length, known) : away);
    }
  }

  /** Sum of the weights with the column at `known` taken off the path, times its one share − its zero share. */
  private unwound(path: number, length: number, known: number): number {
    const { weight, inverse } = this;
    const zero = this.zero[path + known];
    const [grow, step] = [length + 1, zero * inverse[length + 1]];
    let [carried, total] = [weight[path + length], 0];
    for (let i = length - 1; i >= 0; i--) {
      const own = carried * grow * inverse[i + 1];
      total += own;
      carried = weight[path + i] - own * step * (length - i);
    }
    return total * (1 - zero);
  }
}
