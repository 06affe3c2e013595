/** A clock that stands still until told otherwise. */
export type FixedClock = { now: () => Date; set: (at: Date) => void; advance: (durationMs: number) => void };

/** Tuesday noon, UTC, far from any clock change. */
export const NOON = new Date('2026-03-10T12:00:00Z');

export function fixedClock(at: Date = NOON): FixedClock {
  let nowMs = at.getTime();
  return {
    now: () => new Date(nowMs),
    set: (to) => {
      nowMs = to.getTime();
    },
    advance: (durationMs) => {
      nowMs += durationMs;
    },
  };
}

/** Valid UUIDv7s that are the same in every run: the n-th id of a seed never changes. */
export function seededIds(seed = 1, at: Date = NOON): () => string {
  let count = 0;
  return () => {
    count += 1;
    const time = (at.getTime() + count).toString(16).padStart(12, '0');
    const tail = (BigInt(seed) * 1_000_000n + BigInt(count)).toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail.slice(-12)}`;
  };
}
