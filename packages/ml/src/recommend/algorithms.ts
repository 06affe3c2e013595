import type { Random } from '../random/random.ts';
import { loadAls, trainAls } from './als.ts';
import { type Artefact, ArtefactError, decodeArtefact } from './artefact.ts';
import { loadBpr, trainBpr } from './bpr.ts';
import { loadEase, trainEase } from './ease.ts';
import type { Interactions } from './interactions.ts';
import { loadItemItem, trainItemItem } from './item-item.ts';
import { loadPopularity, trainPopularity } from './popularity.ts';
import type { Recommender, RecommenderKind } from './recommender.ts';
import { loadTwoTower } from './tower-vectors.ts';

/** Two towers want TensorFlow and attributes: `trainTwoTower`. */
export type PlainKind = Exclude<RecommenderKind, 'two-tower'>;

const FITS: Record<PlainKind, (interactions: Interactions, random: Random) => Recommender> = {
  popularity: (rows) => trainPopularity(rows),
  'item-item': (rows) => trainItemItem(rows),
  als: (rows, random) => trainAls(rows, random),
  ease: (rows) => trainEase(rows),
  bpr: (rows, random) => trainBpr(rows, random),
};

const LOADS: Record<RecommenderKind, (artefact: Artefact) => Recommender> = {
  popularity: loadPopularity,
  'item-item': loadItemItem,
  als: loadAls,
  ease: loadEase,
  bpr: loadBpr,
  'two-tower': loadTwoTower,
};

/** A recommender with its default settings; then `recommend(model, history)` and `model.explain(history, item)`. */
export const fitRecommender = (kind: PlainKind, interactions: Interactions, random: Random): Recommender =>
  FITS[kind](interactions, random);

const isKind = (kind: string): kind is RecommenderKind => Object.hasOwn(LOADS, kind);

/** The model of `Recommender.encode()`'s bytes. Throws ArtefactError for anything else. */
export function loadRecommender(bytes: Uint8Array): Recommender {
  const artefact = decodeArtefact(bytes);
  if (!isKind(artefact.kind)) throw new ArtefactError(`no recommender of kind ${artefact.kind}`);
  return LOADS[artefact.kind](artefact);
}
