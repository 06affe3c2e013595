// Number kernels beside numpy (OpenBLAS on one thread).
import {
  choleskyInverse,
  gram,
  holdBinnedRows,
  holdMatrix,
  holdQuantised,
  type KernelPool,
  matmul,
  nearestCentres,
  openPool,
  topK,
} from '@promolift/kernels';
import { createRandom } from '../../src/random/random.ts';
import { bestInTurn, type NumpyPeer, openNumpy } from './numpy-peer.ts';
import type { Part, PartOptions } from './part.ts';

const ONE_CORE = 'Number kernels on one core';

interface Work {
  what: string;
  /** What one run does, in units of `measure` × seconds. */
  amount: number;
  measure: string;
  peer: string;
  /** The least share of the peer's rate, or null. */
  share: number | null;
  rounds: number;
  /** Prepares; returns one run. */
  prepare(): () => void;
}

const random = createRandom(1);
const numbers = (length: number) => Float32Array.from({ length }, () => random.next() - 0.5);

function product(size: number): Work {
  const [a, b, out] = [numbers(size * size), numbers(size * size), new Float32Array(size * size)];
  const prepare = () => () => void matmul(a, b, size, size, size, { out });
  const what = `matrix product ${size} × ${size}`;
  return {
    what,
    amount: (2 * size ** 3) / 1e9,
    measure: 'GFLOP/s',
    peer: `product ${size}`,
    share: 0.5,
    rounds: size > 600 ? 40 : 80,
    prepare,
  };
}

const WORK: Work[] = [
  product(256),
  product(512),
  product(1_024),
  {
    what: 'matrix-vector 10,000 × 64',
    amount: 1,
    measure: 'products/s',
    peer: 'times_vector 10000 64',
    share: 0.9,
    rounds: 400,
    prepare() {
      const [held, vector, out] = [holdMatrix(numbers(640_000), 10_000, 64), numbers(64), new Float32Array(10_000)];
      return () => void held.matVec(vector, out);
    },
  },
  {
    what: 'Gram matrix of 943 × 1,682',
    amount: 1,
    measure: 'matrices/s',
    peer: 'gram 943 1682',
    share: null,
    rounds: 8,
    prepare() {
      const x = numbers(943 * 1_682);
      return () => void gram(x, 943, 1_682);
    },
  },
  {
    what: 'inverse by Cholesky, 1,000 × 1,000, double precision',
    amount: 1,
    measure: 'matrices/s',
    peer: 'inverse 1000',
    share: null,
    rounds: 5,
    prepare() {
      const a = Float64Array.from(gram(numbers(1_000 * 1_000), 1_000, 1_000));
      for (let i = 0; i < 1_000; i++) a[i * 1_001] += 1_000;
      return () => void choleskyInverse(a, 1_000);
    },
  },
  {
    what: 'k-means assignment, 100,000 points × 16 to 64 centres',
    amount: 1,
    measure: 'passes/s',
    peer: 'nearest 100000 16 64',
    share: null,
    rounds: 10,
    prepare() {
      const [points, centres] = [numbers(1_600_000), numbers(1_024)];
      return () => void nearestCentres(points, centres, 100_000, 16, 64);
    },
  },
  {
    what: 'tree histograms, 100,000 rows × 28 features',
    amount: 2.8,
    measure: 'million bins filled/s',
    peer: 'histogram 100000 28',
    share: null,
    rounds: 10,
    prepare() {
      const held = holdBinnedRows(
        Uint8Array.from({ length: 2_800_000 }, () => random.next() * 256),
        100_000,
        28,
      );
      held.setDerivatives(numbers(100_000), numbers(100_000));
      const all = Uint32Array.from({ length: 100_000 }, (_, r) => r);
      return () => void held.histogram(all);
    },
  },
];

