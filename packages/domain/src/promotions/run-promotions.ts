import type { GroupMode } from '../shared/stacking.ts';
import { isAccountKey } from '../users/user.ts';
import type { Grant } from './apply-wish.ts';
import { grantWish } from './apply-wish.ts';
import type { Cart } from './cart.ts';
import { normalCode } from './cart.ts';
import { conditionMiss } from './conditions/condition-miss.ts';
import { ineligibility } from './eligibility.ts';
import type { EvaluationState } from './evaluation-state.ts';
import { copyState, startState } from './evaluation-state.ts';
import type { EngineSettings, EvaluationContext, LivePromotion, Referral } from './live-promotion.ts';
import type { GiftSupply, Miss, Missing, ReferralView, Wish } from './promotion-kind.ts';
import { miss } from './promotion-kind.ts';
import { evaluateRule } from './promotion-rule.ts';
import { inOrder, isAbout } from './ruleset-index.ts';

export interface AppliedStep {
  readonly promotion: LivePromotion;
  readonly wish: Wish;
  readonly grant: Grant;
}
export interface RejectedStep {
  readonly promotion: LivePromotion;
  readonly miss: Miss;
}
export interface Run {
  readonly state: EvaluationState;
  readonly applied: readonly AppliedStep[];
  readonly rejected: readonly RejectedStep[];
}

/** A promotion with what forbids it whatever the lines are, if anything does. */
export interface Turn {
  readonly promotion: LivePromotion;
  readonly against: Miss | null;
}

/** The promotions in their order. */
export function turnsOf(cart: Cart, promotions: readonly LivePromotion[], context: EvaluationContext): Turn[] {
  const seeker = { currency: cart.currency, codes: new Set(cart.codes.map(normalCode)), context };
  return inOrder(promotions).map((promotion) => ({ promotion, against: ineligibility(promotion, seeker) }));
}

/**
 * Applies the promotions in their order, without near misses; with `untilId` only as far as that promotion is decided. A contest
 * of a group is among those that could apply to this cart: a promotion about something else cannot move it.
 */
export function runTurns(turns: readonly Turn[], cart: Cart, context: EvaluationContext, untilId?: string): Run {
  const shop: Shop = { cart, context, modes: new Map(context.settings.promotionGroups?.map(({ key, mode }) => [key, mode])) };
  let run: Progress = { state: startState(cart, context.settings), applied: [], rejected: [] };
  const done = new Set<string>();
  const isIn = (group: string, { promotion, against }: Turn) =>
    promotion.group === group && against === null && isAbout(promotion, cart.lines);
  for (const turn of turns) {
    const { promotion, against } = turn;
    const { group } = promotion;
    const mode = modeOf(promotion, shop);
    if (against) run.rejected.push({ promotion, miss: against });
    else if (group === undefined || !isContest(mode) || !isIn(group, turn)) consider(promotion, run, shop);
    else if (!done.has(group)) {
      done.add(group);
      const members = turns.filter((other) => isIn(group, other)).map((member) => member.promotion);
      run = applyBest(members, mode, run, shop);
    }
    if (promotion.promotionId === untilId) break;
  }
  return run;
}

/** A run on its way: the same fields, still open. */
interface Progress {
  readonly state: EvaluationState;
  readonly applied: AppliedStep[];
  readonly rejected: RejectedStep[];
}

interface Shop {
  readonly cart: Cart;
  readonly context: EvaluationContext;
  readonly modes: ReadonlyMap<string, GroupMode>;
}

const modeOf = ({ group }: LivePromotion, { modes }: Shop): GroupMode => (group === undefined ? 'all' : (modes.get(group) ?? 'all'));

/** Tests a promotion against the cart as it stands at this very moment, and applies it or says why not. */
function consider(promotion: LivePromotion, { state, applied, rejected }: Progress, shop: Shop): void {
  const outcome =
    combinationMiss(promotion, applied, shop) ?? limitMiss(promotion, applied) ?? tryPromotion(promotion, shop.cart, state, shop.context);
  if ('outcome' in outcome) rejected.push({ promotion, miss: outcome });
  else applied.push({ promotion, ...outcome });
}

type Contest = 'best_for_shopper' | 'best_for_margin';
const isContest = (mode: GroupMode): mode is Contest => mode === 'best_for_shopper' || mode === 'best_for_margin';

/**
 * The campaigns of a group try the same cart, each alone; the one that gives most (for the shopper) or least (for the margin)
 * stays. Ties go to the campaign whose first promotion comes first. What a campaign gives: amounts and the cost of its gifts.
 */
