/** Items that occur together in `count` baskets; items ascend. */
export interface Itemset {
  items: number[];
  count: number;
}

export interface ItemsetOptions {
  /** Baskets an itemset must be in at least. */
  minimumCount: number;
  /** Items of a set at most. */
  maximumItems: number;
}

/** A prefix tree in arrays: node 0 is the root, nodes of one item are chained by `next`. Items are places in the order of frequency. */
interface Tree {
  item: number[];
  count: number[];
  parent: number[];
  next: number[];
  children: Map<number, number>;
  /** Newest node of each item, 0 without one. */
  head: Int32Array;
  /** Baskets with each item. */
  totals: Float64Array;
}

/**
 * All itemsets in at least `minimumCount` baskets, by FP-growth (Han, Pei & Yin 2000): baskets, most frequent items first, share a prefix tree;
 * each item's prefixes form a smaller tree, and so on. No candidate is made that does not occur.
 */
export function frequentItemsets(baskets: readonly ArrayLike<number>[], options: ItemsetOptions): Itemset[] {
  const counts = new Map<number, number>();
  const unique = baskets.map((basket) => [...new Set(Array.from(basket))]);
  for (const basket of unique) for (const item of basket) counts.set(item, (counts.get(item) ?? 0) + 1);
  const frequent = [...counts].filter(([, count]) => count >= options.minimumCount).sort(([a, n], [b, m]) => m - n || a - b);
  const names = frequent.map(([item]) => item);
  const placeOf = new Map(names.map((item, place) => [item, place]));
  const tree = emptyTree(names.length);
  for (const basket of unique) {
    const places = basket.flatMap((item) => placeOf.get(item) ?? []);
    insert(
      tree,
      places.sort((a, b) => a - b),
      1,
    );
  }
  const found: Itemset[] = [];
  grow(tree, [], options, (places, count) => {
    found.push({ items: places.map((place) => names[place]).sort((a, b) => a - b), count });
  });
  return found;
}

const emptyTree = (items: number): Tree => ({
  item: [-1],
  count: [0],
  parent: [0],
  next: [0],
  children: new Map(),
  head: new Int32Array(items),
  totals: new Float64Array(items),
});

/** Adds `count` baskets with these places, ascending. */
function insert(tree: Tree, places: readonly number[], count: number): void {
  let node = 0;
  for (const place of places) {
    const key = node * tree.head.length + place;
    let child = tree.children.get(key);
    if (child === undefined) {
      child = tree.item.push(place) - 1;
      tree.count.push(0);
      tree.parent.push(node);
      tree.next.push(tree.head[place]);
      tree.head[place] = child;
      tree.children.set(key, child);
    }
    tree.count[child] += count;
    tree.totals[place] += count;
    node = child;
  }
}

function grow(tree: Tree, suffix: readonly number[], options: ItemsetOptions, found: (places: number[], count: number) => void): void {
  for (let place = tree.head.length - 1; place >= 0; place--) {
    if (tree.totals[place] < options.minimumCount) continue;
    const itemset = [place, ...suffix];
    found(itemset, tree.totals[place]);
    if (itemset.length < options.maximumItems) grow(conditional(tree, place, options.minimumCount), itemset, options, found);
  }
}

/** The tree of what stands before `place`, frequent items only. */
function conditional(tree: Tree, place: number, minimumCount: number): Tree {
  const totals = new Float64Array(place);
  const paths: { places: number[]; count: number }[] = [];
  for (let node = tree.head[place]; node !== 0; node = tree.next[node]) {
    const places: number[] = [];
    for (let above = tree.parent[node]; above !== 0; above = tree.parent[above]) places.push(tree.item[above]);
    for (const one of places) totals[one] += tree.count[node];
    if (places.length > 0) paths.push({ places: places.reverse(), count: tree.count[node] });
  }
  const smaller = emptyTree(place);
  for (const { places, count } of paths) {
    insert(
      smaller,
      places.filter((one) => totals[one] >= minimumCount),
      count,
    );
  }
  return smaller;
}
