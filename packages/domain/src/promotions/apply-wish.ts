import { allocate } from '../shared/allocate.ts';
import { type Earned, grantEarned } from './earned-points.ts';
import type { EvaluationState, LineState } from './evaluation-state.ts';
import { depthRoom, floorRoom, takenBy, takeOff } from './evaluation-state.ts';
import type { AppliedPromotion, LivePromotion } from './live-promotion.ts';
import type { EarnedWish, Gift, Miss, Wish } from './promotion-kind.ts';
import { miss } from './promotion-kind.ts';

export interface Grant {
  readonly amountMinor: number;
  readonly budgetMinor: number;
  readonly shippingDiscountMinor: number;
  readonly shares: readonly { readonly line: LineState; readonly amountMinor: number }[];
  readonly limitedBy: AppliedPromotion['limitedBy'];
  readonly gift: Gift | null;
  readonly earned?: Earned;
}

/** Grants what a rule wishes within floors, depth and budget, and takes it from the state; or says what forbids it. */
export function grantWish(promotion: LivePromotion, wish: Wish, state: EvaluationState): Grant | Miss {
  const budgetLeft = budgetLeftMinor(promotion, state);
  if (wish.earned) return grantPoints(promotion, wish, wish.earned, state, budgetLeft);
  if (wish.gift) return grantGift(promotion, wish, wish.gift, state, budgetLeft);
  if (wish.shippingDiscountMinor !== undefined) return grantShipping(promotion, wish.shippingDiscountMinor, state, budgetLeft);
  return grantDiscount(promotion, wish, state, budgetLeft);
}

function budgetLeftMinor(promotion: LivePromotion, state: EvaluationState): number {
  const { remainingBudgetMinor, sharedBudget } = promotion;
  const ownLeft =
    remainingBudgetMinor === null
      ? Number.POSITIVE_INFINITY
      : remainingBudgetMinor - (state.spentByCampaign.get(promotion.campaignId) ?? 0);
  if (!sharedBudget) return Math.max(0, ownLeft);
  return Math.max(0, Math.min(ownLeft, sharedBudget.remainingMinor - (state.spentBySharedBudget.get(sharedBudget.key) ?? 0)));
}

type Limit = { readonly by: 'MAX_DISCOUNT' | 'ORDER_CAP'; readonly leftMinor: number };

/** What the campaign may still take off this cart, all its promotions together. */
function cartLimit({ maxDiscountMinor, campaignId }: LivePromotion, state: EvaluationState): Limit[] {
  if (maxDiscountMinor === null) return [];
  const takenMinor = state.lines.reduce((sum, line) => sum + takenBy(campaignId, line.allocations), 0);
  return [{ by: 'MAX_DISCOUNT', leftMinor: maxDiscountMinor - takenMinor - takenBy(campaignId, state.shippingAllocations) }];
}

/** The largest amount that caps and budget allow, and which of them binds. */
function cap(
  promotion: LivePromotion,
  wantedMinor: number,
  limits: readonly Limit[],
  budgetLeft: number,
): { amountMinor: number; limitedBy: AppliedPromotion['limitedBy'] } | Miss {
  const tightest = limits.reduce<Limit | null>((least, limit) => (least && least.leftMinor <= limit.leftMinor ? least : limit), null);
  const allowedMinor = Math.min(wantedMinor, tightest?.leftMinor ?? wantedMinor);
  if (allowedMinor <= 0 && wantedMinor > 0) return miss('CAP_REACHED', wantedMinor, 0);
  if (budgetLeft >= allowedMinor)
    return { amountMinor: allowedMinor, limitedBy: allowedMinor < wantedMinor ? (tightest?.by ?? null) : null };
  if (budgetLeft <= 0 || promotion.onBudgetShort === 'refuse') return miss('BUDGET_EXHAUSTED', allowedMinor, budgetLeft);
  return { amountMinor: budgetLeft, limitedBy: 'BUDGET' };
}

function grantDiscount(promotion: LivePromotion, wish: Wish, state: EvaluationState, budgetLeft: number): Grant | Miss {
  if (wish.amountMinor <= 0) return miss('NO_SAVING', 1, wish.amountMinor);
  const limits: Limit[] = [...cartLimit(promotion, state), { by: 'ORDER_CAP', leftMinor: state.orderRoomMinor }];
  const capped = cap(promotion, wish.amountMinor, limits, budgetLeft);
  if ('outcome' in capped) return capped;
  const lines = state.lines.filter((line) => (wish.weights.get(line.index) ?? 0) > 0);
  const shares = split(capped.amountMinor, wish, lines, promotion);
  const amountMinor = shares.reduce((sum, share) => sum + share, 0);
  if (amountMinor === 0) return miss(REASON_OF_NO_ROOM[bindingRoom(lines, shares, promotion)], capped.amountMinor, 0);
  const limitedBy = amountMinor < capped.amountMinor ? bindingRoom(lines, shares, promotion) : capped.limitedBy;
  const granted = lines.map((line, index) => ({ line, amountMinor: shares[index] ?? 0 })).filter((share) => share.amountMinor > 0);
  const { promotionId, campaignId } = promotion;
  for (const { line, amountMinor: share } of granted) takeOff(state, line, { promotionId, campaignId, amountMinor: share });
  spend(promotion, amountMinor, state);
  return { amountMinor, budgetMinor: amountMinor, shippingDiscountMinor: 0, shares: granted, limitedBy, gift: null };
}

