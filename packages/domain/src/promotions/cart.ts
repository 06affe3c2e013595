import { z } from 'zod';
import { CurrencyCode } from '../shared/currencies.ts';
import { AmountMinor, BasisPoints } from '../shared/money.ts';

/** One line of a cart as our own catalogue prices it; a storefront's own discount claims have no field here. */
export const CartLine = z.object({
  id: z.string().min(1).max(200),
  sku: z.string().min(1).max(200),
  quantity: z.int().min(1).max(100_000),
  unitPriceMinor: AmountMinor,
  /** Per unit; null = unknown, and then no promotion touches the line. */
  costMinor: AmountMinor.nullable(),
  /** Lowest price per unit the shop allows; null = only cost and margin floor bind. */
  floorMinor: AmountMinor.nullable(),
  /** The product's category and all its ancestors. */
  categoryKeys: z.array(z.string()).max(50),
  attributes: z.record(z.string(), z.string()).optional(),
  /** Units in stock; null = not counted. */
  stock: z.int().min(0).nullable(),
  /** Absent = no tax. */
  taxBasisPoints: BasisPoints.optional(),
});
export type CartLine = z.infer<typeof CartLine>;

export const Cart = z
  .object({
    currency: CurrencyCode,
    lines: z.array(CartLine).max(500),
    codes: z.array(z.string().min(1).max(100)).max(20).default([]),
    shippingMinor: AmountMinor.default(0),
    /** Of shipping; absent = no tax. */
    shippingTaxBasisPoints: BasisPoints.optional(),
    /** Prices and shipping as shown; absent = they do. Discounts are of the price as shown. */
    pricesIncludeTax: z.boolean().optional(),
    /** Where the shopper is, for example `web`; absent = unknown, as with the next two. */
    channel: z.string().trim().min(1).max(50).optional(),
    /** ISO 3166-1 alpha-2, of the delivery. */
    country: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{2}$/, { error: 'not an ISO 3166 code of two letters' })
      .optional(),
    paymentMethod: z.string().trim().min(1).max(50).optional(),
    /** Which gifts the shopper chose, where a promotion lets them choose. */
    chosenGiftSkus: z.array(z.string().min(1).max(200)).max(20).optional(),
  })
  .refine((cart) => new Set(cart.lines.map((line) => line.id)).size === cart.lines.length, {
    error: 'two lines have one id',
    path: ['lines'],
  })
  .refine((cart) => cart.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0) <= 1e15, {
    error: 'the cart is worth too much',
    path: ['lines'],
  });
export type Cart = z.infer<typeof Cart>;

/** Codes compare without case, outer blanks and full-width forms. */
export const normalCode = (code: string): string => code.normalize('NFKC').trim().toUpperCase();
