import type { Random } from '../random/random.ts';
import { type PreparedSeries, type WindowBatch, type WindowPlan, windowsAt } from './lstm-windows.ts';

/** Built when called: all windows of an epoch at once would need hundreds of megabytes. */
export type Windows = () => WindowBatch;

/** Draws windows whose first forecast step is in [first, last], without repeating one before all were drawn. */
export function windowSource(plan: WindowPlan, prepared: readonly PreparedSeries[], first: number, last: number, random: Random) {
  const origins = last - first + 1;
  const order = random.shuffle(Uint32Array.from({ length: prepared.length * origins }, (_, i) => i));
  let next = 0;
  return (most: number) => {
    if (next + Math.min(most, order.length) > order.length) {
      random.shuffle(order);
      next = 0;
    }
    const drawn = order.subarray(next, next + Math.min(most, order.length));
    next += drawn.length;
    return {
      count: drawn.length,
      at: (from: number, to: number): WindowBatch => {
        const picks = Array.from(drawn.subarray(from, to));
        return windowsAt(
          plan,
          picks.map((pick) => prepared[Math.floor(pick / origins)]),
          picks.map((pick) => first + (pick % origins)),
          true,
        );
      },
    };
  };
}

/** The drawn windows in parts of at most `size`. */
export function inBatches(drawn: { count: number; at(from: number, to: number): WindowBatch }, size: number): Windows[] {
  const starts = Array.from({ length: Math.ceil(drawn.count / size) }, (_, i) => i * size);
  return starts.map((start) => () => drawn.at(start, Math.min(drawn.count, start + size)));
}
