import { BASIS_POINTS, percentOf, proportionOf, type Rounding } from '../shared/money.ts';
import type { Cart } from './cart.ts';

type TaxMode = Pick<Cart, 'pricesIncludeTax'>;

/** Tax of an amount as shown: contained in it where prices include tax, on top of it where they do not. Rounded once a line. */
export function taxOf(
  amountMinor: number,
  basisPoints: number | undefined,
  { pricesIncludeTax = true }: TaxMode,
  rounding: Rounding,
): number {
  const rate = basisPoints ?? 0;
  return pricesIncludeTax ? proportionOf(amountMinor, rate, BASIS_POINTS + rate, rounding) : percentOf(amountMinor, rate, rounding);
}

/** The part of a tax that is paid beside the price. */
export const addedTaxMinor = (taxMinor: number, { pricesIncludeTax = true }: TaxMode): number => (pricesIncludeTax ? 0 : taxMinor);
