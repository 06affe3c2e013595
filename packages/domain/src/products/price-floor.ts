import { multiplyDivideUp } from '../shared/integer-arithmetic.ts';
import { BASIS_POINTS } from '../shared/money.ts';

export interface FlooredProduct {
  readonly costMinor: number | null;
  readonly floorMinor: number | null;
}

/**
 * The lowest unit price any promotion may reach: the larger of the shop's own floor and the price at which the margin
 * is still `marginFloorBasisPoints` of the price, cost ÷ (1 − margin), rounded up.
 * null where the cost is unknown: then no promotion at all, never a floor of 0.
 */
export function unitFloorMinor(product: FlooredProduct, marginFloorBasisPoints: number): number | null {
  if (product.costMinor === null) return null;
  const kept = BASIS_POINTS - marginFloorBasisPoints;
  if (kept <= 0) throw new RangeError(`a margin floor of ${marginFloorBasisPoints} basis points leaves no price`);
  const forMargin = multiplyDivideUp(product.costMinor, BASIS_POINTS, kept);
  return Math.max(product.floorMinor ?? 0, forMargin);
}
