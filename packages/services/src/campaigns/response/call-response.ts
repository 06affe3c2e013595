import type { Pool } from 'pg';
import { z } from 'zod';
import { readChampion } from '../../shared/champion.ts';
import { type CallResponse, usualResponse } from './learn-response.ts';

const Belief = z.object({ mean: z.number(), standardDeviation: z.number().min(0) });
const Artefact = z.object({ lift: Belief, comeback: Belief, visibility: Belief, sales: z.int() });

/** `sales`: past sales it was learned from; 0 = round numbers of ours. `isRefused`: the shop's past was asked and predicted no better than they do. */
export type ServingResponse = CallResponse & { sales: number; isRefused: boolean };

/** The model's artefact is its JSON. */
export const encodeResponse = (response: CallResponse & { sales: number }): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(response));

export async function readCallResponse(sql: Pool, shopElasticity: number): Promise<ServingResponse> {
  const champion = await readChampion(sql, 'response');
  if (champion) return { ...Artefact.parse(JSON.parse(champion.bytes.toString('utf8'))), isRefused: false };
  const { rows } = await sql.query<{ status: string }>("select status from models where kind = 'response' order by version desc limit 1");
  return { ...usualResponse(shopElasticity), sales: 0, isRefused: rows[0]?.status === 'refused' };
}
