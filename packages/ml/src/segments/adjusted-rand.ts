/**
 * Adjusted Rand index of two labellings of the same rows (Hubert & Arabie 1985): 1 = the same groups, about 0 = chance. How stable
 * segments are from one training to the next.
 */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError('both labellings need the same rows');
  const [both, inA, inB] = [new Map<string, number>(), new Map<number, number>(), new Map<number, number>()];
  for (let row = 0; row < a.length; row++) {
    const key = `${a[row]} ${b[row]}`;
    both.set(key, (both.get(key) ?? 0) + 1);
    inA.set(a[row], (inA.get(a[row]) ?? 0) + 1);
    inB.set(b[row], (inB.get(b[row]) ?? 0) + 1);
  }
  const pairs = (counts: Iterable<number>) => Array.from(counts).reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const [together, ofA, ofB, all] = [pairs(both.values()), pairs(inA.values()), pairs(inB.values()), (a.length * (a.length - 1)) / 2];
  const chance = all > 0 ? (ofA * ofB) / all : 0;
  const most = (ofA + ofB) / 2;
  return most === chance ? 1 : (together - chance) / (most - chance);
}
