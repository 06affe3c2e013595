/** A category's key followed by those of all its ancestors; a loop in the parents ends the walk. */
export function categoryPath(key: string, parentOf: (key: string) => string | null | undefined): string[] {
  const path: string[] = [];
  for (let next: string | null | undefined = key; next && !path.includes(next); next = parentOf(next)) path.push(next);
  return path;
}

/** Share of the price that is margin, in basis points, rounded down; null where cost is unknown or the price is 0. */
export function marginBasisPoints(priceMinor: number, costMinor: number | null): number | null {
  if (costMinor === null || priceMinor <= 0) return null;
  return Math.floor(((priceMinor - costMinor) * 10_000) / priceMinor);
}
