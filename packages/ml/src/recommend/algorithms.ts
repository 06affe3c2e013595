import type { Random } from '../random/random.ts';
import { loadAls, trainAls } from './als.ts';
import { type Artefact, ArtefactError, decodeArtefact } from './artefact.ts';
import { loadBpr, trainBpr } from './bpr.ts';
import { loadEase, trainEase } from './ease.ts';
import type { Interactions } from './interactions.ts';
import { loadItemItem, trainItemItem } from './item-item.ts';
import { loadPopularity, trainPopularity } from './popularity.ts';
import type { Recommender, RecommenderKind } from './recommender.ts';

interface Algorithm {
  fit(interactions: Interactions, random: Random): Recommender;
  load(artefact: Artefact): Recommender;
}

const ALGORITHMS: Record<RecommenderKind, Algorithm> = {
  popularity: { fit: (rows) => trainPopularity(rows), load: loadPopularity },
  'item-item': { fit: (rows) => trainItemItem(rows), load: loadItemItem },
  als: { fit: (rows, random) => trainAls(rows, random), load: loadAls },
  ease: { fit: (rows) => trainEase(rows), load: loadEase },
  bpr: { fit: (rows, random) => trainBpr(rows, random), load: loadBpr },
};

/** Any recommender with its default settings; then `recommend(model, history)` and `model.explain(history, item)`. */
export const fitRecommender = (kind: RecommenderKind, interactions: Interactions, random: Random): Recommender =>
  ALGORITHMS[kind].fit(interactions, random);

const isKind = (kind: string): kind is RecommenderKind => Object.hasOwn(ALGORITHMS, kind);

/** The model of `Recommender.encode()`'s bytes. Throws ArtefactError for anything else. */
export function loadRecommender(bytes: Uint8Array): Recommender {
  const artefact = decodeArtefact(bytes);
  if (!isKind(artefact.kind)) throw new ArtefactError(`no recommender of kind ${artefact.kind}`);
  return ALGORITHMS[artefact.kind].load(artefact);
}
