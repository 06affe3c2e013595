import type { EntityName } from '@mikro-orm/core';
import type { Deps } from '@promolift/services';
import DataLoader from 'dataloader';

/** Loads entities by id, one statement for all ids asked in the same tick; null where there is none. */
export function entityLoader<Entity extends { id: string }>(deps: Deps, entity: EntityName<Entity>): DataLoader<string, Entity | null> {
  return new DataLoader(async (ids) => {
    const rows = await deps.em.find<Entity>(entity, { id: { $in: [...ids] } } as never);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Loads lists by a key, one statement for all keys: `load` gets the keys, each row says its key. */
export function listLoader<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const row of await load(keys)) groups.get(keyOf(row))?.push(row);
    return keys.map((key) => groups.get(key) ?? []);
  });
}

/** Loads one value by a key, one statement for all keys; null where there is none. */
export function valueLoader<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const byKey = new Map((await load(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}
