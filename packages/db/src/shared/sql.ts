import { EntityManager } from '@mikro-orm/postgresql';
import type pg from 'pg';

/** Whatever can run a statement: the plain pool, one of its clients, or an EntityManager inside its own transaction. */
export type SqlRunner = pg.Pool | pg.PoolClient | pg.Client | EntityManager;

export type SqlValue = string | number | boolean | null | Date | Buffer;

/** Runs `text` with `$1`-style values, inside the EntityManager's transaction if it has one. */
export async function runSql<Row extends object>(runner: SqlRunner, text: string, values: SqlValue[] = []): Promise<Row[]> {
  if (!(runner instanceof EntityManager)) return (await runner.query<Row>(text, values)).rows;
  const ordered: SqlValue[] = [];
  const numbered = text.replace(/\$(\d+)/g, (_, position: string) => {
    ordered.push(values[Number(position) - 1] ?? null);
    return '?';
  });
  return runner.execute<Row[]>(numbered, ordered);
}
