import DataLoader from 'dataloader';

/** A relation with one argument: which parent, and how many rows (or days) of it. */
export type PerParent = { id: string; count: number };

/** Loads lists per parent with a limit each: one statement per distinct limit asked in the same tick, whatever the number of parents. */
export function perParentLoader<Row>(
  load: (ids: readonly string[], count: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<PerParent, Row[], string> {
  return new DataLoader<PerParent, Row[], string>(
    async (keys) => {
      const counts = [...new Set(keys.map(({ count }) => count))];
      const groups = new Map<string, Row[]>(keys.map(({ id, count }) => [`${id} ${count}`, []]));
      await Promise.all(
        counts.map(async (count) => {
          const ids = keys.filter((key) => key.count === count).map(({ id }) => id);
          for (const row of await load(ids, count)) groups.get(`${keyOf(row)} ${count}`)?.push(row);
        }),
      );
      return keys.map(({ id, count }) => groups.get(`${id} ${count}`) ?? []);
    },
    { cacheKeyFn: ({ id, count }) => `${id} ${count}` },
  );
}
