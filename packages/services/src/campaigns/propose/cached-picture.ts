import { patientPool } from '@promolift/db';
import type { Pool } from 'pg';
import type { Deps } from '../../shared/deps.ts';
import { readShopPicture, type ShopPicture } from './shop-picture.ts';

const TTL_MS = 60_000;
const kept = new WeakMap<Pool, { at: number; picture: Promise<ShopPicture> }>();

/** The shop's picture for what-if answers: a minute old at most, read once however many ask. */
export function cachedPicture(deps: Deps): Promise<ShopPicture> {
  const found = kept.get(deps.sql);
  if (found && performance.now() - found.at < TTL_MS) return found.picture;
  const entry = { at: performance.now(), picture: readShopPicture({ ...deps, sql: patientPool(deps.sql) }) };
  kept.set(deps.sql, entry);
  entry.picture.catch(() => kept.get(deps.sql) === entry && kept.delete(deps.sql));
  return entry.picture;
}
