import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaUnderRoc } from '../evaluate/classification.ts';
import { createRandom } from '../random/random.ts';
import { ArtefactError, decodeArtefact, encodeArtefact } from '../recommend/artefact.ts';
import { dataTest, readRows } from '../test-data.ts';
import { binRows, fitBins, upTo } from './bins.ts';
import { trainDecisionTree } from './decision-tree.ts';
import { type BoostingOptions, trainBoostedTrees } from './gradient-boosting.ts';
import { addHistogram } from './histogram.ts';
import { type LossChoice, lossOf } from './loss.ts';
import { trainRandomForest } from './random-forest.ts';
import { pickRows, type TargetRows } from './table.ts';
import { gainImportance, predictMargins, predictTrees, treesFromArtefact, treesToArtefact } from './tree-ensemble.ts';

/** y = sin(2a) + b·c + noise; d says nothing. One value in ten is missing. */
function wavy(rows: number, seed: string): TargetRows {
  const random = createRandom(seed);
  const features = Float32Array.from({ length: rows * 4 }, () => random.normal());
  const targets = Array.from({ length: rows }, (_, row) => {
    const [a, b, c] = features.subarray(row * 4);
    return Math.sin(2 * a) + b * c + 0.1 * random.normal();
  });
  return { features: features.map((value) => (random.bernoulli(0.1) ? Number.NaN : value)), columns: 4, targets };
}

const squared: BoostingOptions = { seed: 1, loss: { kind: 'squared' }, trees: 60 };
const meanSquare = (targets: ArrayLike<number>, predictions: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < targets.length; i++) sum += (targets[i] - predictions[i]) ** 2 / targets.length;
  return sum;
};

test('a histogram holds the sums of its rows, whatever the shape', () => {
  const shape = fc.record({ rows: fc.integer({ min: 0, max: 40 }), columns: fc.integer({ min: 1, max: 7 }), seed: fc.nat() });
  fc.assert(
    fc.property(shape, ({ rows, columns, seed }) => {
      const random = createRandom(seed);
      const bins = Uint8Array.from({ length: rows * columns }, () => random.integer(5));
      const pairs = Float32Array.from({ length: rows * 2 }, () => random.integer(9) - 4);
      const order = random.shuffle(upTo(rows));
      const [from, to] = [Math.floor(rows / 4), rows];
      const histogram = new Float64Array(columns * 10 + 4).fill(7, columns * 10);
      const offsets = upTo(columns + 1).map((column) => column * 5);
      addHistogram(bins, offsets, pairs, order, from, to, histogram);
      const expected = new Float64Array(columns * 10 + 4).fill(7, columns * 10);
      for (const row of order.subarray(from, to))
        for (let column = 0; column < columns; column++)
          for (let part = 0; part < 2; part++) expected[2 * (column * 5 + bins[row * columns + column]) + part] += pairs[2 * row + part];
      expect(histogram).toEqual(expected);
    }),
  );
});

test('bins are exact while there are few values, even when there are many, and keep missing and infinite values apart', () => {
  const { edges } = fitBins({ features: Float32Array.of(3, 1, Number.NaN, 1, 2), columns: 1 });
  expect([...edges[0]]).toEqual([1.5, 2.5]);
  const many = { features: Float32Array.from({ length: 10_000 }, (_, i) => Math.sqrt(i)), columns: 1 };
  const { byRow } = binRows(many, fitBins(many, [], 10));
  const counts = Array.from(upTo(11), (bin) => byRow.filter((own) => own === bin).length);
  expect(counts[0]).toBe(0);
  for (const count of counts.slice(1)) expect(Math.abs(count - 1_000)).toBeLessThanOrEqual(1);
  const wild = { features: Float32Array.of(Number.POSITIVE_INFINITY, Number.NaN, 0, Number.NEGATIVE_INFINITY), columns: 1 };
  expect([...binRows(wild, fitBins(wild)).byRow]).toEqual([3, 0, 2, 1]);
});

