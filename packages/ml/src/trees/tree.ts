import { categoryBin } from './bins.ts';

export const SET_WORDS = 8; // 256 bins in 32-bit words.
export const LEAF = -1;

/** A binary tree; node 0 is the root and a node's right child follows its left one. All but `sets`: [nodes]. */
export interface Tree {
  /** Column asked, or −1 at a leaf. */
  column: Int32Array;
  /** Numeric: values up to it go left. */
  threshold: Float64Array;
  /** Index of a categorical split's set of left bins, or −1. */
  set: Int32Array;
  missingLeft: Uint8Array;
  left: Int32Array;
  /** Of a leaf, what it adds to the margin; of an inner node, the value it would have as a leaf. */
  value: Float64Array;
  /** Sum of hessians of the training rows that came by. */
  cover: Float64Array;
  gain: Float64Array;
  /** [sets × 8], bit b of a set: bin b goes left. */
  sets: Uint32Array;
}

/** Whether the row that starts at `start` goes left at `node`. */
export function goesLeft(tree: Tree, node: number, features: Float32Array, start: number): boolean {
  const value = features[start + tree.column[node]];
  const set = tree.set[node];
  if (set >= 0) {
    const bin = categoryBin(value);
    return ((tree.sets[set * SET_WORDS + (bin >> 5)] >>> (bin & 31)) & 1) === 1;
  }
  return Number.isNaN(value) ? tree.missingLeft[node] === 1 : value <= tree.threshold[node];
}

/** Leaf that the row starting at `start` of `features` falls into. */
function leafOf(tree: Tree, features: Float32Array, start: number): number {
  let node = 0;
  while (tree.column[node] !== LEAF) node = goesLeft(tree, node, features, start) ? tree.left[node] : tree.left[node] + 1;
  return node;
}

/** Adds the tree's value for each row to `margins`, [rows]. */
export function addTree(tree: Tree, features: Float32Array, columns: number, margins: Float64Array): void {
  for (let row = 0; row < margins.length; row++) margins[row] += tree.value[leafOf(tree, features, row * columns)];
}

/** The set of bins as 8 words. */
export function setOf(bins: readonly number[]): number[] {
  const words = new Array<number>(SET_WORDS).fill(0);
  for (const bin of bins) words[bin >> 5] = (words[bin >> 5] | (1 << (bin & 31))) >>> 0;
  return words;
}
