import { type Artefact, arrayOf, encodeArtefact } from './artefact.ts';
import type { Interactions } from './interactions.ts';
import type { Recommender } from './recommender.ts';

/** Items by the sum of their weights (decayed ones when the interactions are). The baseline every other model must beat. */
export function trainPopularity(interactions: Interactions): Recommender {
  const totals = new Float64Array(interactions.itemCount);
  for (let e = 0; e < interactions.items.length; e++) totals[interactions.items[e]] += interactions.weights[e];
  return popularity(totals);
}

/** The model of a decoded artefact. */
export const loadPopularity = (artefact: Artefact) => popularity(arrayOf(artefact, 'totals', Float64Array));

function popularity(totals: Float64Array): Recommender {
  return {
    kind: 'popularity',
    itemCount: totals.length,
    scores: () => totals.slice(),
    explain: () => [],
    encode: () => encodeArtefact({ kind: 'popularity', meta: {}, arrays: { totals } }),
  };
}