test('the first split is the best of all splits, missing values on either side', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN));
  const row = fc.tuple(fc.tuple(value, value), fc.integer({ min: -9, max: 9 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 14 }), (list) => {
      const rows = { features: Float32Array.from(list.flatMap(([own]) => own)), columns: 2, targets: list.map(([, y]) => y) };
      const { trees } = trainDecisionTree(rows, { maxLeaves: 2 });
      const best = bestGain(list.map(([own, y]) => [...own, y]));
      expect(trees[0].gain[0]).toBeCloseTo(best < 1e-6 ? 0 : best, 3);
    }),
  );
});

/** Largest fall of the sum of squares by any cut of either column. */
function bestGain(rows: readonly (readonly [number, number, number])[]): number {
  const spread = (targets: number[]) => {
    const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length;
    return targets.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  };
  let best = 0;
  for (const column of [0, 1])
    for (const cut of [-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 9])
      for (const missingLeft of [true, false]) {
        const isLeft = (row: readonly number[]) => (Number.isNaN(row[column]) ? missingLeft : row[column] <= cut);
        const [left, right] = [rows.filter(isLeft), rows.filter((row) => !isLeft(row))].map((side) => side.map(([, , y]) => y));
        if (left.length > 0 && right.length > 0) best = Math.max(best, spread(rows.map(([, , y]) => y)) - spread(left) - spread(right));
      }
  return best;
}

test('derivatives of every loss are those of its value', () => {
  const choices: LossChoice[] = [
    { kind: 'squared' },
    { kind: 'logistic' },
    { kind: 'poisson' },
    { kind: 'tweedie', power: 1.3 },
    { kind: 'quantile', quantile: 0.2 },
  ];
  const [step, pairs] = [1e-4, new Float32Array(2)];
  for (const choice of choices)
    for (const [margin, target] of [
      [0.3, 1],
      [-1.2, 0],
      [1.1, 1],
    ]) {
      const { value, derive, leafQuantile } = lossOf(choice);
      derive(margin, target, 2, pairs, 0);
      const [below, at, above] = [margin - step, margin, margin + step].map((m) => value(m, target));
      expect(pairs[0]).toBeCloseTo((above - below) / step, 3);
      // Quantiles have no curvature; counts deliberately overstate it.
      const stated = pairs[1] / (choice.kind === 'poisson' ? Math.exp(0.7) : 1);
      if (leafQuantile === undefined) expect(stated).toBeCloseTo((2 * (above - 2 * at + below)) / step ** 2, 3);
    }
});

