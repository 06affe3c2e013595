import { chooseByLasso, trainLasso } from '../../src/linear/lasso.ts';
import type { LinearModel } from '../../src/linear/linear-model.ts';
import { trainLogisticLbfgs } from '../../src/linear/logistic.ts';
import { trainRidge } from '../../src/linear/ridge.ts';
import type { PartOptions } from './part.ts';
import { runPeer } from './peer.ts';
import type { BenchTable } from './table-data.ts';

const TABLE = 'Linear models beside scikit-learn';
const ALPHA = 0.005;
const L2 = 0.001;

/** Columns are standardised first, so that a difference of coefficients means the same for each. */
export function reportLinear({ python, report }: PartOptions, table: BenchTable): void {
  if (!python) return;
  const rows = standardised(table);
  const fits: Record<string, () => LinearModel> = {
    linear: () => trainRidge(rows),
    ridge: () => trainRidge(rows, { l2: 10 }),
    lasso: () => trainLasso(rows, { alpha: ALPHA }),
    elastic: () => trainLasso(rows, { alpha: ALPHA, l1Share: 0.3 }),
    logistic: () => trainLogisticLbfgs(rows, { l2: L2 }),
  };
  const names = Object.keys(fits);
  const task = { columns: rows.columns, outputs: names, alpha: ALPHA, l2: L2 };
  const { answer, outputs } = runPeer(
    python,
    'peer-linear.py',
    { features: rows.features, targets: Float64Array.from(rows.targets) },
    task,
  );
  for (const name of names) {
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      fits[name]();
      return performance.now() - started;
    });
    const { weights, intercept } = fits[name]();
    const most = [...weights, intercept].reduce((max, value, at) => Math.max(max, Math.abs(value - outputs[name][at])), 0);
    const row = { table: TABLE, what: `${name}: ${table.name}`, better: 'lower' as const, published: null };
    report({ ...row, measure: 'largest difference of coefficients', ours: most, peer: null, goal: 1e-4, kind: 'quality' });
    const peer = { name: 'scikit-learn', value: answer[name] };
    report({ ...row, measure: 'training, ms', ours: Math.min(...times), peer, goal: peer.value, kind: 'time' });
  }
  const { chosen } = chooseByLasso(rows, { seed: 1 });
  report({
    table: TABLE,
    what: 'columns kept by LASSO',
    measure: `of ${rows.columns}`,
    better: 'lower',
    ours: chosen.length,
    peer: null,
    published: null,
    goal: null,
    kind: 'time',
  });
}

function standardised(table: BenchTable): BenchTable {
  const { features, columns, targets } = table;
  const [means, squares] = [new Float64Array(columns), new Float64Array(columns)];
  features.forEach((value, at) => {
    means[at % columns] += value / targets.length;
  });
  features.forEach((value, at) => {
    squares[at % columns] += (value - means[at % columns]) ** 2 / targets.length;
  });
  return { ...table, features: features.map((value, at) => (value - means[at % columns]) / Math.sqrt(squares[at % columns])) };
}
