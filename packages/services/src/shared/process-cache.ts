import type { Pool } from 'pg';

/**
 * A value kept for `ttlMs` per database pool (one pool a process), loaded once however many ask at the same time.
 * For what every request reads and few change; anything that counts money is checked again in its guarded statement.
 */
export function processCache<Value>(ttlMs: number, load: (sql: Pool) => Promise<Value>) {
  const kept = new WeakMap<Pool, { at: number; value: Promise<Value> }>();
  return {
    get(sql: Pool): Promise<Value> {
      const found = kept.get(sql);
      if (found && performance.now() - found.at < ttlMs) return found.value;
      const value = load(sql);
      const entry = { at: performance.now(), value };
      kept.set(sql, entry);
      value.catch(() => kept.get(sql) === entry && kept.delete(sql));
      return value;
    },
    drop: (sql: Pool): void => void kept.delete(sql),
  };
}
