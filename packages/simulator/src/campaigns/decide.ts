import type { ShopState } from '../activity/state.ts';
import { draw, PURPOSE } from '../shared/draws.ts';
import type { CartLine, Quote, QuoteLine } from '../promotions/quote-cart.ts';
import type { Visit } from './visits.ts';
import { choiceTime, outsideTime, priceFactor, unitsWanted, usesCode } from './wants.ts';

/** What a shopper does with a quote: enter a code or add a product (quote again and ask again), buy, or leave. */
export type Choice =
  | { readonly kind: 'enter_code'; readonly code: string }
  | { readonly kind: 'add_product'; readonly sku: string; readonly quantity: number }
  | { readonly kind: 'buy'; readonly lines: readonly CartLine[] }
  | { readonly kind: 'abandon'; readonly reason: 'price' | 'checkout' };

const HALO_CONVERSION = 0.4;
const CHECKOUT_LOSS = 0.1;

function keptQuantity(state: ShopState, visit: Visit, line: QuoteLine, kept: ReadonlySet<number>): number {
  const { seed } = state.shop.config;
  const { user, day } = visit;
  const index = state.shop.productIndexBySku.get(line.sku);
  if (index === undefined) throw new RangeError(`The shop has no product ${line.sku}.`);
  const want = visit.wants.find((each) => each.product === index);
  if (want === undefined) return line.quantity; // Added for a reward just before, so it stays.
  const { categoryIndex, priceMinor } = state.shop.products[index];
  const ratio = line.totalMinor / line.quantity / priceMinor;
  if (want.anchor >= 0) {
    const isKept =
      kept.has(want.anchor) &&
      draw(seed, user.index, day.index, PURPOSE.haloChoice, index) < HALO_CONVERSION * Math.sqrt(priceFactor(user, categoryIndex, ratio));
    return isKept ? want.quantity : 0;
  }
  if (choiceTime(state, user, day, index, ratio) >= outsideTime(state, user, day, categoryIndex)) return 0;
  return unitsWanted(seed, user, day.index, index, categoryIndex, ratio);
}

function addedProduct(state: ShopState, visit: Visit, quote: Quote): Choice | null {
  const { user, day } = visit;
  const { products, productIndexBySku, config } = state.shop;
  if (quote.lines.some((line) => !line.isGift && !visit.cart.some((wanted) => wanted.sku === line.sku))) return null;
  const totalMinor = quote.lines.reduce((sum, line) => sum + line.totalMinor, 0);
  for (const { missingMinor, rewardMinor, skus } of quote.nearMisses) {
    const urge = 0.6 * user.offerResponsiveness * Math.min(1.2, rewardMinor / Math.max(1, missingMinor));
    if (missingMinor > 0.4 * totalMinor || draw(config.seed, user.index, day.index, PURPOSE.nearMiss) >= urge) continue;
    const candidates = (
      skus ? skus.map((sku) => productIndexBySku.get(sku)).filter((index) => index !== undefined) : products.map((product) => product.index)
    ).filter(
      (index) =>
        day.presence[index] > 0 &&
        day.shelfMinor[index] >= missingMinor &&
        day.shelfMinor[index] <= 2.5 * missingMinor + 200 &&
        !visit.wants.some((want) => want.product === index),
    );
    const [best] = candidates
      .map((index) => ({ index, time: choiceTime(state, user, day, index, 1) / Math.max(0.01, user.needs[products[index].categoryIndex]) }))
      .sort((a, b) => a.time - b.time);
    if (best !== undefined) return { kind: 'add_product', sku: products[best.index].sku, quantity: 1 };
  }
  return null;
}

/**
 * The shopper's answer to a quote of the visit's cart. Pure: the same visit and quote give the same answer.
 * A line is kept when its product still beats buying nothing at the quoted price.
 */
export function decide(state: ShopState, visit: Visit, quote: Quote): Choice {
  const { seed } = state.shop.config;
  const kept = new Set<number>();
  const lines: CartLine[] = [];
  for (const line of quote.lines) {
    if (line.isGift) continue;
    const quantity = keptQuantity(state, visit, line, kept);
    if (quantity === 0) continue;
    kept.add(state.shop.productIndexBySku.get(line.sku) ?? -1);
    lines.push({ sku: line.sku, quantity });
  }
  const code = [...quote.codes].sort((a, b) => b.amountMinor - a.amountMinor)[0];
  if (code !== undefined && usesCode(seed, visit.user, visit.day.index)) return { kind: 'enter_code', code: code.code };
  if (!lines.some((line) => visit.cart.some((wanted) => wanted.sku === line.sku))) return { kind: 'abandon', reason: 'price' };
  if (draw(seed, visit.user.index, visit.day.index, PURPOSE.checkout) < CHECKOUT_LOSS) return { kind: 'abandon', reason: 'checkout' };
  return addedProduct(state, visit, quote) ?? { kind: 'buy', lines };
}
