import { type Principal, publicReason, type RejectedPromotion } from '@promolift/domain';
import type { CartRequest, EvaluatedCart } from '@promolift/services';
import { type MoneyType, moneyOf, moneyOrNull } from '../shared/money.type.ts';
import { textOf } from '../shared/text.type.ts';
import type { CartEvaluationType, CartInput, EvaluatedLineType, RejectedPromotionType } from './cart.type.ts';

export const toCartRequest = (cart: CartInput): CartRequest => ({
  currency: cart.currency,
  lines: cart.lines.map(({ sku, quantity }) => ({ sku, quantity })),
  codes: cart.codes ?? [],
  userExternalId: cart.userId ?? null,
  anonymousId: cart.anonymousId ?? null,
  shippingMinor: cart.shippingMinor ?? 0,
  channel: cart.channel ?? null,
  country: cart.country ?? null,
  paymentMethod: cart.paymentMethod ?? null,
  chosenGiftSkus: cart.chosenGiftSkus ?? [],
});

/** What runs in a shopper's browser must not tell them of experiments and segments. */
const isPublic = (principal: Principal): boolean =>
  principal.kind === 'anonymous' || (principal.kind === 'key' && principal.keyKind === 'storefront_publishable');

/** The engine's answer as the API shows it to this caller: gifts become lines, numbers become Money and text. */
export function toCartEvaluation(cart: EvaluatedCart, principal: Principal): CartEvaluationType {
  const { evaluation } = cart;
  const { totals } = evaluation;
  const money = (amountMinor: number): MoneyType => moneyOf(amountMinor, evaluation.currency);
  return {
    decisionId: cart.decisionId,
    evaluatedAt: cart.decidedAt,
    isHeldOut: cart.isHeldOut,
    lines: linesOf(cart, money),
    subtotal: money(totals.subtotalMinor),
    discount: money(totals.discountMinor),
    shipping: money(totals.shippingMinor - totals.shippingDiscountMinor),
    total: money(totals.totalMinor),
    applied: evaluation.applied.map(({ promotionId, campaignId, kind, amountMinor, code, message }) => ({
      promotionId,
      campaignId,
      kind,
      code,
      amount: money(amountMinor),
      message: textOf(message),
    })),
    rejected: evaluation.rejected.map((rejected) => rejectedView(rejected, isPublic(principal))),
    codes: evaluation.codes.map(({ code, status, promotionId, message }) => {
      const rejected = evaluation.rejected.find((one) => status === 'REJECTED' && one.promotionId === promotionId);
      return { code, status, promotionId, message: textOf(rejected && isPublic(principal) ? publicReason(rejected).message : message) };
    }),
    nearMisses: evaluation.nearMisses.map(({ promotionId, campaignId, missingMinor, missingQuantity, message, actual, required }) => ({
      promotionId,
      campaignId,
      missingQuantity,
      missing: moneyOrNull(missingMinor, evaluation.currency),
      message: textOf(message),
      progress: required > 0 ? Math.min(1, actual / required) : 0,
    })),
  };
}

/** Callers that must not learn of segments and shoppers read neither the reason nor its numbers. */
function rejectedView(rejected: RejectedPromotion, isShopper: boolean): RejectedPromotionType {
  const { promotionId, campaignId, kind, code, condition } = rejected;
  const text = (value: number | string | null) => (value === null ? null : String(value));
  const { reason, message } = isShopper ? publicReason(rejected) : rejected;
  const isTold = reason === rejected.reason;
  return {
    promotionId,
    campaignId,
    kind,
    code,
    reason,
    required: isTold ? text(rejected.required) : null,
    actual: isTold ? text(rejected.actual) : null,
    condition: condition && isTold ? { ...condition, required: text(condition.required), actual: text(condition.actual) } : null,
    message: textOf(message),
  };
}

function linesOf({ evaluation, products }: EvaluatedCart, money: (amountMinor: number) => MoneyType): EvaluatedLineType[] {
  const bought = evaluation.lines.map(
    (line): EvaluatedLineType => ({
      lineId: line.id,
      sku: line.sku,
      quantity: line.quantity,
      isGift: false,
      giftChoices: [],
      unitPrice: money(products.get(line.sku)?.priceMinor ?? Math.round(line.originalMinor / line.quantity)),
      original: money(line.originalMinor),
      discount: money(line.discountMinor),
      final: money(line.finalMinor),
      discounts: line.allocations.map(({ promotionId, campaignId, amountMinor }) => ({
        promotionId,
        campaignId,
        amount: money(amountMinor),
      })),
    }),
  );
  const given = evaluation.gifts.map(
    (gift, index): EvaluatedLineType => ({
      lineId: `gift-${index + 1}`,
      sku: gift.sku,
      quantity: gift.quantity,
      isGift: true,
      giftChoices: gift.otherSkus ?? [],
      unitPrice: money(0),
      original: money(0),
      discount: money(0),
      final: money(0),
      discounts: [],
    }),
  );
  return [...bought, ...given];
}
