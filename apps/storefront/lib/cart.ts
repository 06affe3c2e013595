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
  return { currency, lines, codes, ...(userId ? { userId } : { anonymousId }), channel: 'web', ...(lines.length > 0 && { shippingMinor: SHIPPING_MINOR }) };
}

/** Evaluates the visitor's cart; null when Promolift is away. Throws nothing. */
export async function loadCart(shop: Shop, currency: string): Promise<CartView | null> {
  const { lines, codes } = shop.session;
  const evaluation = await evaluate(shop, cartInput(shop, currency, lines, codes));
  if (!evaluation) return null;
  const isUsed = (code: string) => evaluation.applied.some((applied) => applied.code?.toUpperCase() === code.toUpperCase());
  const without = codes.every(isUsed) ? null : await evaluate(shop, cartInput(shop, currency, lines, []));
  return { evaluation, codes: codes.map((code) => (isUsed(code) ? { code, isApplied: true, message: null } : { code, isApplied: false, message: without && whyNot(evaluation, without) })) };
}

/** A promotion that asks for a code without one and gives another reason with it is the one the code belongs to. */
function whyNot(withCodes: CartEvaluation, without: CartEvaluation): CodeState['message'] {
  const needsCode = new Set(without.rejected.filter(({ reason }) => reason === 'CODE_REQUIRED').map(({ promotionId }) => promotionId));
  return withCodes.rejected.find(({ promotionId, reason }) => needsCode.has(promotionId) && reason !== 'CODE_REQUIRED')?.message ?? null;
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
