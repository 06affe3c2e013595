import { loadAls } from './als.ts';
import { ArtefactError, decodeArtefact } from './artefact.ts';
import { loadItemItem } from './item-item.ts';
import { loadPopularity } from './popularity.ts';
import type { Recommender } from './recommender.ts';

/** The model of `Recommender.encode()`'s bytes. Throws ArtefactError for anything else. */
export function loadRecommender(bytes: Uint8Array): Recommender {
  const artefact = decodeArtefact(bytes);
  if (artefact.kind === 'popularity') return loadPopularity(artefact);
  if (artefact.kind === 'item-item') return loadItemItem(artefact);
  if (artefact.kind === 'als') return loadAls(artefact);
  throw new ArtefactError(`no recommender of kind ${artefact.kind}`);
}
