import { areaUnderRoc } from '../../src/evaluate/classification.ts';
import { upTo } from '../../src/trees/bins.ts';
import { trainDecisionTree } from '../../src/trees/decision-tree.ts';
import { trainBoostedTrees } from '../../src/trees/gradient-boosting.ts';
import { trainRandomForest } from '../../src/trees/random-forest.ts';
import { pickRows } from '../../src/trees/table.ts';
import { predictTrees, type TreeEnsemble } from '../../src/trees/tree-ensemble.ts';
import { reportExplanations } from './explanations.ts';
import { reportLinear } from './linear.ts';
import type { Part, PartOptions } from './part.ts';
import { runPeer } from './peer.ts';
import { type BenchTable, hillstrom, onlineShoppers, orangeJuice } from './table-data.ts';

const FOLDS = 5;
const SETTING = { trees: 100, learningRate: 0.1, maxLeaves: 31, minChildWeight: 1 };
/** Share of the peer's AUC or RMSE that ours may be worse by. */
const WITHIN = 0.002;
const TABLE = 'Trees, five folds (row mod 5), 100 trees of 31 leaves';

type Measured = { predictions: Float64Array; seconds: number };
type Algorithm = {
  what: string;
  peers: Record<string, string>;
  tables: BenchTable[];
  train(rows: BenchTable): TreeEnsemble;
};

/** Gradient boosting, random forest and a single tree beside xgboost and scikit-learn; explanations and linear models. */
export const trees: Part = {
  name: 'trees',
  async run(options) {
    const all = [onlineShoppers(options.data), hillstrom(options.data), orangeJuice(options.data)];
    const tables = options.short ? all.slice(0, 1) : all;
    const algorithms: Algorithm[] = [
      {
        what: 'gradient-boosted trees',
        peers: { xgboost: 'xgboost hist, 2 threads', histogram: 'scikit-learn, 2 threads' },
        tables,
        train: (rows) => trainBoostedTrees(rows, { seed: 1, loss: { kind: rows.loss }, ...SETTING }).model,
      },
      {
        what: 'random forest',
        peers: { forest: 'scikit-learn, 2 threads' },
        tables: all.slice(0, options.short ? 1 : 2),
        train: (rows) => trainRandomForest(rows, { seed: 1, trees: 100, minLeafRows: 5 }),
      },
      {
        what: 'decision tree, depth 6',
        peers: { tree: 'scikit-learn' },
        tables,
        train: (rows) => trainDecisionTree(rows, { maxDepth: 6, minLeafRows: 20 }),
      },
    ];
    for (const algorithm of algorithms) for (const table of algorithm.tables) compare(algorithm, table, options);
    reportExplanations(options, all[0]);
    reportLinear(options, all[0]);
  },
};

function compare({ what, peers, train }: Algorithm, table: BenchTable, { python, report }: PartOptions): void {
  const ours = outOfFold(table, train);
  const row = { table: TABLE, what: `${what}: ${table.name}`, published: null };
  const better = table.loss === 'logistic' ? ('higher' as const) : ('lower' as const);
  const quality = {
    ...row,
    measure: better === 'higher' ? 'AUC' : 'RMSE',
    better,
    ours: score(table, ours.predictions),
    kind: 'quality' as const,
  };
  const time = { ...row, measure: 'training, s', better: 'lower' as const, ours: ours.seconds, kind: 'time' as const };
  if (!python) {
    report({ ...quality, peer: null, goal: null });
    report({ ...time, peer: null, goal: null });
    return;
  }
  const names = Object.keys(peers);
  const task = {
    ...SETTING,
    columns: table.columns,
    loss: table.loss,
    folds: FOLDS,
    outputs: names,
    columnsPerSplit: Math.ceil(Math.sqrt(table.columns)),
  };
  const { answer, outputs } = runPeer(
    python,
    'peer-trees.py',
    { features: table.features, targets: Float64Array.from(table.targets) },
    task,
  );
  for (const name of names) {
    const value = score(table, outputs[name]);
    report({ ...quality, peer: { name: peers[name], value }, goal: value * (better === 'higher' ? 1 - WITHIN : 1 + WITHIN) });
    report({ ...time, peer: { name: peers[name], value: answer[name] }, goal: 2 * answer[name] });
  }
}

const rowsOf = (table: BenchTable, held: number, isHeld: boolean) =>
  upTo(table.targets.length).filter((row) => (row % FOLDS === held) === isHeld);

/** Every row predicted by a model that did not see its fold; the fastest training counts, as for the peers. */
function outOfFold(table: BenchTable, train: (rows: BenchTable) => TreeEnsemble): Measured {
  const predictions = new Float64Array(table.targets.length);
  let seconds = Number.POSITIVE_INFINITY;
  for (let held = 0; held < FOLDS; held++) {
    const training = { ...table, ...pickRows(table, rowsOf(table, held, false)) };
    const started = performance.now();
    const model = train(training);
    seconds = Math.min(seconds, (performance.now() - started) / 1_000);
    const rows = rowsOf(table, held, true);
    predictTrees(model, pickRows(table, rows)).forEach((value, at) => {
      predictions[rows[at]] = value;
    });
  }
  return { predictions, seconds };
}

/** AUC or RMSE, the mean over folds: models of different folds are not on one scale. */
function score(table: BenchTable, predictions: Float64Array): number {
  let sum = 0;
  for (let held = 0; held < FOLDS; held++) {
    const rows = rowsOf(table, held, true);
    const [truth, guess] = [table.targets, predictions].map((values) => Float64Array.from(rows, (row) => values[row]));
    const squares = truth.reduce((total, y, at) => total + (y - guess[at]) ** 2 / truth.length, 0);
    sum += (table.loss === 'logistic' ? areaUnderRoc(truth, guess) : Math.sqrt(squares)) / FOLDS;
  }
  return sum;
}
