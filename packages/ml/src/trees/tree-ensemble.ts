import { type Artefact, ArtefactError, arrayOf, numberOf } from '../recommend/artefact.ts';
import { type Link, linked } from './loss.ts';
import { rowCount, type Table } from './table.ts';
import { addTree, LEAF, SET_WORDS, type Tree } from './tree.ts';

type EnsembleKind = 'gradient-boosted-trees' | 'random-forest' | 'decision-tree';

/** A sum of trees: margin = base + Σ leaf values; prediction = link of the margin. */
export interface TreeEnsemble {
  kind: EnsembleKind;
  columns: number;
  link: Link;
  base: number;
  trees: Tree[];
}

/** Margin of each row, [rows]. Throws RangeError when the table has other columns than the model. */
export function predictMargins({ trees, base, columns }: TreeEnsemble, table: Table): Float64Array {
  if (table.columns !== columns || table.features.length % columns !== 0)
    throw new RangeError(`the model knows ${columns} columns, not ${table.columns}`);
  const margins = new Float64Array(rowCount(table)).fill(base);
  for (const tree of trees) addTree(tree, table.features, columns, margins);
  return margins;
}

/** Prediction of each row, [rows]: a mean, probability, quantile or count, by the loss the model was trained with. */
export function predictTrees(ensemble: TreeEnsemble, table: Table): Float64Array {
  const { link } = ensemble;
  return predictMargins(ensemble, table).map((margin) => linked(link, margin));
}

/** Share of the whole gain that splits on each column brought, [columns]; zeros when there is no split. */
export function gainImportance({ trees, columns }: TreeEnsemble): Float64Array {
  const gains = new Float64Array(columns);
  for (const tree of trees) tree.column.forEach((column, node) => column !== LEAF && (gains[column] += tree.gain[node]));
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return total > 0 ? gains.map((gain) => gain / total) : gains;
}

/** All trees one after the other; child indices stay relative to their tree, set indices too. */
export function treesToArtefact({ kind, columns, link, base, trees }: TreeEnsemble): Artefact {
  const sum = (length: (tree: Tree) => number) => trees.reduce((total, tree) => total + length(tree), 0);
  const nodes = sum((tree) => tree.column.length);
  const arrays = {
    nodeCounts: Uint32Array.from(trees, (tree) => tree.column.length),
    setCounts: Uint32Array.from(trees, (tree) => tree.sets.length / SET_WORDS),
    column: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    set: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    left: new Int32Array(nodes),
    value: new Float64Array(nodes),
    cover: new Float64Array(nodes),
    gain: new Float64Array(nodes),
    sets: new Uint32Array(sum((tree) => tree.sets.length)),
  };
  let [node, word] = [0, 0];
  for (const tree of trees) {
    for (const name of NODE_ARRAYS) arrays[name].set(tree[name], node);
    arrays.sets.set(tree.sets, word);
    node += tree.column.length;
    word += tree.sets.length;
  }
  return { kind, meta: { columns, link, base }, arrays };
}

const NODE_ARRAYS = ['column', 'threshold', 'set', 'missingLeft', 'left', 'value', 'cover', 'gain'] as const;
const KINDS: readonly string[] = ['gradient-boosted-trees', 'random-forest', 'decision-tree'] satisfies EnsembleKind[];
const LINKS: readonly unknown[] = ['identity', 'sigmoid', 'exp'] satisfies Link[];

const isKind = (kind: string): kind is EnsembleKind => KINDS.includes(kind);
const isLink = (link: unknown): link is Link => LINKS.includes(link);

/** The ensemble of `treesToArtefact`; its arrays are views. Throws ArtefactError for another kind, or nodes that point out of their tree. */
export function treesFromArtefact(artefact: Artefact): TreeEnsemble {
  const { link } = artefact.meta;
  if (!isKind(artefact.kind) || !isLink(link)) throw new ArtefactError(`a model of kind ${artefact.kind} is no tree ensemble`);
  const nodeCounts = arrayOf(artefact, 'nodeCounts', Uint32Array);
  const setCounts = arrayOf(artefact, 'setCounts', Uint32Array);
  const columns = numberOf(artefact, 'columns');
  let [node, word] = [0, 0];
  const trees = Array.from(nodeCounts, (nodes, at): Tree => {
    const [nodeEnd, wordEnd] = [node + nodes, word + setCounts[at] * SET_WORDS];
    const tree: Tree = {
      column: arrayOf(artefact, 'column', Int32Array).subarray(node, nodeEnd),
      threshold: arrayOf(artefact, 'threshold', Float64Array).subarray(node, nodeEnd),
      set: arrayOf(artefact, 'set', Int32Array).subarray(node, nodeEnd),
      missingLeft: arrayOf(artefact, 'missingLeft', Uint8Array).subarray(node, nodeEnd),
      left: arrayOf(artefact, 'left', Int32Array).subarray(node, nodeEnd),
      value: arrayOf(artefact, 'value', Float64Array).subarray(node, nodeEnd),
      cover: arrayOf(artefact, 'cover', Float64Array).subarray(node, nodeEnd),
      gain: arrayOf(artefact, 'gain', Float64Array).subarray(node, nodeEnd),
      sets: arrayOf(artefact, 'sets', Uint32Array).subarray(word, wordEnd),
    };
    [node, word] = [nodeEnd, wordEnd];
    checkTree(tree, columns);
    return tree;
  });
  return { kind: artefact.kind, columns, link, base: numberOf(artefact, 'base'), trees };
}

/** Children stand behind their parent, so a walk ends. */
function checkTree({ column, left, set, sets }: Tree, columns: number): void {
  for (let node = 0; node < column.length; node++) {
    if (column[node] === LEAF) continue;
    const hasColumn = column[node] >= 0 && column[node] < columns;
    const hasChildren = left[node] > node && left[node] + 1 < column.length;
    const hasSet = set[node] < 0 || (set[node] + 1) * SET_WORDS <= sets.length;
    if (!hasColumn || !hasChildren || !hasSet) throw new ArtefactError(`node ${node} of a tree points nowhere`);
  }
}
