/** Runs `work` for every item, at most `limit` at a time; the first fault stops taking new items and is thrown. */
export async function inParallel<Item>(items: readonly Item[], limit: number, work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const item = items[next] as Item;
      next += 1;
      try {
        await work(item);
      } catch (fault) {
        next = items.length;
        throw fault;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
}
