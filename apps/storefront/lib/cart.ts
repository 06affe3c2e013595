import type { CartEvaluation, CartInput } from '@promolift/sdk';
import type { CartLine } from './session.ts';
import type { Shop } from './shop.ts';
import { learnShopNow } from './shop-clock.ts';

/** Why a code is or is not in use; `message` is null for a code nobody knows. */
export type CodeState = { code: string; isApplied: boolean; message: { en: string; zh: string } | null };
export type CartView = { evaluation: CartEvaluation; codes: CodeState[] };

/** What a flat delivery costs, so that offers on shipping have something to work on. */
export const SHIPPING_MINOR = 490;

export function cartInput({ session }: Shop, currency: string, lines: CartLine[], codes: string[]): CartInput {
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
export async function loadCart(shop: Shop, currency: string): Promise<CartView | null> {
  const { lines, codes } = shop.session;
  const evaluation = await evaluate(shop, cartInput(shop, currency, lines, codes));
  if (!evaluation) return null;
  const isUsed = (code: string) => evaluation.applied.some((applied) => applied.code?.toUpperCase() === code.toUpperCase());
  const without = codes.every(isUsed) ? null : await evaluate(shop, cartInput(shop, currency, lines, []));
  const stateOf = async (code: string): Promise<CodeState> => {
    if (isUsed(code)) return { code, isApplied: true, message: null };
    const alone = codes.length === 1 ? evaluation : await evaluate(shop, cartInput(shop, currency, lines, [code]));
    return { code, isApplied: false, message: alone && without && whyNot(alone, evaluation, without) };
  };
  return { evaluation, codes: await Promise.all(codes.map(stateOf)) };
}

/**
 * A promotion that asks for a code without one, and no more with this one alone, is the one the code belongs to. Its reason
 * is taken from the cart with all codes, where it may also be that another offer keeps it out.
 */
function whyNot(alone: CartEvaluation, withAll: CartEvaluation, without: CartEvaluation): CodeState['message'] {
  const needsCode = (evaluation: CartEvaluation) =>
    new Set(evaluation.rejected.filter(({ reason }) => reason === 'CODE_REQUIRED').map(({ promotionId }) => promotionId));
  const stillNeedsCode = needsCode(alone);
  const belonging = [...needsCode(without)].find((promotionId) => !stillNeedsCode.has(promotionId));
  return [...withAll.rejected, ...alone.rejected].find(({ promotionId }) => promotionId === belonging)?.message ?? null;
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
  } catch {
    shop.state.isAway = true;
    return null;
  }
}
