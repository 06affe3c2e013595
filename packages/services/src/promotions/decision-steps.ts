import {
  canonicalJson,
  type CartEvaluation,
  type EvaluationContext,
  type LivePromotion,
  type LocalizedText,
  promotionSentence,
  REJECTION_REASONS,
  type RejectionReason,
} from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { type CartProduct, chooseOffers, type ChosenOffers } from './choose-offers.ts';
import { replayCartDecision, type StoredDecision } from './explain-decision.ts';
import { campaignHoldoutSalt } from './rules-state.ts';

export type DecisionStep = { label: LocalizedText; passed: boolean; detail: string | null };

type StoredPromotion = Omit<LivePromotion, 'holdout'> & { holdout: { basisPoints: number } };
const promotionsOf = (decision: StoredDecision): StoredPromotion[] => (decision.input['promotions'] ?? []) as StoredPromotion[];

/** Each rule that was in force, in the order of the rule set: did it give something, and if not, why. */
export function decisionSteps(decision: StoredDecision): DecisionStep[] {
  if (decision.kind === 'recommendations') return [recommendationStep(decision)];
  const judge = decision.kind === 'offers' ? offerJudge(decision) : cartJudge(decision);
  const { names } = (decision.input['context'] ?? {}) as Pick<EvaluationContext, 'names'>;
  return promotionsOf(decision).map(({ promotionId, rule, condition }) => ({
    label: promotionSentence(rule, names, condition),
    ...judge(promotionId),
  }));
}

type Judge = (promotionId: string) => Pick<DecisionStep, 'passed' | 'detail'>;

function cartJudge(decision: StoredDecision): Judge {
  const { applied, rejected } = decision.result as unknown as CartEvaluation;
  return (promotionId) => {
    const got = applied.find((step) => step.promotionId === promotionId);
    if (got) return { passed: true, detail: `saves ${got.amountMinor} minor units${got.limitedBy ? `, limited by ${got.limitedBy}` : ''}` };
    const missed = rejected.find((step) => step.promotionId === promotionId);
    const measured = missed && missed.required !== null ? ` (required ${missed.required}, actual ${missed.actual})` : '';
    return { passed: false, detail: missed ? `${missed.reason}: ${missed.message.en}${measured}` : null };
  };
}

function offerJudge(decision: StoredDecision): Judge {
  const { withheld } = decision.result as unknown as ChosenOffers;
  return (promotionId) => {
    const reason: RejectionReason | undefined = withheld.find((step) => step.promotionId === promotionId)?.reason;
    return { passed: reason === undefined, detail: reason ? `${reason}: ${REJECTION_REASONS[reason].en}` : null };
  };
}

function recommendationStep({ result }: StoredDecision): DecisionStep {
  const reason = result['fallbackReason'];
  return {
    label: { en: `Served by ${String(result['servedBy'])}`, zh: `来源：${String(result['servedBy'])}` },
    passed: reason === null || reason === undefined,
    detail: typeof reason === 'string' ? reason : null,
  };
}

/** Does deciding again from the stored input give the stored answer? False where a decision of this kind cannot be made again. */
export function isReplayIdentical(decision: StoredDecision, secrets: Deps['secrets']): boolean {
  // Erased with its shopper: nothing is left to decide from.
  if (Object.keys(decision.input).length === 0) return false;
  if (decision.kind === 'evaluate_cart') return replayCartDecision(decision, secrets).isIdentical;
  if (decision.kind !== 'offers') return false;
  const { context, cart } = decision.input as unknown as { context: EvaluationContext; cart: CartProduct[] };
  const live = promotionsOf(decision).map(
    (promotion): LivePromotion => ({
      ...promotion,
      startsAt: new Date(promotion.startsAt),
      endsAt: new Date(promotion.endsAt),
      holdout: { ...promotion.holdout, salt: campaignHoldoutSalt(secrets.holdoutSalt, promotion.campaignId) },
    }),
  );
  return canonicalJson(chooseOffers(live, { ...context, now: new Date(context.now) }, cart)) === canonicalJson(decision.result);
}
