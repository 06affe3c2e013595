import type { Pool } from 'pg';
import { readChampion } from '../shared/champion.ts';
import { processCache } from '../shared/process-cache.ts';
import { type LoadedRecommender, loadChampionRecommender } from './recommender-artefact.ts';

const POLL_MS = 3_000;
const loaded = new WeakMap<Pool, LoadedRecommender>();

/** Asks every three seconds which model serves; the artefact itself is read once a champion. */
const serving = processCache<LoadedRecommender | null>(POLL_MS, async (sql) => {
  const { rows } = await sql.query<{ id: string }>("select id from models where kind = 'recommendation' and status = 'champion'");
  const known = loaded.get(sql);
  if (!rows[0]) return null;
  if (known?.modelId === rows[0].id) return known;
  const champion = await readChampion(sql, 'recommendation');
  if (!champion) return null;
  const fresh = loadChampionRecommender(champion);
  loaded.set(sql, fresh);
  return fresh;
});

export const servingRecommender = (sql: Pool): Promise<LoadedRecommender | null> => serving.get(sql);
/** For who changed the champion in this process and must not wait for the next poll. */
export const forgetServingRecommender = (sql: Pool): void => serving.drop(sql);
