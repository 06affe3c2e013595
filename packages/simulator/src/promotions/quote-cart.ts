import type { ShopDay } from '../activity/day.ts';
import type { Shop } from '../activity/shop.ts';
import { coveredProducts, needsCode, type Offer } from './offer.ts';

export type CartLine = { readonly sku: string; readonly quantity: number };

/** `totalMinor` is what the whole line costs after every discount. A gift costs 0 and was not asked for. */
export type QuoteLine = CartLine & { readonly totalMinor: number; readonly isGift?: boolean };

/** What the shop answers to a cart. `codes` are offered and not yet entered; `missingMinor` is what is left to spend for `rewardMinor`. */
export type Quote = {
  readonly lines: readonly QuoteLine[];
  readonly applied: readonly { readonly id: string; readonly amountMinor: number }[];
  readonly codes: readonly { readonly code: string; readonly amountMinor: number }[];
  readonly nearMisses: readonly { readonly missingMinor: number; readonly rewardMinor: number; readonly skus?: readonly string[] }[];
};

type Priced = { index: number; sku: string; quantity: number; totalMinor: number };

/** Takes `amountMinor` off the lines in proportion to their totals; the last line carries the rounding. */
function spread(lines: readonly Priced[], amountMinor: number): number {
  const total = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const off = Math.min(amountMinor, total);
  let restOff = off;
  let restTotal = total;
  for (const line of lines) {
    const share = restTotal > 0 ? Math.round((restOff * line.totalMinor) / restTotal) : 0;
    restTotal -= line.totalMinor;
    line.totalMinor -= share;
    restOff -= share;
  }
  return off;
}

function worthOf(offer: Offer, covered: readonly Priced[]): number {
  const total = covered.reduce((sum, line) => sum + line.totalMinor, 0);
  const { depthBasisPoints } = offer;
  if (depthBasisPoints !== undefined)
    return covered.reduce((sum, line) => sum + Math.floor((line.totalMinor * depthBasisPoints) / 10_000), 0);
  return Math.min(total, offer.amountMinor ?? 0);
}

function bundleWorth(shop: Shop, day: ShopDay, offer: Offer, covered: readonly Priced[]): number {
  const skus = offer.skus ?? [];
  if (skus.length === 0 || skus.some((sku) => !covered.some((line) => line.sku === sku))) return 0;
  const sets = Math.min(...covered.map((line) => line.quantity));
  const single = skus.reduce((sum, sku) => sum + day.shelfMinor[shop.productIndexBySku.get(sku) ?? 0], 0);
  return Math.max(0, sets * (single - (offer.amountMinor ?? single)));
}

/**
 * Prices a cart the way the simulated shop's own till does: shelf prices, then offers in the given order on what is left.
 * `codes` are the ids of offers whose code the shopper entered.
 */
export function quoteCart(shop: Shop, day: ShopDay, cart: readonly CartLine[], offers: readonly Offer[], codes: readonly string[]): Quote {
  const lines = cart.map((line): Priced => {
    const index = shop.productIndexBySku.get(line.sku);
    if (index === undefined) throw new RangeError(`The shop has no product ${line.sku}.`);
    return { ...line, index, totalMinor: day.shelfMinor[index] * line.quantity };
  });
  const quote = {
    applied: [] as { id: string; amountMinor: number }[],
    codes: [] as { code: string; amountMinor: number }[],
    nearMisses: [] as { missingMinor: number; rewardMinor: number; skus?: readonly string[] }[],
  };
  const gifts: QuoteLine[] = [];
  for (const offer of offers) {
    const scope = new Set(coveredProducts(shop, offer));
    const covered = lines.filter((line) => scope.has(line.index));
    const spentMinor = covered.reduce((sum, line) => sum + line.totalMinor, 0);
    if (spentMinor === 0) continue;
    const gift = offer.kind === 'free_gift' ? shop.products[shop.productIndexBySku.get(offer.giftSku ?? '') ?? -1] : undefined;
    const worth = offer.kind === 'bundle_price' ? bundleWorth(shop, day, offer, covered) : (gift?.priceMinor ?? worthOf(offer, covered));
    const missingMinor = (offer.thresholdMinor ?? 0) - spentMinor;
    if (missingMinor > 0)
      quote.nearMisses.push({
        missingMinor,
        rewardMinor: Math.max(worth, offer.amountMinor ?? 0),
        ...(offer.skus ? { skus: offer.skus } : {}),
      });
    else if (worth <= 0) continue;
    else if (needsCode(offer) && !codes.includes(offer.id)) quote.codes.push({ code: offer.id, amountMinor: worth });
    else if (gift) {
      gifts.push({ sku: gift.sku, quantity: 1, totalMinor: 0, isGift: true });
      quote.applied.push({ id: offer.id, amountMinor: 0 });
    } else quote.applied.push({ id: offer.id, amountMinor: spread(covered, worth) });
  }
  return { lines: [...lines.map(({ sku, quantity, totalMinor }) => ({ sku, quantity, totalMinor })), ...gifts], ...quote };
}
