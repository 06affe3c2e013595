import { decodeArtefact, encodeArtefact } from '../../src/recommend/artefact.ts';
import { trainBoostedTrees } from '../../src/trees/gradient-boosting.ts';
import { predictMargins, treesFromArtefact, treesToArtefact } from '../../src/trees/tree-ensemble.ts';
import { treeShap } from '../../src/trees/tree-shap.ts';
import type { Tree } from '../../src/trees/tree.ts';
import type { PartOptions } from './part.ts';
import { runPeer } from './peer.ts';
import type { BenchTable } from './table-data.ts';

const TABLE = 'Explanations and model files, 100 trees of 31 leaves';
const NODE = ['column', 'threshold', 'missingLeft', 'left', 'value', 'cover'];

const ROWS = 2_000;

/** xgboost's own trees, explained by both. */
export function reportExplanations({ python, report }: PartOptions, table: BenchTable): void {
  const row = { table: TABLE, better: 'lower' as const, published: null };
  if (python) {
    const { features, columns } = table;
    const task = { columns, rows: ROWS, outputs: [...NODE, 'sizes', 'contributions', 'base'] };
    const { answer, outputs } = runPeer(python, 'peer-shap.py', { features, targets: Float64Array.from(table.targets) }, task);
    const model = {
      kind: 'gradient-boosted-trees' as const,
      columns,
      link: 'sigmoid' as const,
      base: outputs.base[0],
      trees: treesOf(outputs),
    };
    const started = performance.now();
    const contributions = treeShap(model, { columns, features: features.subarray(0, ROWS * columns) });
    const seconds = (performance.now() - started) / 1_000;
    const most = contributions.reduce((max, value, at) => Math.max(max, Math.abs(value - outputs.contributions[at])), 0);
    const peer = (value: number) => ({ name: 'xgboost, 2 threads', value });
    report({
      ...row,
      what: 'TreeSHAP of xgboost’s trees, 2,000 rows',
      measure: 'largest difference',
      ours: most,
      peer: null,
      goal: 1e-3,
      kind: 'quality',
    });
    report({
      ...row,
      what: 'TreeSHAP of xgboost’s trees, 2,000 rows',
      measure: 's',
      ours: seconds,
      peer: peer(answer.seconds),
      goal: null,
      kind: 'time',
    });
  }
  const { model } = trainBoostedTrees(table, { seed: 1, loss: { kind: table.loss }, trees: 100 });
  const contributions = treeShap(model, table);
  const width = table.columns + 1;
  const gaps = predictMargins(model, table).map((margin, at) =>
    Math.abs(contributions.subarray(at * width, (at + 1) * width).reduce((sum, value) => sum + value, -margin)),
  );
  const gap = gaps.reduce((most, value) => Math.max(most, value), 0);
  report({ ...row, what: 'contributions − margin', measure: 'largest difference', ours: gap, peer: null, goal: 1e-9, kind: 'quality' });
  const bytes = encodeArtefact(treesToArtefact(model));
  const times = Array.from({ length: 20 }, () => {
    const started = performance.now();
    treesFromArtefact(decodeArtefact(bytes));
    return performance.now() - started;
  });
  const what = `model file of ${Math.round(bytes.length / 1_024)} KB`;
  report({ ...row, what, measure: 'load, ms', ours: Math.min(...times), peer: null, goal: 10, kind: 'time' });
}

function treesOf(outputs: Record<string, Float64Array>): Tree[] {
  let node = 0;
  return Array.from(outputs.sizes, (size): Tree => {
    const part = (name: string) => outputs[name].subarray(node, node + size);
    const tree = {
      column: Int32Array.from(part('column')),
      threshold: part('threshold'),
      set: new Int32Array(size).fill(-1),
      missingLeft: Uint8Array.from(part('missingLeft')),
      left: Int32Array.from(part('left')),
      value: part('value'),
      cover: part('cover'),
      gain: new Float64Array(size),
      sets: new Uint32Array(0),
    };
    node += size;
    return tree;
  });
}
