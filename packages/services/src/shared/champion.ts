import { createHash } from 'node:crypto';
import type { Pool } from 'pg';

export type ChampionRow = { id: string; version: number; algorithm: string; bytes: Buffer };

/** The serving model of a kind with its artefact; null when there is none. Throws when the stored bytes are not the ones that were kept. */
export async function readChampion(sql: Pick<Pool, 'query'>, kind: string): Promise<ChampionRow | null> {
  const { rows } = await sql.query<ChampionRow & { hash: string }>(
    `select m.id, m.version, m.algorithm, a.bytes, a.hash from models m join model_artefacts a on a.model_id = m.id where m.kind = $1 and m.status = 'champion'`,
    [kind],
  );
  const row = rows[0];
  if (!row) return null;
  if (createHash('sha256').update(row.bytes).digest('hex') !== row.hash)
    throw new Error(`the artefact of model ${row.id} does not match its hash`);
  return row;
}
