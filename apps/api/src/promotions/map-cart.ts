import { type Principal, publicReason, REJECTION_REASONS, type RejectionReason } from '@promolift/domain';
import type { CartRequest, EvaluatedCart } from '@promolift/services';
import { type MoneyType, moneyOf, moneyOrNull } from '../shared/money.type.ts';
import { textOf } from '../shared/text.type.ts';
import type { CartEvaluationType, CartInput, EvaluatedLineType } from './cart.type.ts';

export const toCartRequest = (cart: CartInput): CartRequest => ({
  currency: cart.currency,
  lines: cart.lines.map(({ sku, quantity }) => ({ sku, quantity })),
  codes: cart.codes ?? [],
  userExternalId: cart.userId ?? null,
  anonymousId: cart.anonymousId ?? null,
  guestKey: cart.guestKey ?? null,
  shippingMinor: cart.shippingMinor ?? 0,
});

/** What runs in a shopper's browser must not tell them of experiments and segments. */
const isPublic = (principal: Principal): boolean =>
  principal.kind === 'anonymous' || (principal.kind === 'key' && principal.keyKind === 'storefront_publishable');

/** The engine's answer as the API shows it to this caller: gifts become lines, numbers become Money and text. */
export function toCartEvaluation(cart: EvaluatedCart, principal: Principal): CartEvaluationType {
  const shown = (reason: RejectionReason) => (isPublic(principal) ? publicReason(reason) : { reason, message: REJECTION_REASONS[reason] });
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
    applied: evaluation.applied.map(({ promotionId, campaignId, kind, amountMinor, desiredMinor, code, message }) => ({
      promotionId,
      campaignId,
      kind,
      code,
      amount: money(amountMinor),
      desired: money(desiredMinor),
      message: textOf(message),
    })),
    rejected: evaluation.rejected.map(({ promotionId, campaignId, kind, reason, required, actual, code }) => ({
      promotionId,
      campaignId,
      kind,
      code,
      reason: shown(reason).reason,
      required: required === null ? null : String(required),
      actual: actual === null ? null : String(actual),
      message: textOf(shown(reason).message),
    })),
    codes: evaluation.codes.map(({ code, status, promotionId, reason, message }) => ({
      code,
      status,
      promotionId,
      message: textOf(reason ? shown(reason).message : message),
    })),
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

function linesOf({ evaluation, products }: EvaluatedCart, money: (amountMinor: number) => MoneyType): EvaluatedLineType[] {
  const bought = evaluation.lines.map(
    (line): EvaluatedLineType => ({
      lineId: line.id,
      sku: line.sku,
      quantity: line.quantity,
      isGift: false,
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
      unitPrice: money(0),
      original: money(0),
      discount: money(0),
      final: money(0),
      discounts: [],
    }),
  );
  return [...bought, ...given];
}
