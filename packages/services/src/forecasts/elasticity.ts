import { z } from 'zod';
import { readChampion } from '../shared/champion.ts';
import type { Deps } from '../shared/deps.ts';
import { processCache } from '../shared/process-cache.ts';

const Belief = z.object({ mean: z.number(), standardDeviation: z.number() });
const Elasticities = z.object({ categories: z.record(z.string(), Belief), shop: Belief });
export type Elasticities = z.infer<typeof Elasticities>;

/** The model's artefact is its JSON. */
export const encodeElasticities = (elasticities: Elasticities): Uint8Array => new TextEncoder().encode(JSON.stringify(elasticities));

const serving = processCache<Elasticities | null>(10_000, async (sql) => {
  const champion = await readChampion(sql, 'elasticity');
  return champion ? Elasticities.parse(JSON.parse(champion.bytes.toString('utf8'))) : null;
});

/** A belief as an estimate: ln units per ln price. */
export type ElasticityEstimate = { mean: number; lower80: number; upper80: number };

const Z80 = 1.2816;

/** One per key, in their order; null while no model serves. A category the model does not know gets the shop's mean. */
export async function elasticityOf({ sql }: Pick<Deps, 'sql'>, categoryKeys: readonly string[]): Promise<(ElasticityEstimate | null)[]> {
  const model = await serving.get(sql);
  return categoryKeys.map((key) => {
    if (!model) return null;
    const { mean, standardDeviation } = model.categories[key] ?? model.shop;
    return { mean, lower80: mean - Z80 * standardDeviation, upper80: mean + Z80 * standardDeviation };
  });
}
