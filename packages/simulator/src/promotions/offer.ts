import { CATEGORIES } from '../products/categories.ts';
import type { ShopDay } from '../activity/day.ts';
import type { Shop } from '../activity/shop.ts';

export type OfferKind =
  | 'percent_off'
  | 'amount_off'
  | 'spend_x_get_y_off'
  | 'coupon'
  | 'free_gift'
  | 'bundle_price'
  | 'flash_sale'
  | 'pre_sale';

/**
 * An offer as a shopper understands it. Without `skus` and `categoryKeys` it covers the whole shop.
 * `depthBasisPoints`: percent_off, coupon, flash_sale, pre_sale. `amountMinor`: taken off the covered lines once an order
 * (amount_off, spend_x_get_y_off, coupon), or the price of one of each sku together (bundle_price).
 * `thresholdMinor`: least spending on covered lines. `giftSku`: free_gift. `requiresCode`: nothing happens without the code, which is `id`.
 */
export type Offer = {
  readonly id: string;
  readonly kind: OfferKind;
  readonly skus?: readonly string[];
  readonly categoryKeys?: readonly string[];
  readonly depthBasisPoints?: number;
  readonly amountMinor?: number;
  readonly thresholdMinor?: number;
  readonly giftSku?: string;
  readonly requiresCode?: boolean;
};

/** The offers one user may see today. Return the same array for users with the same offers: it is read once a day. */
export type OfferLookup = (userExternalId: string) => readonly Offer[];

const NO_OFFERS: readonly Offer[] = [];
export const noOffers: OfferLookup = () => NO_OFFERS;

export const needsCode = (offer: Offer) => offer.requiresCode ?? offer.kind === 'coupon';

/** Product indexes an offer covers. */
export function coveredProducts(shop: Shop, offer: Offer): number[] {
  if (offer.skus === undefined && offer.categoryKeys === undefined) return shop.products.map((product) => product.index);
  const bySku = (offer.skus ?? []).map((sku) => shop.productIndexBySku.get(sku)).filter((index) => index !== undefined);
  const byCategory = (offer.categoryKeys ?? [])
    .map((key) => shop.categoryIndexByKey.get(key))
    .filter((index) => index !== undefined)
    .flatMap((index) => [...shop.shelves[index]]);
  return [...new Set([...bySku, ...byCategory])];
}

/** What a set of offers looks like before any cart exists: depth 0..1 per product, with and without codes, and how loudly each category calls. */
export type OfferView = {
  readonly depth: Float64Array;
  readonly codeDepth: Float64Array;
  readonly call: Float64Array;
  readonly codeCall: Float64Array;
};

const USUAL_CART_MINOR = 2_500;
const THRESHOLD_BELIEF = 0.7;
const URGENCY: Partial<Record<OfferKind, number>> = { flash_sale: 1.8, pre_sale: 0.6, free_gift: 1.3 };

function perceivedDepth(shop: Shop, offer: Offer, covered: readonly number[]): number {
  if (offer.depthBasisPoints !== undefined) return (offer.depthBasisPoints / 10_000) * (offer.thresholdMinor ? THRESHOLD_BELIEF : 1);
  if (offer.kind === 'bundle_price') {
    const sum = covered.reduce((total, index) => total + shop.products[index].priceMinor, 0);
    return sum > 0 ? Math.max(0, 1 - (offer.amountMinor ?? sum) / sum) * 0.5 : 0;
  }
  const gift = shop.productIndexBySku.get(offer.giftSku ?? '');
  const worthMinor =
    offer.kind === 'free_gift' ? (gift === undefined ? 0 : shop.products[gift].priceMinor * 0.6) : (offer.amountMinor ?? 0);
  return Math.min(0.5, (THRESHOLD_BELIEF * worthMinor) / Math.max(USUAL_CART_MINOR, offer.thresholdMinor ?? 0, worthMinor));
}

/** Summarises offers for the choice of products and the wish to visit. */
export function viewOffers(shop: Shop, day: ShopDay, offers: readonly Offer[]): OfferView {
  const count = shop.products.length;
  const view = {
    depth: new Float64Array(count),
    codeDepth: new Float64Array(count),
    call: new Float64Array(CATEGORIES.length),
    codeCall: new Float64Array(CATEGORIES.length),
  };
  for (let c = 0; c < CATEGORIES.length; c++) view.call[c] = day.cutCall[c];
  for (const offer of offers) {
    const covered = coveredProducts(shop, offer);
    const depth = perceivedDepth(shop, offer, covered);
    const [depths, calls] = needsCode(offer) ? [view.codeDepth, view.codeCall] : [view.depth, view.call];
    for (const index of covered) {
      depths[index] = Math.max(depths[index], depth);
      const category = shop.products[index].categoryIndex;
      calls[category] += (depth * (URGENCY[offer.kind] ?? 1)) / shop.shelves[category].length;
    }
  }
  return view;
}
