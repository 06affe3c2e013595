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
 * The shop's clock: the wall clock, or the time at which a reproducible shop stands still, plus the offset a demo shop stored when
 * days were simulated (`settings` row `clock`).
 * `refresh` reads the offset again when the last reading is older than 500 ms; call it once a request or job.
 */
export function createShopClock(
  database: Pick<Database, 'pool'>,
  wallNow: () => number = Date.now,
): Clock & { refresh(force?: boolean): Promise<void> } {
  let clock: { offsetMs?: number; stillAtMs?: number } = {};
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    now: () => new Date((clock.stillAtMs ?? wallNow()) + (clock.offsetMs ?? 0)),
    refresh: async (force = false) => {
      if (!force && wallNow() - readAt < OFFSET_CACHE_MS) return;
      const found = await database.pool.query<{ value: typeof clock }>("select value from settings where key = 'clock'");
      clock = found.rows[0]?.value ?? {};
      readAt = wallNow();
    },
  };
}
