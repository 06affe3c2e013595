import { type CartEvaluation, type CartInput, PromoliftError } from '@promolift/sdk';
import type { CartLine } from './session.ts';
import type { Shop } from './shop.ts';
import { learnShopNow } from './shop-clock.ts';

/** What a flat delivery costs, so that offers on shipping have something to work on. */
export const SHIPPING_MINOR = 490;

function cartInput({ session }: Shop, currency: string, lines: CartLine[], codes: string[]): CartInput {
  const { userId, anonymousId } = session;
  return {
    currency,
    lines,
    codes,
    ...(userId ? { userId } : { anonymousId }),
    channel: 'web',
    ...(lines.length > 0 && { shippingMinor: SHIPPING_MINOR }),
  };
}

/** Evaluates the visitor's cart; null when Promolift is away. Throws nothing. */
export async function loadCart(shop: Shop, currency: string): Promise<CartEvaluation | null> {
  const { lines, codes } = shop.session;
  return evaluate(shop, cartInput(shop, currency, lines, codes));
}

/** What one unit costs this visitor now; null when nothing is known. */
export async function loadQuote(shop: Shop, currency: string, sku: string): Promise<CartEvaluation['lines'][number] | null> {
  const evaluation = await evaluate(shop, cartInput(shop, currency, [{ sku, quantity: 1 }], []));
  return evaluation?.lines.find((line) => line.product.sku === sku && !line.isGift) ?? null;
}

async function evaluate(shop: Shop, cart: CartInput): Promise<CartEvaluation | null> {
  try {
    const { evaluation } = await shop.promolift.evaluateCart(cart);
    if (evaluation) learnShopNow(evaluation.evaluatedAt);
    return evaluation;
  } catch (fault) {
    // Too many wrong codes: prices are still to be had, without any code.
    if (fault instanceof PromoliftError && fault.code === 'RATE_LIMITED' && cart.codes?.length)
      return evaluate(shop, { ...cart, codes: [] });
    shop.state.isAway = true;
    return null;
  }
}
