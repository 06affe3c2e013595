import {
  Cart,
  evaluateCart as evaluate,
  type EvaluationContext,
  isCandidate,
  type LivePromotion,
  livePromotionsOf,
  type LocalizedText,
  promotionSentence,
  REJECTION_REASONS,
  untouchedRemains,
} from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { type CartProduct, chooseOffers } from './choose-offers.ts';
import { MOST_CANDIDATES } from './offer-candidates.ts';
import { type DecisionStep, decisionSteps } from './decision-steps.ts';
import type { StoredDecision } from './explain-decision.ts';
import { contentsOf, versionKey } from './rules-state.ts';

/**
 * What became of one promotion in a decision; of one that was no candidate, worked out now from the stored input and the campaign
 * version that the promotion belongs to, neither of which changes. Null if there is no such promotion.
 */
export async function whyNotPromotion(
  deps: Pick<Deps, 'sql'>,
  decision: StoredDecision,
  promotionId: string,
): Promise<DecisionStep | null> {
  const stored = ((decision.input['promotions'] ?? []) as { promotionId: string }[]).findIndex((one) => one.promotionId === promotionId);
  if (stored >= 0) return decisionSteps(decision)[stored] ?? null;
  const promotion = await findPromotion(deps, promotionId);
  if (!promotion || decision.kind === 'recommendations') return null;
  const context = contextOf(decision);
  const message = decision.kind === 'offers' ? offerMessage(promotion, context) : cartMessage(promotion, context, decision);
  return {
    label: promotionSentence(promotion.rule, context.names, promotion.condition),
    passed: false,
    detail: message ?? (isCut(decision) ? NOT_AMONG_THE_FIRST : NOT_IN_FORCE),
  };
}

const NOT_IN_FORCE = 'NOT_LIVE: This promotion was not in force.';
const NOT_AMONG_THE_FIRST = `NOT_CONSIDERED: ${MOST_CANDIDATES} other promotions came first, or this one was not in force.`;

/** Did offers come from as many candidates as are looked at? */
const isCut = (decision: StoredDecision): boolean => decision.kind === 'offers' && decisionSteps(decision).length >= MOST_CANDIDATES;

async function findPromotion({ sql }: Pick<Deps, 'sql'>, promotionId: string): Promise<LivePromotion | null> {
  const { rows } = await sql.query<{ campaignId: string; version: number }>(
    'select campaign_id "campaignId", version from promotions where id = $1',
    [promotionId],
  );
  const [row] = rows;
  const content = row && (await contentsOf(sql, [row])).get(versionKey(row));
  if (!content) return null;
  const live = livePromotionsOf(content, { ...row, holdoutSalt: '' }, untouchedRemains(content));
  // Whom a holdout keeps out was decided by what is a candidate, never here.
  const promotion = live.find((one) => one.promotionId === promotionId);
  return promotion ? { ...promotion, holdout: { salt: '', basisPoints: 0 } } : null;
}

function contextOf({ input }: StoredDecision): EvaluationContext {
  const context = input['context'] as EvaluationContext;
  return { ...context, now: new Date(context.now) };
}

/** A candidate that the decision does not know cannot have been in force then. */
function cartMessage(promotion: LivePromotion, context: EvaluationContext, { input }: StoredDecision): string | null {
  const cart = Cart.parse(input['cart']);
  if (isCandidate(promotion, cart, context.user)) return null;
  const [missed] = evaluate(cart, [promotion], context).rejected;
  return missed ? saying(missed.reason, missed.message) : null;
}

function offerMessage(promotion: LivePromotion, context: EvaluationContext): string | null {
  const none: CartProduct[] = [];
  const reason = chooseOffers([promotion], context, none).withheld[0]?.reason;
  return reason ? saying(reason, REJECTION_REASONS[reason]) : null;
}

const saying = (reason: string, { en }: LocalizedText): string => `${reason}: ${en}`;
