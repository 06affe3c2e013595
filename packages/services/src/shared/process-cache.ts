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

/** The same for values that may be a little old and are costly to load: past `ttlMs` the old value is given while a new one is loaded. */
export function staleCache<Value>(ttlMs: number, load: (sql: Pool) => Promise<Value>) {
  const kept = new WeakMap<Pool, { at: number; value: Promise<Value>; isLoading: boolean }>();
  const start = (sql: Pool): Promise<Value> => {
    const value = load(sql);
    kept.set(sql, { at: performance.now(), value, isLoading: false });
    value.catch(() => kept.get(sql)?.value === value && kept.delete(sql));
    return value;
  };
  const reload = (sql: Pool, old: { isLoading: boolean }): void => {
    old.isLoading = true;
    load(sql).then(
      (fresh) => kept.set(sql, { at: performance.now(), value: Promise.resolve(fresh), isLoading: false }),
      () => {
        old.isLoading = false;
      },
    );
  };
  return {
    get(sql: Pool): Promise<Value> {
      const found = kept.get(sql);
      if (!found) return start(sql);
      if (performance.now() - found.at >= ttlMs && !found.isLoading) reload(sql, found);
      return found.value;
    },
    drop: (sql: Pool): void => void kept.delete(sql),
  };
}