/** An amount moves to lines with room; a percentage stays where it belongs, or another line would be cut deeper than promised. */
function split(amountMinor: number, wish: Wish, lines: readonly LineState[], promotion: LivePromotion): number[] {
  const weights = lines.map((line) => wish.weights.get(line.index) ?? 0);
  const rooms = lines.map((line) => Math.min(floorRoom(line), depthRoom(line), capRoom(line, promotion)));
  const keys = lines.map((line) => line.id);
  if (wish.isSpread) return allocate(amountMinor, weights, rooms, keys);
  return allocate(amountMinor, weights, undefined, keys).map((share, index) => Math.min(share, rooms[index] ?? 0));
}

/** What the campaign may still take off the line. */
const capRoom = (line: LineState, { campaignId, maxLineDiscountMinor }: LivePromotion): number =>
  maxLineDiscountMinor === undefined ? Number.MAX_SAFE_INTEGER : Math.max(0, maxLineDiscountMinor - takenBy(campaignId, line.allocations));

const BINDINGS = ['FLOOR', 'DEPTH', 'LINE_CAP'] as const;

/** What stopped the lines that got all their room: the first of these that is the tightest on one of them. */
function bindingRoom(lines: readonly LineState[], shares: readonly number[], promotion: LivePromotion): (typeof BINDINGS)[number] {
  const binding = lines.flatMap((line, index) => {
    const [floor, depth, lineCap] = [floorRoom(line), depthRoom(line), capRoom(line, promotion)];
    const tightest = Math.min(floor, depth, lineCap);
    if (shares[index] !== tightest) return [];
    return [
      tightest === lineCap && lineCap < depth && lineCap < floor ? 'LINE_CAP' : floor < depth || floor === 0 ? 'FLOOR' : 'DEPTH',
    ] as const;
  });
  return BINDINGS.find((by) => binding.includes(by)) ?? 'DEPTH';
}

const REASON_OF_NO_ROOM = { FLOOR: 'BELOW_FLOOR', DEPTH: 'DEPTH_REACHED', LINE_CAP: 'CAP_REACHED' } as const;

function grantShipping(promotion: LivePromotion, wantedMinor: number, state: EvaluationState, budgetLeft: number): Grant | Miss {
  const capped = cap(promotion, Math.min(wantedMinor, state.shippingMinor), cartLimit(promotion, state), budgetLeft);
  if ('outcome' in capped) return capped;
  const { promotionId, campaignId } = promotion;
  state.shippingMinor -= capped.amountMinor;
  state.shippingAllocations.push({ promotionId, campaignId, amountMinor: capped.amountMinor });
  spend(promotion, capped.amountMinor, state);
  return {
    amountMinor: capped.amountMinor,
    budgetMinor: capped.amountMinor,
    shippingDiscountMinor: capped.amountMinor,
    shares: [],
    limitedBy: capped.limitedBy,
    gift: null,
  };
}

/** A gift is whole or not at all. The margin of the lines that earned it must pay for it, and no later discount may take that margin. */
function grantGift(promotion: LivePromotion, wish: Wish, gift: Gift, state: EvaluationState, budgetLeft: number): Grant | Miss {
  if (budgetLeft < gift.costMinor) return miss('BUDGET_EXHAUSTED', gift.costMinor, budgetLeft);
  const lines = state.lines.filter((line) => wish.weights.has(line.index));
  const rooms = lines.map(floorRoom);
  const roomMinor = rooms.reduce((sum, room) => sum + room, 0);
  if (roomMinor < gift.costMinor) return miss('BELOW_FLOOR', gift.costMinor, roomMinor);
  const reserved = allocate(
    gift.costMinor,
    rooms,
    rooms,
    lines.map((line) => line.id),
  );
  lines.forEach((line, index) => {
    line.reservedMinor += reserved[index] ?? 0;
  });
  state.giftUnits.set(gift.sku, (state.giftUnits.get(gift.sku) ?? 0) + gift.quantity);
  spend(promotion, gift.costMinor, state);
  return { amountMinor: 0, budgetMinor: gift.costMinor, shippingDiscountMinor: 0, shares: [], limitedBy: null, gift };
}

function grantPoints(promotion: LivePromotion, wish: Wish, wanted: EarnedWish, state: EvaluationState, budgetLeft: number): Grant | Miss {
  const lines = state.lines.filter((line) => (wish.weights.get(line.index) ?? 0) > 0);
  const weighed = lines.map(({ id, index }) => ({ lineId: id, weight: wish.weights.get(index) ?? 0 }));
  const granted = grantEarned(wanted, weighed, budgetLeft, promotion.onBudgetShort);
  if ('outcome' in granted) return granted;
  spend(promotion, granted.costMinor, state);
  const { costMinor, ...earned } = granted;
  return { amountMinor: 0, budgetMinor: costMinor, shippingDiscountMinor: 0, shares: [], limitedBy: null, gift: null, earned };
}

function spend(promotion: LivePromotion, amountMinor: number, state: EvaluationState): void {
  const { campaignId, sharedBudget } = promotion;
  state.spentByCampaign.set(campaignId, (state.spentByCampaign.get(campaignId) ?? 0) + amountMinor);
  if (sharedBudget) state.spentBySharedBudget.set(sharedBudget.key, (state.spentBySharedBudget.get(sharedBudget.key) ?? 0) + amountMinor);
}
