import {
  type BacktestSummary,
  type Cart as DomainCart,
  type CampaignContent,
  evaluateCart,
  giftSkusOf,
  leavesOf,
  type GiftSupply,
  livePromotionsOf,
  normalCode,
  UNKNOWN_SHOPPER,
  untouchedRemains,
} from '@promolift/domain';
import type { Cart } from './carts.ts';
import { dayOf } from './shop-days.ts';
import type { ShopPicture } from './shop-picture.ts';

const MOST_CARTS = 3_000;
export const WINDOW_DAYS = 28;
const CHUNK = 250;
const DAY_MS = 86_400_000;

/** The campaign's rules replayed over the newest past carts of four weeks, as they were: nobody buys more, everybody has a code. */
export async function backtest(picture: ShopPicture, content: CampaignContent): Promise<BacktestSummary | null> {
  const since = picture.now.getTime() - WINDOW_DAYS * DAY_MS;
  const carts = picture.carts.filter(({ at }) => at.getTime() >= since).slice(0, MOST_CARTS);
  const [newest, oldest] = [carts[0], carts.at(-1)];
  if (!newest || !oldest) return null;
  const promotions = livePromotionsOf(
    content,
    { campaignId: 'backtest', version: 1, holdoutSalt: 'backtest' },
    untouchedRemains(content, giftsOf(picture, content)),
  ).map((promotion) => ({ ...promotion, requiredCodes: null }));
  const codes = codesOf(content);
  const now = new Date(Date.parse(content.schedule.startsAt) + 1);
  const sum = { cartsWithPromotion: 0, discountMinor: 0, marginBeforeMinor: 0, marginAfterMinor: 0 };
  for (const [index, cart] of carts.entries()) {
    if (index % CHUNK === CHUNK - 1) await new Promise<void>((resolve) => setImmediate(resolve));
    const { totals } = evaluateCart(domainCart(cart, picture.settings.currency, codes), promotions, {
      now,
      user: { key: null, segmentKeys: cart.segmentKeys },
      facts: { ...UNKNOWN_SHOPPER, segmentKeys: cart.segmentKeys },
      settings: picture.settings,
    });
    const cost = cart.lines.reduce(
      (total, { product, quantity, unitPriceMinor }) => total + (product.costMinor ?? unitPriceMinor) * quantity,
      0,
    );
    const given = totals.discountMinor + totals.giftCostMinor + totals.shippingDiscountMinor;
    sum.marginBeforeMinor += totals.subtotalMinor - cost;
    sum.marginAfterMinor += totals.subtotalMinor - cost - given;
    sum.discountMinor += given;
    if (given > 0) sum.cartsWithPromotion += 1;
  }
  return {
    carts: carts.length,
    ...sum,
    fromDay: dayOf(oldest.at, picture.settings.timeZone),
    toDay: dayOf(newest.at, picture.settings.timeZone),
  };
}

/** Every code that these rules ask for, as if each shopper had typed it. */
export function codesOf({ promotions }: CampaignContent): string[] {
  return promotions.flatMap(({ rule, condition }) => [
    ...(rule.kind === 'coupon' ? [normalCode(rule.code)] : []),
    ...(condition ? leavesOf(condition) : []).flatMap((leaf) => (leaf.kind === 'code_typed' ? leaf.codes.map(normalCode) : [])),
  ]);
}

export function domainCart(cart: Cart, currency: string, codes: string[]): DomainCart {
  const lines = cart.lines.map(({ product, quantity, unitPriceMinor }, index) => ({
    id: String(index + 1),
    sku: product.sku,
    quantity: Math.max(1, quantity),
    unitPriceMinor,
    costMinor: product.costMinor,
    floorMinor: product.floorMinor,
    categoryKeys: product.categoryKeys,
    stock: null,
  }));
  return { currency, lines, codes, shippingMinor: 0 };
}

export function giftsOf(picture: ShopPicture, content: CampaignContent): Map<string, GiftSupply> {
  const skus = new Set(content.promotions.flatMap(({ rule }) => giftSkusOf(rule)));
  return new Map(
    picture.products.filter(({ sku }) => skus.has(sku)).map(({ sku, name, stock, costMinor }) => [sku, { sku, name, stock, costMinor }]),
  );
}
