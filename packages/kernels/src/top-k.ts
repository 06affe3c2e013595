/**
 * The `k` highest scores' indices, best first; equal scores in order of index, NaN never. `isAllowed` leaves out indices; it is
 * asked only about those that would be kept. A heap of k: O(n log k).
 */
export function topK(scores: ArrayLike<number>, k: number, isAllowed: (index: number) => boolean = () => true): Uint32Array<ArrayBuffer> {
  const heap: number[] = []; // The worst kept index is the root.
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i])) continue;
    if (heap.length < k) {
      if (!isAllowed(i)) continue;
      heap.push(i);
      siftUp(heap, scores);
    } else if (k > 0 && isWorse(heap[0], i, scores) && isAllowed(i)) {
      heap[0] = i;
      siftDown(heap, scores);
    }
  }
  return Uint32Array.from(heap.sort((a, b) => (isWorse(a, b, scores) ? 1 : -1)));
}

function isWorse(a: number, b: number, scores: ArrayLike<number>): boolean {
  return scores[a] < scores[b] || (scores[a] === scores[b] && a > b);
}

function siftUp(heap: number[], scores: ArrayLike<number>): void {
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isWorse(heap[at], heap[parent], scores)) return;
    [heap[at], heap[parent]] = [heap[parent], heap[at]];
    at = parent;
  }
}

function siftDown(heap: number[], scores: ArrayLike<number>): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) return;
    const child = left + 1 < heap.length && isWorse(heap[left + 1], heap[left], scores) ? left + 1 : left;
    if (!isWorse(heap[child], heap[at], scores)) return;
    [heap[at], heap[child]] = [heap[child], heap[at]];
    at = child;
  }
}
