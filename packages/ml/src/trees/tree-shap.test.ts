import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { trainBoostedTrees } from './gradient-boosting.ts';
import { goesLeft, LEAF, type Tree } from './tree.ts';
import { predictMargins, type TreeEnsemble } from './tree-ensemble.ts';
import { treeShap } from './tree-shap.ts';

const COLUMNS = 5;

function smallModel(): { model: TreeEnsemble; features: Float32Array } {
  const random = createRandom('shap');
  const features = Float32Array.from({ length: 300 * COLUMNS }, (_, at) =>
    at % COLUMNS === 4 ? random.integer(6) : random.bernoulli(0.1) ? Number.NaN : random.normal(),
  );
  const targets = Array.from({ length: 300 }, (_, row) => {
    const [a, b, c, , code] = Array.from(features.subarray(row * COLUMNS, (row + 1) * COLUMNS), (value) => value || 0);
    return a * b + Math.abs(c) + (code % 2);
  });
  const { model } = trainBoostedTrees(
    { features, columns: COLUMNS, targets },
    { seed: 1, loss: { kind: 'squared' }, trees: 6, maxLeaves: 12, categorical: [4] },
  );
  return { model, features };
}

/** Margin when only the columns of `known` (bits) are known: unknown splits are averaged by how the training rows went. */
function expected(tree: Tree, features: Float32Array, start: number, known: number, node = 0): number {
  if (tree.column[node] === LEAF) return tree.value[node];
  const left = tree.left[node];
  if ((known >> tree.column[node]) & 1)
    return expected(tree, features, start, known, goesLeft(tree, node, features, start) ? left : left + 1);
  const share = tree.cover[left] / (tree.cover[left] + tree.cover[left + 1]);
  return share * expected(tree, features, start, known, left) + (1 - share) * expected(tree, features, start, known, left + 1);
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const bitCount = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + bitCount(bits >> 1));

test("contributions are Shapley's, counted over all subsets", () => {
  const { model, features } = smallModel();
  const table = { features: features.subarray(0, 20 * COLUMNS), columns: COLUMNS };
  const contributions = treeShap(model, table);
  for (let row = 0; row < 20; row++)
    for (let column = 0; column < COLUMNS; column++) {
      let value = 0;
      for (let known = 0; known < 1 << COLUMNS; known++) {
        if ((known >> column) & 1) continue;
        const size = bitCount(known);
        const weight = (factorial(size) * factorial(COLUMNS - size - 1)) / factorial(COLUMNS);
        for (const tree of model.trees)
          value +=
            weight * (expected(tree, features, row * COLUMNS, known | (1 << column)) - expected(tree, features, row * COLUMNS, known));
      }
      expect(contributions[row * (COLUMNS + 1) + column]).toBeCloseTo(value, 10);
    }
});

test('contributions sum to the margin, and a column no tree asks has none', () => {
  const { model, features } = smallModel();
  const table = { features, columns: COLUMNS };
  const contributions = treeShap(model, table);
  predictMargins(model, table).forEach((margin, row) => {
    const own = contributions.subarray(row * (COLUMNS + 1), (row + 1) * (COLUMNS + 1));
    expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(margin, 10);
  });
  const blind = { ...model, columns: COLUMNS + 1 };
  const wide = { features: Float32Array.of(1, 1, 1, 1, 1, 99), columns: COLUMNS + 1 };
  expect(treeShap(blind, wide)[COLUMNS]).toBe(0);
});

interface Known {
  /** Per node: column, threshold, missing goes left, left child, value, cover. */
  trees: number[][][];
  rows: (number | null)[][];
  contributions: number[][];
  margins: number[];
}

test('contributions are those xgboost 1.7.4 gives for its own trees', () => {
  const known: Known = JSON.parse(readFileSync(new URL('fixtures/xgboost-contributions.json', import.meta.url), 'utf8'));
  const trees = known.trees.map((nodes): Tree => {
    const part = (at: number) => nodes.map((node) => node[at]);
    return {
      column: Int32Array.from(part(0)),
      threshold: Float64Array.from(part(1)),
      set: new Int32Array(nodes.length).fill(-1),
      missingLeft: Uint8Array.from(part(2)),
      left: Int32Array.from(part(3)),
      value: Float64Array.from(part(4)),
      cover: Float64Array.from(part(5)),
      gain: new Float64Array(nodes.length),
      sets: new Uint32Array(0),
    };
  });
  const table = { features: Float32Array.from(known.rows.flat(), (value) => value ?? Number.NaN), columns: 4 };
  const model: TreeEnsemble = { kind: 'gradient-boosted-trees', columns: 4, link: 'identity', base: 0.5, trees };
  treeShap(model, table).forEach((value, at) => expect(value).toBeCloseTo(known.contributions.flat()[at], 5));
  predictMargins(model, table).forEach((margin, row) => expect(margin).toBeCloseTo(known.margins[row], 5));
});
