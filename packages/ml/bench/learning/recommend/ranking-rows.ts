import { execFileSync } from 'node:child_process';
import {
  createRandom,
  evaluateRanking,
  type Interactions,
  type Random,
  type Recommender,
  trainAls,
  trainBpr,
  trainEase,
  trainItemItem,
  trainPopularity,
} from '../../../src/index.ts';
import type { PartOptions, Row } from '../part.ts';
import { asChoices, type Fold, mean, timed } from './movie-lens.ts';

const TABLE = 'Top-10 lists, MovieLens 100K, folds u1..u5, all held-out ratings relevant';
const SAME_FOLDS = 'reference implementation, same folds';

type Contestant = {
  what: string;
  fit(rows: Interactions, random: Random): Recommender;
  published: Row['published'];
  goal: number | null;
  isShort?: boolean;
};

const CONTESTANTS: Contestant[] = [
  { what: 'popularity', fit: (rows) => trainPopularity(rows), published: { source: SAME_FOLDS, value: 0.2506 }, goal: 0.25, isShort: true },
  { what: 'item-item cosine, 50', fit: (rows) => trainItemItem(rows), published: { source: SAME_FOLDS, value: 0.4098 }, goal: 0.405 },
  {
    what: 'BPR, 64 factors',
    fit: (rows, random) => trainBpr(rows, random),
    published: { source: 'Cornac in recommenders README, random 75/25', value: 0.442 },
    goal: null,
  },
  {
    what: 'ALS, 32 factors',
    fit: (rows, random) => trainAls(rows, random),
    published: { source: SAME_FOLDS, value: 0.4552 },
    goal: 0.4507,
  },
  {
    what: 'ALS, 64 factors',
    fit: (rows, random) => trainAls(rows, random, { factors: 64 }),
    published: { source: SAME_FOLDS, value: 0.4552 },
    goal: 0.475,
    isShort: true,
  },
  { what: 'EASE, λ 500', fit: (rows) => trainEase(rows), published: { source: SAME_FOLDS, value: 0.4747 }, goal: 0.47, isShort: true },
];

/** NDCG@10 and recall@10 of every list model, and the time it takes to learn one fold. */
export function rankingRows(folds: readonly Fold[], { short, python, report }: PartOptions): void {
  for (const { what, fit, published, goal, isShort } of CONTESTANTS) {
    if (short && !isShort) continue;
    const runs = folds.map(({ train: ratings, heldOut }) => {
      const train = asChoices(ratings);
      const { value: model, seconds } = timed(() => fit(train, createRandom(1)));
      return { seconds, ...evaluateRanking(model, train, heldOut) };
    });
    const row = { table: TABLE, what, better: 'higher', peer: null, published: null, goal: null, kind: 'quality' } as const;
    report({ ...row, measure: 'NDCG@10', ours: mean(runs.map(({ ndcg }) => ndcg)), published, goal });
    if (!short) {
      report({ ...row, measure: 'Recall@10', ours: mean(runs.map(({ recall }) => recall)) });
      report({ ...row, measure: 'coverage', ours: mean(runs.map(({ coverage }) => coverage)) });
    }
    const peer = what.startsWith('EASE') && python ? { name: 'numpy', value: easeByNumpy(python) } : null;
    report({
      ...row,
      measure: 'CPU s to learn a fold',
      better: 'lower',
      ours: Math.min(...runs.map(({ seconds }) => seconds)),
      peer,
      kind: 'time',
    });
  }
}

/** Processor seconds numpy takes for a fold's EASE: XᵀX from a dense X of the same shape and density, inverse, division. */
function easeByNumpy(python: string): number {
  const program = `
import time, numpy as np
x = (np.random.default_rng(1).random((943, 1682)) < 0.05).astype(np.float32)
best = 9e9
for _ in range(3):
    start = time.process_time()
    p = np.linalg.inv(x.T @ x + 500 * np.eye(1682, dtype=np.float32))
    b = -p / np.diag(p)
    np.fill_diagonal(b, 0)
    best = min(best, time.process_time() - start)
print(best)`;
  return Number(execFileSync(python, ['-c', program], { encoding: 'utf8', env: { ...process.env, OPENBLAS_NUM_THREADS: '1' } }));
}
