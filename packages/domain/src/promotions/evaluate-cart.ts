import { percentOf } from '../shared/money.ts';
import type { Cart } from './cart.ts';
import { normalCode } from './cart.ts';
import { codesOf } from './eligibility.ts';
import type {
  AppliedPromotion,
  CartEvaluation,
  CodeOutcome,
  Deposit,
  EvaluationContext,
  GivenGift,
  LivePromotion,
  RejectedPromotion,
} from './live-promotion.ts';
import { findNearMisses } from './near-miss.ts';
import { promotionSentence } from './promotion-rule.ts';
import { REJECTION_REASONS, UNKNOWN_CODE } from './rejection-reason.ts';
import type { AppliedStep, RejectedStep, Run } from './run-promotions.ts';
import { runPromotions } from './run-promotions.ts';

/**
 * What the cart costs with these promotions. Pure; the answer does not depend on the order of lines, codes or promotions.
 * Promotions go by priority (higher first), then id. Each is tested against the cart as the ones before it left it.
 * No line goes below its floor or deeper than the depth limit; lines of unknown cost are never discounted.
 */
export function evaluateCart(cart: Cart, promotions: readonly LivePromotion[], context: EvaluationContext): CartEvaluation {
  const run = runPromotions(cart, promotions, context);
  const nearMisses = findNearMisses(cart, promotions, context, run);
  return summarise(cart, context, run, nearMisses);
}

function summarise(cart: Cart, context: EvaluationContext, run: Run, nearMisses: CartEvaluation['nearMisses']): CartEvaluation {
  const { state, applied, rejected } = run;
  const byId = new Map(state.lines.map((line) => [line.id, line]));
  const lines = cart.lines.flatMap(({ id }) => {
    const line = byId.get(id);
    if (!line) return [];
    const { sku, quantity, originalMinor, currentMinor, floorMinor, allocations } = line;
    return [
      { id, sku, quantity, originalMinor, discountMinor: originalMinor - currentMinor, finalMinor: currentMinor, floorMinor, allocations },
    ];
  });
  const gifts = applied.flatMap(({ promotion, grant }): GivenGift[] =>
    grant.gift ? [{ ...grant.gift, promotionId: promotion.promotionId, campaignId: promotion.campaignId }] : [],
  );
  const deposits = depositsOf(run, context);
  const subtotalMinor = lines.reduce((sum, line) => sum + line.originalMinor, 0);
  const discountMinor = lines.reduce((sum, line) => sum + line.discountMinor, 0);
  const totalMinor = subtotalMinor - discountMinor + state.shippingMinor;
  return {
    currency: cart.currency,
    lines,
    applied: applied.map((step) => appliedView(step, cart, context)),
    rejected: rejected.map((step) => rejectedView(step, cart)),
    nearMisses,
    codes: codeOutcomes(cart, run, context),
    gifts,
    deposits,
    totals: {
      subtotalMinor,
      discountMinor,
      shippingMinor: cart.shippingMinor,
      shippingDiscountMinor: cart.shippingMinor - state.shippingMinor,
      totalMinor,
      giftCostMinor: gifts.reduce((sum, gift) => sum + gift.costMinor, 0),
      dueNowMinor: totalMinor - deposits.reduce((sum, deposit) => sum + deposit.balanceMinor, 0),
    },
  };
}

function appliedView({ promotion, wish, grant }: AppliedStep, cart: Cart, { names }: EvaluationContext): AppliedPromotion {
  return {
    promotionId: promotion.promotionId,
    campaignId: promotion.campaignId,
    campaignVersion: promotion.campaignVersion,
    kind: promotion.rule.kind,
    amountMinor: grant.amountMinor,
    desiredMinor: wish.gift ? 0 : Math.max(grant.amountMinor, wish.shippingDiscountMinor ?? wish.amountMinor),
    budgetMinor: grant.budgetMinor,
    shippingDiscountMinor: grant.shippingDiscountMinor,
    lineShares: grant.shares.map(({ line, amountMinor }) => ({ lineId: line.id, amountMinor })),
    limitedBy: grant.limitedBy,
    code: enteredCode(promotion, cart),
    cappedUnits: wish.cappedUnits ?? 0,
    message: promotionSentence(promotion.rule, names),
  };
}

function rejectedView({ promotion, miss: { reason, required, actual } }: RejectedStep, cart: Cart): RejectedPromotion {
  const { promotionId, campaignId, campaignVersion, rule } = promotion;
  const [code, message] = [enteredCode(promotion, cart), REJECTION_REASONS[reason]];
  return { promotionId, campaignId, campaignVersion, kind: rule.kind, reason, required, actual, code, message };
}

/** The code of the cart that this promotion answers to. */
function enteredCode(promotion: LivePromotion, cart: Cart): string | null {
  const needed = codesOf(promotion);
  if (!needed) return null;
  const typed = cart.codes.map(normalCode).sort();
  return typed.find((code) => needed.includes(code)) ?? null;
}

/** Every code the shopper typed gets an answer; one that several promotions answer to is judged by the first of them. */
function codeOutcomes(cart: Cart, { applied, rejected }: Run, { names }: EvaluationContext): CodeOutcome[] {
  const typed = [...new Set(cart.codes.map(normalCode))].sort();
  return typed.map((code) => {
    const answersTo = ({ promotion }: { promotion: LivePromotion }) => codesOf(promotion)?.includes(code);
    const used = applied.find(answersTo)?.promotion;
    if (used) return { code, status: 'APPLIED', promotionId: used.promotionId, reason: null, message: promotionSentence(used.rule, names) };
    const missed = rejected.find(answersTo);
    if (!missed) return { code, status: 'UNKNOWN', promotionId: null, reason: null, message: UNKNOWN_CODE };
    const { promotion, miss } = missed;
    const message = REJECTION_REASONS[miss.reason];
    return { code, status: 'REJECTED', promotionId: promotion.promotionId, reason: miss.reason, message };
  });
}

/** Deposits are shares of the final prices, so they are taken last; the first pre-sale of a line counts. */
function depositsOf({ applied }: Run, { settings }: EvaluationContext): Deposit[] {
  const seen = new Set<string>();
  return applied.flatMap(({ promotion, wish, grant }) => {
    const deposit = wish.deposit;
    if (!deposit) return [];
    return grant.shares.flatMap(({ line }) => {
      if (seen.has(line.id)) return [];
      seen.add(line.id);
      const depositMinor = percentOf(line.currentMinor, deposit.basisPoints, settings.rounding);
      return [{ lineId: line.id, promotionId: promotion.promotionId, depositMinor, balanceMinor: line.currentMinor - depositMinor }];
    });
  });
}
