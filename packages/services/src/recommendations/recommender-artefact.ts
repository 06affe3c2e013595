import { decodeArtefact, loadRecommender, type Recommender } from '@promolift/ml';
import type { ChampionRow } from '../shared/champion.ts';

/** A loaded champion: item indices are places in `productIds`. */
export type LoadedRecommender = {
  modelId: string;
  version: number;
  algorithm: string;
  main: Recommender;
  companion: Recommender;
  productIds: string[];
  indexOf: ReadonlyMap<string, number>;
  excludesHistory: boolean;
};

const UUID_BYTES = 16;

export const packIds = (ids: readonly string[]): Uint8Array =>
  new Uint8Array(Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex'));

function unpackIds(bytes: Uint8Array): string[] {
  const hex = Buffer.from(bytes).toString('hex');
  return Array.from({ length: bytes.length / UUID_BYTES }, (_, at) =>
    hex.slice(at * 32, at * 32 + 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  );
}

/** Throws ArtefactError for bytes that are no recommender of this version. */
export function loadChampionRecommender({ id, version, algorithm, bytes }: ChampionRow): LoadedRecommender {
  const { arrays, meta } = decodeArtefact(bytes);
  const part = (name: string): Uint8Array => {
    const found = arrays[name];
    if (found instanceof Uint8Array) return found;
    throw new Error(`the recommender's artefact has no ${name}`);
  };
  const productIds = unpackIds(part('productIds'));
  return {
    modelId: id,
    version,
    algorithm,
    main: loadRecommender(part('main')),
    companion: loadRecommender(part('companion')),
    productIds,
    indexOf: new Map(productIds.map((productId, index) => [productId, index])),
    excludesHistory: meta['excludesHistory'] === true,
  };
}
