import {
  agentReasonOf,
  type CartEvaluation,
  hasPrivateValues,
  type Payment,
  type Principal,
  publicCodeOutcome,
  publicReason,
  type RejectedPromotion,
  type UnitRun,
} from '@promolift/domain';
import { type CartRequest, type Deps, type EvaluatedCart, noticesOfLines } from '@promolift/services';
import { type MoneyType, moneyOf, moneyOrNull } from '../shared/money.type.ts';
import { textOf } from '../shared/text.type.ts';
import type { AccountPaymentType } from './account.type.ts';
import type { CartInput } from './cart.inputs.ts';
import type { CartEvaluationType, EvaluatedLineType, UnitAmountType } from './cart.type.ts';
import type { RejectedPromotionType } from './promotion-outcome.type.ts';

export const toCartRequest = (cart: CartInput): CartRequest => ({
  currency: cart.currency,
  lines: cart.lines.map(({ sku, quantity, taxBasisPoints }) => ({ sku, quantity, ...(taxBasisPoints != null && { taxBasisPoints }) })),
  codes: cart.codes ?? [],
  userExternalId: cart.userId ?? null,
  anonymousId: cart.anonymousId ?? null,
  guestKey: cart.guestKey ?? null,
  shippingMinor: cart.shippingMinor ?? 0,
  ...(cart.shippingTaxBasisPoints != null && { shippingTaxBasisPoints: cart.shippingTaxBasisPoints }),
  ...(cart.pricesIncludeTax != null && { pricesIncludeTax: cart.pricesIncludeTax }),
  channel: cart.channel ?? null,
  country: cart.country ?? null,
  paymentMethod: cart.paymentMethod ?? null,
  chosenGiftSkus: cart.chosenGiftSkus ?? [],
  referralCode: cart.referralCode ?? null,
  pointsToSpend: cart.pointsToSpend ?? 0,
  giftCardCodes: cart.giftCardCodes ?? [],
});

/** What runs in a shopper's browser must not tell them of experiments and segments. */
export const isPublic = (principal: Principal): boolean =>
  principal.kind === 'anonymous' || (principal.kind === 'key' && principal.keyKind === 'storefront_publishable');

/** The engine's answer as the API shows it to this caller: gifts become lines, numbers become Money and text. */
export function toCartEvaluation(cart: EvaluatedCart, principal: Principal, deps: Deps): CartEvaluationType {
  const { evaluation } = cart;
  const { totals } = evaluation;
  const money = (amountMinor: number): MoneyType => moneyOf(amountMinor, evaluation.currency);
  return {
    decisionId: cart.decisionId,
    evaluatedAt: cart.decidedAt,
    isHeldOut: isPublic(principal) ? null : cart.isHeldOut,
    lines: linesOf(cart, money, deps),
    subtotal: money(totals.subtotalMinor),
    discount: money(totals.discountMinor),
    shipping: money(totals.shippingMinor - totals.shippingDiscountMinor),
    shippingDiscounts: evaluation.shipping.allocations.map(({ promotionId, campaignId, amountMinor }) => ({
      promotionId,
      campaignId,
      amount: money(amountMinor),
      perUnit: [{ units: 1, amount: money(amountMinor) }],
    })),
    tax: money(totals.taxMinor),
    pricesIncludeTax: evaluation.pricesIncludeTax,
    total: money(totals.totalMinor),
    payments: {
      accounts: accountPayments(cart.payments.means, evaluation.currency),
      dueNow: money(cart.payments.dueNowMinor),
      rest: money(cart.payments.restMinor),
      refusedGiftCards: cart.refusedGiftCards,
    },
    applied: evaluation.applied.map(({ promotionId, campaignId, kind, amountMinor, desiredMinor, limitedBy, code, earned, message }) => ({
      promotionId,
      campaignId,
      kind,
      code,
      earned: earned ?? null,
      limitedBy: isPublic(principal) ? null : limitedBy,
      amount: money(amountMinor),
      desired: isPublic(principal) ? null : money(desiredMinor),
      message: textOf(message),
    })),
    rejected: evaluation.rejected.map((one) => toRejected(one, isPublic(principal))),
    codes: evaluation.codes
      .map((outcome) => (isPublic(principal) ? publicCodeOutcome(outcome, evaluation.rejected) : outcome))
      .map(({ code, status, promotionId, reason, message }, index) => ({
        code,
        status,
        promotionId,
        reason,
        message: textOf(message),
        agentReason: status === 'APPLIED' ? null : agentReasonOf(evaluation.codes[index]?.reason ?? 'UNKNOWN_CODE'),
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

/** What accounts pay or get back. */
export const accountPayments = (means: readonly Payment[], currency: string): AccountPaymentType[] =>
  means.map(({ amountMinor, ...one }) => ({ ...one, amount: moneyOf(amountMinor, currency) }));

/** A reason that is not for this caller takes its details along. */
function toRejected(rejected: RejectedPromotion, isForPublic: boolean): RejectedPromotionType {
  const { promotionId, campaignId, kind, code, failing, required, actual, condition } = rejected;
  const text = (value: number | string | null) => (value === null ? null : String(value));
  const { reason, message } = isForPublic ? publicReason(rejected) : rejected;
  const isHidden = reason !== rejected.reason || (isForPublic && hasPrivateValues(rejected.reason));
  return {
    promotionId,
    campaignId,
    kind,
    code,
    reason,
    failing: isHidden ? null : failing,
    required: isHidden ? null : String(required),
    actual: isHidden ? null : String(actual),
    condition: condition && !isHidden ? { ...condition, required: text(condition.required), actual: text(condition.actual) } : null,
    agentReason: agentReasonOf(rejected.reason),
    message: textOf(message),
  };
}

function linesOf(cart: EvaluatedCart, money: (amountMinor: number) => MoneyType, deps: Deps): EvaluatedLineType[] {
  const { evaluation, products } = cart;
  let notices: ReturnType<typeof noticesOfLines> | undefined;
  const noticeOf = async (lineId: string) => {
    notices ??= noticesOfLines(deps, cart);
    return (await notices).get(lineId) ?? null;
  };
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
      tax: money(line.taxMinor),
      unitPrices: unitAmounts(line.unitPrices, money),
      discounts: line.allocations.map(({ promotionId, campaignId, amountMinor }) => ({
        promotionId,
        campaignId,
        amount: money(amountMinor),
        perUnit: unitAmounts(perUnitOf(evaluation, promotionId, line.id), money),
      })),
      loadNotice: () => noticeOf(line.id),
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
      tax: money(0),
      unitPrices: [{ units: gift.quantity, amount: money(0) }],
      discounts: [],
      loadNotice: () => Promise.resolve(null),
    }),
  );
  return [...bought, ...given];
}

const unitAmounts = (runs: readonly UnitRun[], money: (amountMinor: number) => MoneyType): UnitAmountType[] =>
  runs.map(({ units, amountMinor }) => ({ units, amount: money(amountMinor) }));

function perUnitOf({ applied }: CartEvaluation, promotionId: string, lineId: string): readonly UnitRun[] {
  const shares = applied.find((one) => one.promotionId === promotionId)?.lineShares;
  return shares?.find((share) => share.lineId === lineId)?.perUnit ?? [];
}
