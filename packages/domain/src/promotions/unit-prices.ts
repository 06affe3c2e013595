import { firstUnitsMinor, type UnitRun, unitRuns } from '../shared/unit-shares.ts';
import type { LineAllocation } from './live-promotion.ts';

/** A line as it was paid. `originalMinor` is divisible by `quantity`; `addedTaxMinor` is tax on top of the price, 0 where prices include it. */
export interface PaidLine {
  readonly quantity: number;
  readonly originalMinor: number;
  readonly addedTaxMinor: number;
  /** In the order in which the promotions applied. */
  readonly allocations: readonly LineAllocation[];
}

export interface UnitsShare {
  /** What was paid for exactly these units, tax included. */
  readonly paidMinor: number;
  /** What each promotion took off exactly these units; those that took nothing are missing. */
  readonly allocations: readonly LineAllocation[];
}

/**
 * What `units` units of a line cost and who discounted them, after `before` units went the same way. Units count from the first,
 * so any sequence of partial returns adds up to what was paid for the line, and for every promotion to what it gave.
 */
export function unitsShare(line: PaidLine, before: number, units: number): UnitsShare {
  const part = (amountMinor: number) =>
    firstUnitsMinor(amountMinor, before + units, line.quantity) - firstUnitsMinor(amountMinor, before, line.quantity);
  let givenMinor = 0;
  const allocations = line.allocations.flatMap((allocation): LineAllocation[] => {
    const amountMinor = part(givenMinor + allocation.amountMinor) - part(givenMinor);
    givenMinor += allocation.amountMinor;
    return amountMinor === 0 ? [] : [{ ...allocation, amountMinor }];
  });
  return { paidMinor: part(line.originalMinor) - part(givenMinor) + part(line.addedTaxMinor), allocations };
}

/** Discount of each unit of a line. */
export const discountPerUnit = ({ quantity, allocations }: PaidLine): UnitRun[] =>
  unitRuns(
    allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    quantity,
  );

/** What each unit costs: its price less its share of the discount, without tax on top. */
export const pricePerUnit = (line: PaidLine): UnitRun[] =>
  discountPerUnit(line).map(({ units, amountMinor }) => ({ units, amountMinor: line.originalMinor / line.quantity - amountMinor }));

/** What one promotion takes off each unit; null if it took nothing off this line. */
export function promotionPerUnit({ quantity, allocations }: PaidLine, promotionId: string): UnitRun[] | null {
  const index = allocations.findIndex((allocation) => allocation.promotionId === promotionId);
  const own = allocations[index];
  if (!own) return null;
  const beforeMinor = allocations.slice(0, index).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return unitRuns(own.amountMinor, quantity, beforeMinor);
}
