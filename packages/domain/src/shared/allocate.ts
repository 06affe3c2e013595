import { multiplyDivide, requireWhole } from './integer-arithmetic.ts';

/**
 * Splits an amount over lines in proportion to weights by largest remainder (Hamilton's method).
 * `rooms[i]` caps line i; what does not fit goes to the lines that still have room, in proportion again.
 * Lines of weight 0 get nothing. Equal remainders go to the smaller key (default: the index), so with keys
 * the answer does not depend on the order of lines.
 * Sum of the answer = min(amount, sum of the rooms of weighted lines). Throws RangeError for anything but whole numbers ≥ 0.
 */
export function allocate(amountMinor: number, weights: readonly number[], rooms?: readonly number[], keys?: readonly string[]): number[] {
  requireWhole(amountMinor, 'amount');
  weights.forEach((weight) => requireWhole(weight, 'weight'));
  rooms?.forEach((room) => requireWhole(room, 'room'));
  const shares = weights.map(() => 0);
  let active = weights.map((_, index) => index).filter((index) => at(weights, index) > 0);
  let left = amountMinor;
  while (left > 0 && active.length > 0) {
    const weightSum = active.reduce((sum, index) => sum + at(weights, index), 0);
    const full = rooms ? active.filter((index) => isOverfull(left, at(weights, index), weightSum, at(rooms, index))) : [];
    if (full.length === 0 || !rooms) {
      divide(left, weights, weightSum, active, shares, keys);
      return shares;
    }
    for (const index of full) {
      shares[index] = at(rooms, index);
      left -= at(rooms, index);
    }
    active = active.filter((index) => !full.includes(index));
  }
  return shares;
}

/** Is the exact share above the room? A share of exactly the room is not. */
function isOverfull(amount: number, weight: number, weightSum: number, room: number): boolean {
  const { quotient, remainder } = multiplyDivide(amount, weight, weightSum);
  return quotient > room || (quotient === room && remainder > 0);
}

function divide(
  amount: number,
  weights: readonly number[],
  weightSum: number,
  active: number[],
  shares: number[],
  keys?: readonly string[],
): void {
  let left = amount;
  const remainders = active.map((index) => {
    const { quotient, remainder } = multiplyDivide(amount, at(weights, index), weightSum);
    shares[index] = quotient;
    left -= quotient;
    return { index, remainder };
  });
  remainders.sort((a, b) => b.remainder - a.remainder || compareKeys(a.index, b.index, keys));
  for (const { index } of remainders.slice(0, left)) shares[index] = at(shares, index) + 1;
}

function compareKeys(a: number, b: number, keys?: readonly string[]): number {
  const keyA = keys?.[a];
  const keyB = keys?.[b];
  if (keyA === undefined || keyB === undefined || keyA === keyB) return a - b;
  return keyA < keyB ? -1 : 1;
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no value at ${index}: weights and rooms must have one length`);
  return value;
}
