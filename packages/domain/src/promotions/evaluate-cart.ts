import type { LocalizedText } from '../shared/text.ts';
import { depositsOf, linesOf, shippingOf, totalsOf } from './evaluated-lines.ts';
import { promotionPerUnit } from './unit-prices.ts';
import type { Cart } from './cart.ts';
import { normalCode } from './cart.ts';
import { CODE_REASONS } from './codes/code-reason.ts';
import { codesOf, enteredCode } from './eligibility.ts';
import type {
  AppliedPromotion,
  CartEvaluation,
  CodeOutcome,
  EvaluatedLine,
  EvaluationContext,
  GivenGift,
  LineShare,
  LivePromotion,
  RejectedPromotion,
} from './live-promotion.ts';
import { findNearMisses } from './near-miss.ts';
import type { Miss } from './promotion-kind.ts';
import { promotionSentence } from './promotion-rule.ts';
import { FAILINGS, REJECTION_REASONS, UNKNOWN_CODE } from './rejection-reason.ts';
import type { AppliedStep, RejectedStep, Run } from './run-promotions.ts';
import { runTurns, turnsOf } from './run-promotions.ts';

/**
 * What the cart costs with these promotions. Pure; the answer does not depend on the order of lines, codes or promotions.
 * Promotions go by priority (higher first), then id. Each is tested against the cart as the ones before it left it.
 * No line goes below its floor or deeper than the depth limit; lines of unknown cost are never discounted.
 */
export function evaluateCart(cart: Cart, promotions: readonly LivePromotion[], context: EvaluationContext): CartEvaluation {
  const turns = turnsOf(cart, promotions, context);
  const run = runTurns(turns, cart, context);
  const nearMisses = findNearMisses(cart, turns, context, run);
  return summarise(cart, context, run, nearMisses);
}

function summarise(cart: Cart, context: EvaluationContext, run: Run, nearMisses: CartEvaluation['nearMisses']): CartEvaluation {
  const { applied, rejected } = run;
  const lines = linesOf(cart, context, run);
  const gifts = applied.flatMap(({ promotion, grant }): GivenGift[] =>
    grant.gift ? [{ ...grant.gift, promotionId: promotion.promotionId, campaignId: promotion.campaignId }] : [],
  );
  const byId = new Map(lines.map((line) => [line.id, line]));
  const shipping = shippingOf(cart, context, run);
  const deposits = depositsOf(lines, cart, run, context);
  return {
    currency: cart.currency,
    pricesIncludeTax: cart.pricesIncludeTax ?? true,
    lines,
    shipping,
    applied: applied.map((step) => appliedView(step, cart, context, byId)),
    rejected: rejected.map((step) => rejectedView(step, cart)),
    nearMisses,
    codes: codeOutcomes(cart, run, context),
    gifts,
    deposits,
    totals: totalsOf(cart, lines, shipping, gifts, deposits),
  };
}

function appliedView(
  { promotion, wish, grant }: AppliedStep,
  cart: Cart,
  { names }: EvaluationContext,
  lines: ReadonlyMap<string, EvaluatedLine>,
): AppliedPromotion {
  const { promotionId } = promotion;
  return {
    promotionId,
    campaignId: promotion.campaignId,
    campaignVersion: promotion.campaignVersion,
    kind: promotion.rule.kind,
    amountMinor: grant.amountMinor,
    desiredMinor: wish.shippingDiscountMinor ?? wish.amountMinor,
    budgetMinor: grant.budgetMinor,
    shippingDiscountMinor: grant.shippingDiscountMinor,
    lineShares: grant.shares.flatMap(({ line: { id }, amountMinor }): LineShare[] => {
      const line = lines.get(id);
      return line ? [{ lineId: id, amountMinor, perUnit: promotionPerUnit({ ...line, addedTaxMinor: 0 }, promotionId) ?? [] }] : [];
    }),
    limitedBy: grant.limitedBy,
    code: enteredCode(codesOf(promotion), cart.codes),
    cappedUnits: wish.cappedUnits ?? 0,
    ...(grant.earned && { earned: grant.earned }),
    message: promotionSentence(promotion.rule, names, promotion.condition),
  };
}

function rejectedView({ promotion, miss }: RejectedStep, cart: Cart): RejectedPromotion {
  const { promotionId, campaignId, campaignVersion, rule } = promotion;
  const failing = FAILINGS[miss.reason];
  const seen = {
    promotionId,
    campaignId,
    campaignVersion,
    kind: rule.kind,
    reason: miss.reason,
    failing: failing.what,
    required: miss.required ?? failing.required,
    actual: miss.actual ?? failing.actual,
    code: enteredCode(codesOf(promotion), cart.codes),
    message: missMessage(miss),
  };
  return miss.condition ? { ...seen, condition: miss.condition } : seen;
}

const missMessage = ({ reason, condition }: Miss): LocalizedText =>
  condition ? { en: `This offer is only ${condition.message.en}.`, zh: `该优惠仅限${condition.message.zh}。` } : REJECTION_REASONS[reason];

/** Every code the shopper typed gets an answer; one that several promotions answer to is judged by the first of them. */
function codeOutcomes(cart: Cart, { applied, rejected }: Run, { names, refusedCodes }: EvaluationContext): CodeOutcome[] {
  const typed = [...new Set(cart.codes.map(normalCode))].sort();
  return typed.map((code) => {
    const answersTo = ({ promotion }: { promotion: LivePromotion }) => codesOf(promotion)?.includes(code);
    const used = applied.find(answersTo)?.promotion;
    if (used)
      return {
        code,
        status: 'APPLIED',
        promotionId: used.promotionId,
        reason: null,
        message: promotionSentence(used.rule, names, used.condition),
      };
    const refused = refusedCodes?.[code];
    if (refused) return { code, status: 'REJECTED', ...refused, message: CODE_REASONS[refused.reason] };
    const missed = rejected.find(answersTo);
    if (!missed) return { code, status: 'UNKNOWN', promotionId: null, reason: null, message: UNKNOWN_CODE };
    const { promotion, miss } = missed;
    return { code, status: 'REJECTED', promotionId: promotion.promotionId, reason: miss.reason, message: missMessage(miss) };
  });
}
