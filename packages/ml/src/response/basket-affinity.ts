/** Baskets × items, compressed by rows; an item counts once a basket. */
export interface Baskets {
  /** [baskets + 1] */
  offsets: ArrayLike<number>;
  /** [offsets at the end] */
  items: ArrayLike<number>;
  itemCount: number;
}

/** Two items bought together; a < b. */
export interface ItemPair {
  a: number;
  b: number;
  /** Baskets with both. */
  count: number;
  /** count ÷ baskets. */
  support: number;
  /** Share of baskets with a that also hold b. */
  confidenceAToB: number;
  confidenceBToA: number;
  /** How many times more often together than if they had nothing to do with each other. */
  lift: number;
}

/** All pairs in at least `minCount` baskets, counted exactly, highest lift first. Items under `minCount` are dropped before counting pairs. */
export function itemPairs({ offsets, items, itemCount }: Baskets, minCount: number): ItemPair[] {
  const baskets = offsets.length - 1;
  const singles = new Int32Array(itemCount);
  const rows = Array.from({ length: baskets }, (_, basket) => {
    const row = new Set<number>();
    for (let at = offsets[basket]; at < offsets[basket + 1]; at++) row.add(items[at]);
    for (const item of row) singles[item]++;
    return row;
  });
  const counts = new Map<number, number>();
  for (const row of rows) {
    const frequent = [...row].filter((item) => singles[item] >= minCount).sort((x, y) => x - y);
    for (let i = 0; i < frequent.length; i++) {
      for (let j = i + 1; j < frequent.length; j++) {
        const key = frequent[i] * itemCount + frequent[j];
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return Array.from(counts)
    .filter(([, count]) => count >= minCount)
    .map(([key, count]): ItemPair => {
      const [a, b] = [Math.floor(key / itemCount), key % itemCount];
      return {
        a,
        b,
        count,
        support: count / baskets,
        confidenceAToB: count / singles[a],
        confidenceBToA: count / singles[b],
        lift: (count * baskets) / (singles[a] * singles[b]),
      };
    })
    .sort((x, y) => y.lift - x.lift || x.a - y.a || x.b - y.b);
}
