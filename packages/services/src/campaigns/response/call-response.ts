import type { Pool } from 'pg';
import { z } from 'zod';
import { readChampion } from '../../shared/champion.ts';
import { usualResponse } from './learn-response.ts';

const Belief = z.object({ mean: z.number(), standardDeviation: z.number().min(0) });
const Artefact = z.object({
  lift: Belief,
  comeback: Belief,
  visibility: Belief,
  /** Past sales it was learned from. */
  sales: z.int(),
  /** What of it beats the round numbers on sales it had not seen; the rest is theirs. `calls`: lift and visibility. */
  isLearned: z.object({ calls: z.boolean(), comeback: z.boolean() }),
});
export type LearnedResponse = z.infer<typeof Artefact>;

/** The model's artefact is its JSON. */
export const encodeResponse = (response: LearnedResponse): Uint8Array => new TextEncoder().encode(JSON.stringify(response));

/** The champion; else the round numbers, with the sales that a refused model was learned from. */
export async function readCallResponse(sql: Pool, shopElasticity: number): Promise<LearnedResponse> {
  const champion = await readChampion(sql, 'response');
  if (champion) return Artefact.parse(JSON.parse(champion.bytes.toString('utf8')));
  const { rows } = await sql.query<{ sales: number }>(
    "select (metrics->>'sales')::int sales from models where kind = 'response' and status = 'refused' order by version desc limit 1",
  );
  return { ...usualResponse(shopElasticity), sales: rows[0]?.sales ?? 0, isLearned: { calls: false, comeback: false } };
}
