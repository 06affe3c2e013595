import type { Slice } from './rehearse.actions.ts';

const MOST_EXAMPLES = 5;
const plus = (a: Slice['discount'], b: Slice['discount']) => ({ ...a, amountMinor: a.amountMinor + b.amountMinor });

/** Two slices as one: what has been rehearsed so far. */
export function addSlice(before: Slice | null, slice: Slice): Slice {
  if (!before) return slice;
  return {
    ...slice,
    cartCount: before.cartCount + slice.cartCount,
    touchedCount: before.touchedCount + slice.touchedCount,
    unknownCount: before.unknownCount + slice.unknownCount,
    discount: plus(before.discount, slice.discount),
    marginBefore: plus(before.marginBefore, slice.marginBefore),
    marginAfter: plus(before.marginAfter, slice.marginAfter),
    limited: merged(before.limited, slice.limited, ({ reason }) => reason),
    refused: merged(before.refused, slice.refused, ({ reason }) => reason),
    collisions: merged(before.collisions, slice.collisions, ({ outcome, campaign }) => `${campaign.id} ${outcome}`),
    examples: [...before.examples, ...slice.examples].sort((a, b) => b.saving.amountMinor - a.saving.amountMinor).slice(0, MOST_EXAMPLES),
  };
}

/** Counts with the same key are added; most carts first. */
function merged<Row extends { readonly cartCount: number }>(
  before: readonly Row[],
  more: readonly Row[],
  keyOf: (row: Row) => string,
): Row[] {
  const sums = new Map<string, Row>();
  for (const row of [...before, ...more]) {
    const known = sums.get(keyOf(row));
    sums.set(keyOf(row), known ? { ...known, cartCount: known.cartCount + row.cartCount } : row);
  }
  return [...sums.values()].sort((a, b) => b.cartCount - a.cartCount);
}
