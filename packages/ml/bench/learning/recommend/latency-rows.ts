import { createRandom, encodeArtefact, loadRecommender, recommend } from '../../../src/index.ts';
import type { PartOptions } from '../part.ts';

const [ITEMS, FACTORS, PAST_ITEMS, ROUNDS] = [10_000, 64, 50, 400];

/** How long one list takes, the user's vector solved from fifty past items first. */
export function latencyRows({ report }: PartOptions): void {
  const random = createRandom('latency');
  const model = loadRecommender(
    encodeArtefact({
      kind: 'als',
      meta: { factors: FACTORS, itemCount: ITEMS, unobservedWeight: 0.3, regularisation: 0.02 },
      arrays: { itemVectors: Float32Array.from({ length: ITEMS * FACTORS }, () => random.normal(0, 0.1)) },
    }),
  );
  const times = Array.from({ length: ROUNDS }, () => {
    const history = {
      items: Int32Array.from({ length: PAST_ITEMS }, () => random.integer(ITEMS)),
      weights: new Float32Array(PAST_ITEMS).fill(1),
    };
    const startedMs = performance.now();
    recommend(model, history, { count: 10 });
    return performance.now() - startedMs;
  });
  const sorted = times.slice(ROUNDS / 2).sort((a, b) => a - b);
  const row = { table: 'One list', what: `ALS, 10 of ${ITEMS} items, ${FACTORS} factors, fold-in`, better: 'lower', peer: null } as const;
  const published = { source: 'implicit, one thread, 1,682 items, user recomputed', value: 16 };
  report({ ...row, measure: 'median ms', ours: sorted[sorted.length >> 1], published, goal: 0.5, kind: 'time' });
}
