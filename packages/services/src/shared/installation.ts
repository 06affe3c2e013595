import type { Database } from '@promolift/db';
import type { Actor, Clock, Deps, Secrets, ServiceLogger } from './deps.ts';

/** One running copy of Promolift: what every process opens once. */
export type Installation = { database: Database; secrets: Secrets; homeDirectory: string; log: ServiceLogger; clock: Clock };

/** A fresh unit of work for one request or one job, done in the name of `actor`. */
export const depsFor = (installation: Installation, actor: Actor): Deps => ({
  em: installation.database.em(),
  sql: installation.database.pool,
  clock: installation.clock,
  secrets: installation.secrets,
  actor,
  log: installation.log,
  homeDirectory: installation.homeDirectory,
});

/** Hexadecimal keys of 32 bytes, as the environment carries them. */
export const secretsOf = (env: { PSEUDONYM_KEY: string; ENCRYPTION_KEY: string; HOLDOUT_SALT: string }): Secrets => ({
  pseudonymKey: Buffer.from(env.PSEUDONYM_KEY, 'hex'),
  encryptionKey: Buffer.from(env.ENCRYPTION_KEY, 'hex'),
  holdoutSalt: env.HOLDOUT_SALT,
});

const OFFSET_CACHE_MS = 500;

/**
 * The shop's clock: the time of the database, so that every server answers alike, or the time at which a reproducible shop stands
 * still, plus the offset a demo shop stored when days were simulated (`settings` row `clock`).
 * `refresh` reads both again when the last reading is older than 500 ms; call it once a request or job.
 */
export function createShopClock(
  database: Pick<Database, 'pool'>,
  wallNow: () => number = Date.now,
): Clock & { refresh(force?: boolean): Promise<void> } {
  let clock: { offsetMs?: number; stillAtMs?: number } = {};
  let readAt = Number.NEGATIVE_INFINITY;
  let aheadMs = 0;
  return {
    now: () => new Date((clock.stillAtMs ?? wallNow() + aheadMs) + (clock.offsetMs ?? 0)),
    refresh: async (force = false) => {
      const askedAt = wallNow();
      if (!force && askedAt - readAt < OFFSET_CACHE_MS) return;
      const { rows } = await database.pool.query<{ now_ms: number; value: typeof clock | null }>(
        "select extract(epoch from clock_timestamp())::float8 * 1000 now_ms, (select value from settings where key = 'clock') value",
      );
      const [row] = rows;
      readAt = wallNow();
      clock = row?.value ?? {};
      const [foundMs, doubtMs] = [Math.round((row?.now_ms ?? readAt) - (askedAt + readAt) / 2), (readAt - askedAt) / 2 + 1];
      // Within what the round trip leaves in doubt nothing moves: time must not tremble.
      if (Math.abs(foundMs - aheadMs) > doubtMs) aheadMs = foundMs;
    },
  };
}
