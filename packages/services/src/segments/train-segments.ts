import { encodeArtefact } from '@promolift/ml';
import type { ShopHistory } from '../activity/shop-history.ts';
import type { Deps } from '../shared/deps.ts';
import { type SavedModel, saveModel } from '../shared/save-model.ts';
import { readSettings } from '../shared/settings.ts';
import type { Profiles } from '../users/train-profiles.ts';
import { type Clusters, clusterUsers } from './cluster-users.ts';
import { ruleSegments } from './rule-segments.ts';
import { portraitsOf } from './segment-portrait.ts';
import { type SegmentDraft, writeSegments, type WrittenSegments } from './write-segments.ts';

export type SegmentTraining = WrittenSegments & {
  silhouette: number;
  baselineSilhouette: number;
  model: SavedModel | null;
  keys: string[];
};

/** Model segments (if the clusters are clearer than groups by money) and rule segments, none smaller than the shop's least segment size. */
export async function trainSegments(deps: Deps, history: ShopHistory, profiles: Profiles, seed: number): Promise<SegmentTraining> {
  const { minimumSegmentSize } = await readSettings(deps);
  const clusters = clusterUsers(profiles, history.categoryNames, minimumSegmentSize, seed);
  const model = clusters ? await keep(deps, history, clusters, seed) : null;
  const byModel = clusters && model?.status === 'champion' ? modelDrafts(clusters) : [];
  const byRule = ruleSegments({ ...history, profiles }).filter(({ users }) => users.length >= minimumSegmentSize);
  const drafts = [...byModel, ...byRule];
  const written = await writeSegments(deps, portraitsOf(drafts, profiles, history), {
    asOf: history.asOf,
    userIds: history.userIds,
    modelId: model?.id ?? null,
  });
  return {
    ...written,
    silhouette: clusters?.silhouette ?? Number.NaN,
    baselineSilhouette: clusters?.baselineSilhouette ?? Number.NaN,
    model,
    keys: drafts.map(({ key }) => key),
  };
}

function modelDrafts({ labels, segments, keys }: Clusters): SegmentDraft[] {
  const users = segments.map((): number[] => []);
  labels.forEach((label, user) => {
    if (label >= 0) users[label].push(user);
  });
  return segments.map((segment, at) => ({
    key: keys[at],
    kind: 'model',
    name: { en: segment.nameEn, zh: segment.nameZh },
    definition: { traits: segment.traits },
    users: users[at],
  }));
}

function keep(deps: Deps, { asOf, firstAt }: ShopHistory, clusters: Clusters, seed: number): Promise<SavedModel> {
  return saveModel(deps, {
    kind: 'segmentation',
    algorithm: 'k-means',
    metrics: { silhouette: clusters.silhouette, segments: clusters.segments.length, tried: clusters.tried },
    baseline: { algorithm: 'thirds by value', silhouette: clusters.baselineSilhouette },
    gate: {
      metricName: 'silhouette',
      direction: 'higher_is_better',
      candidate: clusters.silhouette,
      baseline: clusters.baselineSilhouette,
      otherValues: Array.from(clusters.centres),
      samples: clusters.labels.filter((label) => label >= 0).length,
      minimumSamples: 100,
    },
    dataFrom: firstAt,
    dataTo: asOf,
    seed,
    backend: 'typed-arrays',
    artefact: encodeArtefact({ kind: 'shop-segments', meta: { keys: clusters.keys }, arrays: { centres: clusters.centres } }),
  });
}