async function measure(
  { what, amount, measure, peer, share, rounds, prepare }: Work,
  numpy: NumpyPeer | null,
  report: PartOptions['report'],
) {
  const run = prepare();
  run();
  if (numpy) await numpy.seconds(peer);
  const [ours, theirs] = await bestInTurn(run, numpy && (() => numpy.seconds(peer)), rounds);
  const rate = theirs === null ? null : amount / theirs;
  report({
    table: ONE_CORE,
    what,
    measure,
    better: 'higher',
    ours: amount / ours,
    peer: rate === null ? null : { name: 'numpy', value: rate },
    published: null,
    goal: rate === null || share === null ? null : share * rate,
    kind: 'time',
  });
}

async function measureThreads(pool: KernelPool, report: PartOptions['report']) {
  const size = 1_024;
  const [a, b, out] = [numbers(size * size), numbers(size * size), new Float32Array(size * size)];
  const alone = () => void matmul(a, b, size, size, size, { out });
  const together = () => void matmul(a, b, size, size, size, { out, pool });
  together();
  let [wallAlone, wallTogether] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [ownAlone, ownTogether] = [0, 0];
  for (let round = 0; round < 30; round++) {
    const start = process.threadCpuUsage();
    wallAlone = Math.min(wallAlone, (await bestInTurn(alone, null, 1))[0]);
    const between = process.threadCpuUsage();
    wallTogether = Math.min(wallTogether, (await bestInTurn(together, null, 1))[0]);
    ownAlone += between.user - start.user;
    ownTogether += process.threadCpuUsage(between).user;
  }
  const table = 'Number kernels on two cores';
  const what = `matrix product ${size} × ${size}, two threads`;
  const fixed = { table, what, better: 'higher', published: null, peer: null, goal: 1.7, kind: 'time' } as const;
  report({ ...fixed, measure: '× one thread, by the clock (both cores must be free)', ours: wallAlone / wallTogether });
  report({ ...fixed, measure: "× one thread, by the caller's processor time", ours: ownAlone / ownTogether });
}

async function measureSearch(rows: number, pool: KernelPool, numpy: NumpyPeer | null, report: PartOptions['report']) {
  const table = `The 10 best of ${rows.toLocaleString('en')} items × 64, by 8 bits and exact re-scoring`;
  const matrix = numbers(rows * 64);
  const [one, two, exact] = [holdQuantised(matrix, rows, 64), holdQuantised(matrix, rows, 64, { pool }), holdMatrix(matrix, rows, 64)];
  const queries = Array.from({ length: 20 }, () => numbers(64));
  let hits = 0;
  for (const query of queries) {
    const best = new Set(topK(exact.matVec(query), 10));
    hits += one.topK(query, 10).rows.filter((row) => best.has(row)).length;
  }
  const recall = hits / (10 * queries.length);
  report({
    table,
    what: 'found of the exact answer',
    measure: 'recall@10',
    better: 'higher',
    ours: recall,
    peer: null,
    published: null,
    goal: 0.95,
    kind: 'quality',
  });
  const work = `top ${rows} 64`;
  if (numpy) await numpy.seconds(work);
  for (const [what, held, goal] of [
    ['one thread', one, null],
    ['two threads', two, rows === 1_000_000 ? 10 : null],
  ] as const) {
    const [ours, theirs] = await bestInTurn(() => void held.topK(queries[0], 10), numpy && (() => numpy.seconds(work)), 15);
    const peer = theirs === null ? null : { name: 'numpy, one thread', value: theirs * 1_000 };
    report({ table, what, measure: 'ms', better: 'lower', ours: ours * 1_000, peer, published: null, goal, kind: 'time' });
  }
}

export const kernels: Part = {
  name: 'kernels',
  async run({ short, python, report }) {
    const numpy = python ? openNumpy(python) : null;
    const pool = openPool(2);
    try {
      for (const work of short ? WORK.slice(0, 1) : WORK) await measure(work, numpy, report);
      if (!short) await measureThreads(pool, report);
      await measureSearch(short ? 100_000 : 1_000_000, pool, numpy, report);
    } finally {
      numpy?.close();
      await pool.close();
    }
  },
};
