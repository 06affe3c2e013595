import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import pg from 'pg';
import { entities } from '../entities.ts';
import { migrations } from '../migrations/migrations.ts';

/** `em()` gives a fresh unit of work; `pool` is for COPY and set-based SQL: timestamps as Date, bigint as number. */
export type Database = {
  orm: MikroORM;
  pool: pg.Pool;
  em: () => EntityManager;
  close: () => Promise<void>;
};

export type DatabaseOptions = {
  url: string;
  poolSize?: number;
  debug?: boolean;
  /** The server ends statements of `pool` after this; 0 = no limit. The ORM's transactions are not limited: they hold the writes. */
  statementTimeoutMs?: number;
};

const PATIENT_CONNECTIONS = 2;
const patientPools = new WeakMap<pg.Pool, pg.Pool>();

/** For reads that are known to be long: a few connections without the limit of `pool`, or `pool` itself where it has none. */
export const patientPool = (pool: pg.Pool): pg.Pool => patientPools.get(pool) ?? pool;

/** Opens the ORM and a pool of plain connections; both connect when first used. */
export async function openDatabase({ url, poolSize = 10, debug = false, statementTimeoutMs = 0 }: DatabaseOptions): Promise<Database> {
  const orm = await connectOrm(url, poolSize, debug);
  const pool = openPool(url, poolSize, statementTimeoutMs);
  const patient = statementTimeoutMs > 0 ? openPool(url, PATIENT_CONNECTIONS) : null;
  if (patient) patientPools.set(pool, patient);
  return {
    orm,
    pool,
    em: () => orm.em.fork(),
    close: async () => {
      await Promise.all([orm.close(true), pool.end(), patient?.end()]);
    },
  };
}

// An exhausted pool answers with a fault instead of letting requests wait for ever.
const CONNECT_TIMEOUT_MS = 10_000;

/** A pool of `pg` connections whose bigint columns arrive as numbers (money stays far below 2^53 minor units). */
export function openPool(url: string, size = 10, statementTimeoutMs = 0): pg.Pool {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
  });
  // A connection the server dropped while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

export function connectOrm(url: string, poolSize: number, debug: boolean): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: url,
    entities,
    debug,
    allowGlobalContext: false,
    forceUtcTimezone: true,
    extensions: [Migrator],
    pool: { min: 0, max: poolSize },
    discovery: { warnWhenNoEntities: false },
    migrations: { migrationsList: migrations, tableName: 'migrations', snapshot: false, silent: true },
  });
}
