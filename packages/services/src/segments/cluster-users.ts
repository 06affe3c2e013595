import { chooseClustering, createRandom, describeSegments, logStandardise, quantile, type SegmentProfile, silhouette } from '@promolift/ml';
import type { Profiles } from '../users/train-profiles.ts';

const CLUSTER_COUNTS = [3, 4, 5, 6, 7, 8];
const WIDTH = 3;

export type Clusters = {
  /** Segment of each user, −1 for users without an order. [users] */
  labels: Int32Array;
  segments: SegmentProfile[];
  keys: string[];
  silhouette: number;
  /** Of three groups by money alone: what a shop does without a model. */
  baselineSilhouette: number;
  tried: { k: number; silhouette: number; inertia: number }[];
  centres: Float64Array;
};

/** k-means++ on recency, frequency and value; groups below `smallest` join their nearest neighbour. Null with fewer than two groups' worth of buyers. */
export function clusterUsers({ rfm, tags }: Profiles, categoryNames: string[], smallest: number, seed: number): Clusters | null {
  const buyers = Int32Array.from({ length: rfm.frequency.length }, (_, user) => user).filter((user) => rfm.frequency[user] > 0);
  if (buyers.length < 2 * smallest) return null;
  const columnOf = (values: Float64Array) => Float64Array.from(buyers, (user) => values[user]);
  const points = logStandardise([columnOf(rfm.recencyDays), columnOf(rfm.frequency), columnOf(rfm.monetaryMinor)]);
  const random = createRandom(seed);
  const most = Math.max(2, Math.floor(buyers.length / smallest));
  const chosen = chooseClustering(points, WIDTH, CLUSTER_COUNTS.filter((k) => k <= most).concat(most < 3 ? [2] : []), random, {
    starts: 4,
    maxIterations: 100,
  });
  const merged = mergeSmall(points, chosen.labels, chosen.centres, smallest);
  const labels = new Int32Array(rfm.frequency.length).fill(-1);
  buyers.forEach((user, at) => {
    labels[user] = merged.labels[at];
  });
  const segments = describeSegments({
    labels,
    segmentCount: merged.count,
    rfm,
    tags,
    categoryNames: categoryNames.map((name) => ({ en: name, zh: name })),
  });
  const limits = [1 / 3, 2 / 3].map((p) => quantile(columnOf(rfm.monetaryMinor), p));
  const byMoney = Int32Array.from(buyers, (user) => limits.filter((limit) => rfm.monetaryMinor[user] > limit).length);
  return {
    labels,
    segments,
    keys: keysOf(segments, categoryNames),
    tried: chosen.tried,
    centres: chosen.centres,
    silhouette: silhouette(points, WIDTH, merged.labels, random.fork('judge')),
    baselineSilhouette: silhouette(points, WIDTH, byMoney, random.fork('judge')),
  };
}

function mergeSmall(
  points: Float64Array,
  given: Int32Array,
  centres: Float64Array,
  smallest: number,
): { labels: Int32Array; count: number } {
  const labels = given.slice();
  const alive = new Set(labels);
  for (;;) {
    const sizes = new Map([...alive].map((label) => [label, 0]));
    for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
    const small = [...sizes].sort((a, b) => a[1] - b[1])[0];
    if (!small || small[1] >= smallest || alive.size <= 1) break;
    alive.delete(small[0]);
    labels.forEach((label, row) => {
      if (label === small[0]) labels[row] = nearest(points, row, centres, alive);
    });
  }
  const order = new Map([...alive].sort((a, b) => a - b).map((label, index) => [label, index]));
  return { labels: labels.map((label) => order.get(label) ?? 0), count: alive.size };
}

function nearest(points: Float64Array, row: number, centres: Float64Array, alive: ReadonlySet<number>): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const label of alive) {
    let distance = 0;
    for (let d = 0; d < WIDTH; d++) distance += (points[row * WIDTH + d] - centres[label * WIDTH + d]) ** 2;
    if (distance < least) [best, least] = [label, distance];
  }
  return best;
}

const HABITS = {
  active: { 'first-time': 'new', occasional: 'active', regular: 'loyal', frequent: 'loyal' },
  slowing: { 'first-time': 'bought-once', occasional: 'occasional', regular: 'regular', frequent: 'regular' },
  lapsing: { 'first-time': 'drifting-once', occasional: 'drifting', regular: 'leaving', frequent: 'leaving' },
  lapsed: { 'first-time': 'gone-once', occasional: 'gone', regular: 'lost-regulars', frequent: 'lost-regulars' },
} as const;

/** `loyal-high-value-snacks`: the traits, so that the same kind of users keeps its key from training to training; equal ones by recency. */
function keysOf(segments: SegmentProfile[], categoryNames: string[]): string[] {
  const plain = segments.map(({ traits }) =>
    [
      HABITS[traits.recency][traits.frequency],
      `${traits.value}-value`,
      ...traits.tags.slice(0, 1).map((tag) => slug(categoryNames[tag] ?? '')),
    ]
      .filter((part) => part !== '')
      .join('-'),
  );
  const order = segments.map((_, at) => at).sort((a, b) => segments[a].recencyDays - segments[b].recencyDays);
  const seen = new Map<string, number>();
  const keys = [...plain];
  for (const at of order) {
    const count = (seen.get(plain[at]) ?? 0) + 1;
    seen.set(plain[at], count);
    if (count > 1) keys[at] = `${plain[at]}-${count}`;
  }
  return keys;
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