function applyBest(members: readonly LivePromotion[], mode: Contest, run: Progress, shop: Shop): Progress {
  const trials = [...Map.groupBy(members, ({ campaignId }) => campaignId).values()].map((own) => {
    const trial: Progress = { state: copyState(run.state), applied: [...run.applied], rejected: [] };
    for (const promotion of own) consider(promotion, trial, shop);
    const gained = trial.applied.slice(run.applied.length);
    return { trial, gained, givenMinor: gained.reduce((sum, { grant }) => sum + grant.budgetMinor, 0) };
  });
  const sign = mode === 'best_for_shopper' ? 1 : -1;
  const winner = trials
    .filter(({ gained }) => gained.length > 0)
    .reduce<(typeof trials)[number] | null>((best, one) => (best && sign * best.givenMinor >= sign * one.givenMinor ? best : one), null);
  const beaten = trials.flatMap((one) => {
    if (one === winner || !winner) return [];
    return one.gained.map(({ promotion }) => ({ promotion, miss: miss('NOT_BEST_IN_GROUP', winner.givenMinor, one.givenMinor) }));
  });
  return {
    ...(winner ? { state: winner.trial.state, applied: winner.trial.applied } : { state: run.state, applied: run.applied }),
    rejected: [...run.rejected, ...trials.flatMap(({ trial }) => trial.rejected), ...beaten],
  };
}

/** Exclusive means alone: neither after nor before a promotion of another campaign. Groups may be apart or let one campaign in. */
function combinationMiss(promotion: LivePromotion, applied: readonly AppliedStep[], shop: Shop): Miss | null {
  const { campaignId, group } = promotion;
  const firstOther = (blocks: (other: LivePromotion) => boolean) =>
    applied.find((step) => step.promotion.campaignId !== campaignId && blocks(step.promotion))?.promotion;
  const blocking = firstOther((other) => promotion.exclusive || other.exclusive);
  if (blocking) return miss('CANNOT_COMBINE', 'alone', blocking.promotionId);
  if (group === undefined) return null;
  const first = modeOf(promotion, shop) === 'first' ? firstOther((other) => other.group === group) : undefined;
  if (first) return miss('GROUP_TAKEN', group, first.promotionId);
  const apart = firstOther((other) => other.group !== undefined && areApart(group, other.group, shop.context.settings));
  return apart ? miss('GROUPS_APART', group, apart.promotionId) : null;
}

const areApart = (a: string, b: string, { separateGroups = [] }: EngineSettings): boolean =>
  separateGroups.some(([one, other]) => (one === a && other === b) || (one === b && other === a));

/** Each promotion is a use of its campaign: a cart cannot take two where one is left. */
function limitMiss({ campaignId, remainingUserUses, remainingUses }: LivePromotion, applied: readonly AppliedStep[]): Miss | null {
  if (remainingUserUses === null && remainingUses === null) return null;
  const taken = applied.filter((step) => step.promotion.campaignId === campaignId).length;
  if (remainingUserUses !== null && remainingUserUses <= taken) return miss('USER_LIMIT_REACHED', 1, remainingUserUses - taken);
  if (remainingUses !== null && remainingUses <= taken) return miss('USES_EXHAUSTED', 1, remainingUses - taken);
  return null;
}

function tryPromotion(
  promotion: LivePromotion,
  cart: Cart,
  state: EvaluationState,
  context: EvaluationContext,
): { wish: Wish; grant: Grant } | Miss {
  const unmet = conditionMiss(promotion, cart, state, context);
  if (unmet) return unmet;
  const wish = evaluateRule(promotion.rule, {
    lines: state.lines,
    currency: cart.currency,
    shippingMinor: state.shippingMinor,
    now: context.now,
    rounding: context.settings.rounding,
    remainingUnits: promotion.remainingUnits,
    gifts: giftsLeft(promotion, state),
    chosenGiftSkus: cart.chosenGiftSkus ?? [],
    pointsPerMinor: context.settings.pointsPerMinor?.[cart.currency] ?? null,
    hasAccount: isAccountKey(context.user.key),
    referral: context.referral ? referralView(context.referral, promotion.campaignId) : null,
  });
  if (wish.outcome === 'miss') return wish;
  const grant = grantWish(promotion, wish, state);
  return 'outcome' in grant ? grant : { wish, grant };
}

const referralView = ({ refusal, rewardsByCampaign }: Referral, campaignId: string): ReferralView => ({
  refusal,
  rewards: rewardsByCampaign[campaignId] ?? 0,
});

/** Two promotions of one cart cannot give the same piece away. */
const giftsLeft = ({ gifts }: LivePromotion, { giftUnits }: EvaluationState): GiftSupply[] =>
  gifts.map((gift) => (gift.stock === null ? gift : { ...gift, stock: gift.stock - (giftUnits.get(gift.sku) ?? 0) }));

/** What this promotion still lacks in this run: it missed a minimum, or its next tier is ahead. */
export function missingOf(run: Run, promotionId: string): Missing | null {
  const rejected = run.rejected.find((step) => step.promotion.promotionId === promotionId);
  if (rejected) return rejected.miss.missing ?? null;
  return run.applied.find((step) => step.promotion.promotionId === promotionId)?.wish.next ?? null;
}