test('boosting learns a curve and an interaction, the same for the same seed, and ignores noise', () => {
  const [training, held] = [wavy(2_000, 'training'), wavy(500, 'held')];
  const options = { ...squared, trees: 200, rowShare: 0.7, columnShare: 0.8 };
  const { model, curve } = trainBoostedTrees(training, options);
  const constant = new Float64Array(500).fill(model.base);
  expect(meanSquare(held.targets, predictTrees(model, held))).toBeLessThan(0.35 * meanSquare(held.targets, constant));
  expect(curve[199]).toBeLessThan(curve[0]);
  expect(encodeArtefact(treesToArtefact(trainBoostedTrees(training, options).model))).toEqual(encodeArtefact(treesToArtefact(model)));
  const importance = gainImportance(model);
  expect(importance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(importance[3]).toBe(Math.min(...importance));
});

test('early stopping keeps the number of trees that was best on the validation rows', () => {
  const validation = wavy(300, 'validation');
  const { model, validationCurve } = trainBoostedTrees(wavy(200, 'few'), {
    ...squared,
    trees: 400,
    learningRate: 0.3,
    validation,
    patience: 10,
  });
  expect(validationCurve.length).toBeLessThan(400);
  expect(model.trees.length).toBe(validationCurve.indexOf(Math.min(...validationCurve)) + 1);
  expect(0.5 * meanSquare(validation.targets, predictTrees(model, validation))).toBeCloseTo(Math.min(...validationCurve), 9);
});

test('a monotone column never turns, whatever the other columns say', () => {
  const rows = wavy(800, 'price');
  for (const direction of [-1, 1]) {
    const { model } = trainBoostedTrees(rows, { ...squared, monotone: [direction] });
    for (let row = 0; row < 60; row++) {
      const features = Float32Array.from({ length: 41 * 4 }, (_, at) =>
        at % 4 === 0 ? Math.floor(at / 4) / 10 - 2 : rows.features[row * 4 + (at % 4)],
      );
      const path = predictTrees(model, { features, columns: 4 });
      expect(path.every((value, at) => at === 0 || direction * (value - path[at - 1]) >= -1e-12)).toBe(true);
    }
  }
});

test('missing values learn a side, categories a group, and an unseen category still has an answer', () => {
  const gone = { features: Float32Array.of(1, 2, Number.NaN, Number.NaN, 3, 4), columns: 1, targets: [0, 0, 9, 9, 0, 0] };
  expect([...predictTrees(trainDecisionTree(gone), gone)].map(Math.round)).toEqual([0, 0, 9, 9, 0, 0]);
  const features = Float32Array.from({ length: 90 }, (_, row) => row % 6);
  const targets = Array.from(features, (code) => ([0, 2, 5].includes(code) ? 1 : 0));
  const tree = trainDecisionTree({ features, columns: 1, targets }, { categorical: [0] });
  expect(tree.trees[0].column.length).toBe(3);
  const answers = predictTrees(tree, { features: Float32Array.of(0, 1, 2, 3, 4, 5, 77, -3, 2.5, Number.NaN), columns: 1 });
  expect([...answers.subarray(0, 6)]).toEqual([1, 0, 1, 0, 0, 1]);
  expect(answers.subarray(6).every(Number.isFinite)).toBe(true);
});

test('quantile, count and spend losses predict a quantile, a rate and a mean', () => {
  const random = createRandom('losses');
  const features = Float32Array.from({ length: 4_000 }, () => random.next() * 2);
  const noisy = { features, columns: 1, targets: Array.from(features, (x) => x + x * random.normal()) };
  const high = predictTrees(
    trainBoostedTrees(noisy, { ...squared, loss: { kind: 'quantile', quantile: 0.9 }, minChildWeight: 50 }).model,
    noisy,
  );
  expect(noisy.targets.filter((y, row) => y <= high[row]).length / 4_000).toBeCloseTo(0.9, 1);
  const counts = { features, columns: 1, targets: Array.from(features, (x) => random.poisson(Math.exp(x))) };
  const spend = { ...counts, targets: counts.targets.map((count) => (count > 0 ? random.gamma(2 * count, 3) : 0)) };
  for (const [rows, loss, scale] of [
    [counts, { kind: 'poisson' }, 1],
    [spend, { kind: 'tweedie', power: 1.5 }, 6],
  ] satisfies [TargetRows, LossChoice, number][]) {
    const { model } = trainBoostedTrees(rows, { ...squared, loss, maxLeaves: 4, minChildWeight: 50 });
    const rates = predictTrees(model, { features: Float32Array.of(0.5, 1.5), columns: 1 });
    expect(Math.abs(rates[0] / (scale * Math.exp(0.5)) - 1)).toBeLessThan(0.15);
    expect(Math.abs(rates[1] / (scale * Math.exp(1.5)) - 1)).toBeLessThan(0.15);
  }
});

test('a single tree fits rows exactly; a forest beats it on rows it has not seen', () => {
  const [training, held] = [wavy(600, 'forest'), wavy(400, 'forest held')];
  const distinct = { features: Float32Array.from(upTo(100)), columns: 1, targets: Array.from(upTo(100), (i) => (i * 37) % 101) };
  const exact = predictTrees(trainDecisionTree(distinct), distinct);
  exact.forEach((value, row) => expect(value).toBeCloseTo(distinct.targets[row], 4));
  const [tree, forest] = [trainDecisionTree(training), trainRandomForest(training, { seed: 3, trees: 60, columnsPerSplit: 3 })];
  expect(meanSquare(held.targets, predictTrees(forest, held))).toBeLessThan(0.8 * meanSquare(held.targets, predictTrees(tree, held)));
  expect(trainRandomForest(training, { seed: 3, trees: 60, columnsPerSplit: 3 })).toEqual(forest);
});

test('rows with weights count as often as they weigh', () => {
  const rows = wavy(120, 'weights');
  const weights = Array.from(upTo(120), (row) => row % 3);
  const repeated = pickRows(
    rows,
    Array.from(upTo(120)).flatMap((row) => new Array<number>(weights[row]).fill(row)),
  );
  const a = predictMargins(trainBoostedTrees({ ...rows, weights }, { ...squared, trees: 5 }).model, repeated);
  const b = predictMargins(trainBoostedTrees(repeated, { ...squared, trees: 5 }).model, repeated);
  a.forEach((margin, row) => expect(margin).toBeCloseTo(b[row], 4));
});

test('rows that cannot be learned from are refused', () => {
  const rows = wavy(20, 'refused');
  expect(() => trainBoostedTrees({ ...rows, targets: [] }, squared)).toThrow(RangeError);
  expect(() => trainBoostedTrees({ ...rows, targets: rows.targets, columns: 3 }, squared)).toThrow(RangeError);
  expect(() => trainBoostedTrees(rows, { ...squared, loss: { kind: 'poisson' } })).toThrow(/is negative/);
  expect(() => trainBoostedTrees(rows, { ...squared, loss: { kind: 'logistic' } })).toThrow(/no probability/);
  expect(() => trainBoostedTrees(rows, { ...squared, loss: { kind: 'tweedie', power: 2 } })).toThrow(/power/);
  expect(() => trainBoostedTrees(rows, { ...squared, loss: { kind: 'quantile', quantile: 0.5 }, monotone: [1] })).toThrow(/monotone/);
  expect(() => predictTrees(trainDecisionTree(rows), { features: new Float32Array(3), columns: 3 })).toThrow(/4 columns/);
});

test('a kept model answers as before; one changed byte anywhere is refused', () => {
  const rows = wavy(300, 'kept');
  const coded = { ...rows, features: rows.features.map((value, at) => (at % 4 === 3 ? Math.abs(Math.round(value * 3)) : value)) };
  const { model } = trainBoostedTrees(coded, { ...squared, trees: 5, categorical: [3] });
  const bytes = encodeArtefact(treesToArtefact(model));
  const loaded = treesFromArtefact(decodeArtefact(bytes));
  expect(loaded).toEqual(model);
  expect(predictTrees(loaded, coded)).toEqual(predictTrees(model, coded));
  const change = fc.record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) });
  fc.assert(
    fc.property(change, ({ at, by }) => {
      const damaged = bytes.slice();
      damaged[at] ^= by;
      expect(() => decodeArtefact(damaged)).toThrow(ArtefactError);
    }),
    { numRuns: 300 },
  );
  expect(() => treesFromArtefact({ kind: 'als', meta: {}, arrays: {} })).toThrow(ArtefactError);
  const astray = treesToArtefact(model);
  astray.arrays.left[0] = 1_000_000;
  expect(() => treesFromArtefact(astray)).toThrow(/points nowhere/);
});

dataTest('online-shoppers/online_shoppers_intention.csv.gz', 'Online Shoppers: boosted trees find who buys', () => {
  const list = readRows('online-shoppers/online_shoppers_intention.csv.gz');
  const codes = Array.from({ length: 17 }, () => new Map<string, number>());
  const code = (text: string, column: number) => {
    if (text !== '' && Number.isFinite(Number(text))) return Number(text);
    const known = codes[column];
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text) ?? Number.NaN;
  };
  const features = Float32Array.from(list.flatMap((row) => row.slice(0, 17).map(code)));
  const rows = { features, columns: 17, targets: list.map((row) => (row[17].toLowerCase() === 'true' ? 1 : 0)) };
  const [training, held] = [false, true].map((isHeld) =>
    pickRows(
      rows,
      Array.from(upTo(list.length)).filter((row) => (row % 5 === 0) === isHeld),
    ),
  );
  const { model } = trainBoostedTrees(training, { seed: 1, loss: { kind: 'logistic' }, trees: 100, learningRate: 0.05 });
  expect(areaUnderRoc(held.targets, predictTrees(model, held))).toBeGreaterThan(0.928);
});
