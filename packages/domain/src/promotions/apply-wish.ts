import { allocate } from '../shared/allocate.ts';
import type { EvaluationState, LineState } from './evaluation-state.ts';
import { depthRoom, floorRoom } from './evaluation-state.ts';
import type { AppliedPromotion, LivePromotion } from './live-promotion.ts';
import type { Gift, Miss, Wish } from './promotion-kind.ts';
import { miss } from './promotion-kind.ts';

export interface Grant {
  readonly amountMinor: number;
  readonly budgetMinor: number;
  readonly shippingDiscountMinor: number;
  readonly shares: readonly { readonly line: LineState; readonly amountMinor: number }[];
  readonly limitedBy: AppliedPromotion['limitedBy'];
  readonly gift: Gift | null;
}

/** Grants what a rule wishes within floors, depth and budget, and takes it from the state; or says what forbids it. */
export function grantWish(promotion: LivePromotion, wish: Wish, state: EvaluationState): Grant | Miss {
  const budgetLeft = budgetLeftMinor(promotion, state);
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

/** The largest amount that the promotion's own limits allow, and which of them binds. */
function cap(
  promotion: LivePromotion,
  wantedMinor: number,
  budgetLeft: number,
): { amountMinor: number; limitedBy: AppliedPromotion['limitedBy'] } | Miss {
  const perCart = Math.min(wantedMinor, promotion.maxDiscountMinor ?? wantedMinor);
  if (budgetLeft >= perCart) return { amountMinor: perCart, limitedBy: perCart < wantedMinor ? 'MAX_DISCOUNT' : null };
  if (budgetLeft <= 0 || promotion.onBudgetShort === 'refuse') return miss('BUDGET_EXHAUSTED', perCart, budgetLeft);
  return { amountMinor: budgetLeft, limitedBy: 'BUDGET' };
}

function grantDiscount(promotion: LivePromotion, wish: Wish, state: EvaluationState, budgetLeft: number): Grant | Miss {
  if (wish.amountMinor <= 0) return miss('NO_SAVING', 1, wish.amountMinor);
  const capped = cap(promotion, wish.amountMinor, budgetLeft);
  if ('outcome' in capped) return capped;
  const lines = state.lines.filter((line) => (wish.weights.get(line.index) ?? 0) > 0);
  const shares = split(capped.amountMinor, wish, lines);
  const amountMinor = shares.reduce((sum, share) => sum + share, 0);
  if (amountMinor === 0)
    return lines.some((line) => floorRoom(line) > 0)
      ? miss('DEPTH_REACHED', capped.amountMinor, 0)
      : miss('BELOW_FLOOR', capped.amountMinor, 0);
  const limitedBy = amountMinor < capped.amountMinor ? bindingRoom(lines) : capped.limitedBy;
  const granted = lines.map((line, index) => ({ line, amountMinor: shares[index] ?? 0 })).filter((share) => share.amountMinor > 0);
  for (const { line, amountMinor: share } of granted) {
    line.currentMinor -= share;
    line.allocations.push({ promotionId: promotion.promotionId, campaignId: promotion.campaignId, amountMinor: share });
  }
  spend(promotion, amountMinor, state);
  return { amountMinor, budgetMinor: amountMinor, shippingDiscountMinor: 0, shares: granted, limitedBy, gift: null };
}

/** An amount moves to lines with room; a percentage stays where it belongs, or another line would be cut deeper than promised. */
function split(amountMinor: number, wish: Wish, lines: readonly LineState[]): number[] {
  const weights = lines.map((line) => wish.weights.get(line.index) ?? 0);
  const rooms = lines.map((line) => Math.min(floorRoom(line), depthRoom(line)));
  const keys = lines.map((line) => line.id);
  if (wish.isSpread) return allocate(amountMinor, weights, rooms, keys);
  return allocate(amountMinor, weights, undefined, keys).map((share, index) => Math.min(share, rooms[index] ?? 0));
}

const bindingRoom = (lines: readonly LineState[]): 'FLOOR' | 'DEPTH' =>
  lines.some((line) => floorRoom(line) < depthRoom(line)) ? 'FLOOR' : 'DEPTH';

function grantShipping(promotion: LivePromotion, wantedMinor: number, state: EvaluationState, budgetLeft: number): Grant | Miss {
  const capped = cap(promotion, Math.min(wantedMinor, state.shippingMinor), budgetLeft);
  if ('outcome' in capped) return capped;
  state.shippingMinor -= capped.amountMinor;
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
  const stock = promotion.gift?.stock ?? null;
  const given = state.giftUnits.get(gift.sku) ?? 0;
  if (stock !== null && stock < given + gift.quantity) return miss('GIFT_OUT_OF_STOCK', gift.quantity, stock - given);
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
  state.giftUnits.set(gift.sku, given + gift.quantity);
  spend(promotion, gift.costMinor, state);
  return { amountMinor: 0, budgetMinor: gift.costMinor, shippingDiscountMinor: 0, shares: [], limitedBy: null, gift };
}

function spend(promotion: LivePromotion, amountMinor: number, state: EvaluationState): void {
  const { campaignId, sharedBudget } = promotion;
  state.spentByCampaign.set(campaignId, (state.spentByCampaign.get(campaignId) ?? 0) + amountMinor);
  if (sharedBudget) state.spentBySharedBudget.set(sharedBudget.key, (state.spentBySharedBudget.get(sharedBudget.key) ?? 0) + amountMinor);
}
