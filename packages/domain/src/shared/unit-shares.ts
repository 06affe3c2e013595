/** `units` neighbouring units of a line that each carry `amountMinor`. */
export interface UnitRun {
  readonly units: number;
  readonly amountMinor: number;
}

/**
 * What the first `units` of `quantity` equal units carry of an amount. Largest remainder: all remainders are equal, so the
 * first units carry the minor units that do not divide. Never falls when the amount grows, for every single unit.
 */
export function firstUnitsMinor(amountMinor: number, units: number, quantity: number): number {
  const rest = amountMinor % quantity;
  return units * ((amountMinor - rest) / quantity) + Math.min(units, rest);
}

/**
 * The share of every unit in an amount that came on top of `beforeMinor`, as runs of equal shares (at most 3, however many
 * units). Split on top of what is there already, shares of several amounts add up to the shares of their sum.
 */
export function unitRuns(amountMinor: number, quantity: number, beforeMinor = 0): UnitRun[] {
  const upTo = (units: number) =>
    firstUnitsMinor(beforeMinor + amountMinor, units, quantity) - firstUnitsMinor(beforeMinor, units, quantity);
  const edges = [...new Set([0, beforeMinor % quantity, (beforeMinor + amountMinor) % quantity, quantity])].sort((a, b) => a - b);
  const runs: UnitRun[] = [];
  for (const [index, edge] of edges.slice(1).entries()) {
    const units = edge - (edges[index] ?? 0);
    const each = (upTo(edge) - upTo(edge - units)) / units;
    const last = runs.at(-1);
    if (last?.amountMinor === each) runs[runs.length - 1] = { units: last.units + units, amountMinor: each };
    else runs.push({ units, amountMinor: each });
  }
  return runs;
}
