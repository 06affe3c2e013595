import type { ShopPicture } from '../propose/shop-picture.ts';
import type { Counts } from './count-limits.ts';

/** One content, rehearsed on one picture of the shop. */
type Run = { picture: ShopPicture; key: string };
/** What rehearsals of each picture had counted after a slice, for whoever asks for the next one. */
const countsAfter = new WeakMap<ShopPicture, Map<string, Counts>>();
const MOST_KEPT = 20;

export function keepCounts({ picture, key }: Run, after: number, counts: Counts): void {
  const kept = countsAfter.get(picture) ?? new Map<string, Counts>();
  countsAfter.set(picture, kept);
  kept.set(`${key} ${after}`, counts);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

/** They are counted on by whoever takes them, so each is taken once. */
export function takeCounts({ picture, key }: Run, after: number): Counts | undefined {
  const kept = countsAfter.get(picture);
  const counts = kept?.get(`${key} ${after}`);
  kept?.delete(`${key} ${after}`);
  return counts;
}
