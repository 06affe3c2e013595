import { rfmFeatures } from '../../src/features/recency-frequency-monetary.ts';
import { logStandardise } from '../../src/features/standardise.ts';
import { createRandom } from '../../src/random/random.ts';
import { adjustedRand } from '../../src/segments/adjusted-rand.ts';
import { dbscan } from '../../src/segments/dbscan.ts';
import { trainGaussianMixture } from '../../src/segments/gaussian-mixture.ts';
import { kMeans } from '../../src/segments/k-means.ts';
import { principalComponents } from '../../src/segments/principal-components.ts';
import { reportCustomerValue } from './customer-value.ts';
import type { Part, PartOptions } from './part.ts';
import { runPeer } from './peer.ts';
import { readCsv } from './table-data.ts';

const TABLE = 'Segments of Online Retail, 4,338 customers';
const WIDTH = 3;
const INERTIAS = [
  { k: 3, published: 4_856.3417 },
  { k: 4, published: 3_924.4835 },
  { k: 5, published: 3_268.1675 },
  { k: 8, published: 2_325.5195 },
];
const DBSCAN = [
  { radius: 0.3, clusters: 5, noiseRows: 411, coreRows: 3_592 },
  { radius: 0.25, clusters: 10, noiseRows: 708, coreRows: 3_178 },
];
const SOURCE = 'scikit-learn 1.2';

type Peer = ReturnType<typeof runPeer> | null;
type Clustered = { report: PartOptions['report']; points: Float64Array; peer: Peer };

/** Clusters beside scikit-learn on one matrix; customer value beside the papers. */
export const segments: Part = {
  name: 'segments',
  async run({ data, python, report }) {
    const points = recencyFrequencyValue(data);
    const task = { outputs: ['variances'], ks: INERTIAS.map(({ k }) => k), radii: DBSCAN.map(({ radius }) => radius) };
    const peer = python ? runPeer(python, 'peer-segments.py', { points }, task) : null;
    for (const reporter of [reportKMeans, reportDbscan, reportMixture, reportComponents]) reporter({ report, points, peer });
    reportCustomerValue({ data, python, report });
  },
};

/** The fastest of a few runs, in seconds, with the last answer. */
function timed<T>(run: () => T, times = 3): { answer: T; seconds: number } {
  let [seconds, answer] = [Number.POSITIVE_INFINITY, run()];
  for (let at = 0; at < times; at++) {
    const started = performance.now();
    answer = run();
    seconds = Math.min(seconds, (performance.now() - started) / 1_000);
  }
  return { answer, seconds };
}

/** A value or a time of the peer's answer. */
const peerOf = (peer: Peer, name: string) => (peer ? { name: SOURCE, value: peer.answer[name] } : null);

function reportKMeans({ report, points, peer }: Clustered): void {
  for (const { k, published } of INERTIAS) {
    const row = { table: TABLE, what: `k-means, k = ${k}`, better: 'lower' as const };
    const { answer, seconds } = timed(() => kMeans(points, WIDTH, k, createRandom(k), { starts: 10 }), 2);
    const best = kMeans(points, WIDTH, k, createRandom(k), { starts: 40 });
    const known = { published: { source: SOURCE, value: published } };
    report({
      ...row,
      ...known,
      measure: 'inertia, 40 starts',
      ours: best.inertia,
      peer: peerOf(peer, `inertia${k}`),
      goal: published * 1.0001,
      kind: 'quality',
    });
    const time = peerOf(peer, `kmeans${k}`);
    report({ ...row, measure: '10 starts, s', ours: seconds, peer: time, published: null, goal: time?.value ?? null, kind: 'time' });
    const again = adjustedRand(answer.labels, kMeans(points, WIDTH, k, createRandom('other'), { starts: 10 }).labels);
    report({
      ...row,
      better: 'higher',
      measure: 'adjusted Rand, other seed',
      ours: again,
      peer: null,
      published: null,
      goal: null,
      kind: 'time',
    });
  }
}

function reportDbscan({ report, points, peer }: Clustered): void {
  for (const { radius, ...known } of DBSCAN) {
    const row = { table: TABLE, what: `DBSCAN, radius ${radius}, 10 neighbours`, better: 'lower' as const };
    const { answer, seconds } = timed(() => dbscan(points, WIDTH, radius, 10));
    for (const name of ['clusters', 'noiseRows', 'coreRows'] as const) {
      const published = { source: SOURCE, value: known[name] };
      const off = Math.abs(answer[name] - known[name]);
      report({ ...row, measure: `${name}, off by`, ours: off, peer: null, published, goal: 0, kind: 'quality' });
    }
    const time = peerOf(peer, `dbscan${radius}`);
    report({ ...row, measure: 's', ours: seconds, peer: time, published: null, goal: time?.value ?? null, kind: 'time' });
  }
}

function reportMixture({ report, points, peer }: Clustered): void {
  const { answer, seconds } = timed(() => trainGaussianMixture(points, WIDTH, 4, createRandom(1), { starts: 5, tolerance: 1e-5 }), 1);
  const row = { table: TABLE, what: 'Gaussian mixture, 4 components, 5 starts', published: null };
  const theirs = peerOf(peer, 'mixture');
  report({
    ...row,
    better: 'higher',
    measure: 'mean log-likelihood',
    ours: answer.logLikelihood / (points.length / WIDTH),
    peer: theirs,
    goal: theirs ? theirs.value - 1e-4 : null,
    kind: 'quality',
  });
  const time = peerOf(peer, 'mixtureSeconds');
  report({ ...row, better: 'lower', measure: 's', ours: seconds, peer: time, goal: time?.value ?? null, kind: 'time' });
}

function reportComponents({ report, points, peer }: Clustered): void {
  const { answer, seconds } = timed(() => principalComponents(points, WIDTH));
  const row = { table: TABLE, what: 'principal components', better: 'lower' as const, published: null };
  if (peer) {
    const most = answer.variances.reduce((max, value, at) => Math.max(max, Math.abs(value - peer.outputs.variances[at])), 0);
    report({ ...row, measure: 'largest difference of variances', ours: most, peer: null, goal: 1e-4, kind: 'quality' });
  }
  report({ ...row, measure: 's', ours: seconds, peer: peerOf(peer, 'components'), goal: null, kind: 'time' });
}

/** Bought and not returned, by customers that are known; log-standardised [customers × 3]. */
function recencyFrequencyValue(data: string): Float64Array {
  const users = new Map<string, number>();
  const orders = new Map<string, { user: number; timeMs: number; value: number }>();
  for (const [invoice = '', , , quantity, date = '', price, customer] of readCsv(data, 'online-retail/online_retail.csv.gz')) {
    if (!customer || invoice.startsWith('C') || Number(quantity) <= 0 || Number(price) <= 0) continue;
    const user = users.get(customer) ?? users.size;
    users.set(customer, user);
    const order = orders.get(invoice) ?? { user, timeMs: Date.parse(date.slice(0, 10)), value: 0 };
    order.value += Number(quantity) * Number(price);
    orders.set(invoice, order);
  }
  const rows = [...orders.values()];
  const columns = {
    userIndex: rows.map(({ user }) => user),
    timeMs: rows.map(({ timeMs }) => timeMs),
    valueMinor: rows.map(({ value }) => value),
  };
  const { recencyDays, frequency, monetaryMinor } = rfmFeatures(columns, users.size, Date.parse('2011-12-10'));
  return logStandardise([recencyDays, frequency, monetaryMinor]);
}
