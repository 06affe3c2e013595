import { unitFloorMinor } from '../products/price-floor.ts';
import { multiplyDivide, multiplyDivideUp } from '../shared/integer-arithmetic.ts';
import { BASIS_POINTS } from '../shared/money.ts';
import type { Cart, CartLine } from './cart.ts';
import type { EngineSettings, LineAllocation } from './live-promotion.ts';
import type { LineView } from './promotion-kind.ts';
import type { PercentBase } from '../shared/stacking.ts';

/** A cart line while promotions are applied to it. */
export interface LineState extends LineView {
  currentMinor: number;
  percentBaseMinor: number;
  readonly originalMinor: number;
  readonly floorMinor: number | null;
  /** Least the line may cost by the depth limit alone. */
  readonly depthFloorMinor: number;
  /** Margin promised to gifts, which later discounts may not take. */
  reservedMinor: number;
  readonly allocations: LineAllocation[];
}

/** Everything that changes while a cart is evaluated. */
export interface EvaluationState {
  /** Sorted by line id, so that the order of the cart cannot matter. */
  readonly lines: readonly LineState[];
  shippingMinor: number;
  readonly shippingAllocations: LineAllocation[];
  /** Most that may still come off all lines together. */
  orderRoomMinor: number;
  readonly percentBase: PercentBase;
  readonly spentByCampaign: Map<string, number>;
  readonly spentBySharedBudget: Map<string, number>;
  /** Gift units given, by sku: two campaigns may give the same gift. */
  readonly giftUnits: Map<string, number>;
}

export function startState(cart: Cart, settings: EngineSettings): EvaluationState {
  const sorted = [...cart.lines].sort((a, b) => (a.id < b.id ? -1 : 1));
  const lines = sorted.map((line, index) => startLine(line, index, cart, settings));
  const subtotalMinor = lines.reduce((sum, line) => sum + line.originalMinor, 0);
  return {
    lines,
    shippingMinor: cart.shippingMinor,
    shippingAllocations: [],
    orderRoomMinor: multiplyDivide(subtotalMinor, settings.maxOrderDiscountBasisPoints ?? BASIS_POINTS, BASIS_POINTS).quotient,
    percentBase: settings.percentBase ?? 'remaining',
    spentByCampaign: new Map(),
    spentBySharedBudget: new Map(),
    giftUnits: new Map(),
  };
}

/** A state of its own, to try something in. */
export function copyState(state: EvaluationState): EvaluationState {
  return {
    ...state,
    lines: state.lines.map((line) => ({ ...line, allocations: [...line.allocations] })),
    shippingAllocations: [...state.shippingAllocations],
    spentByCampaign: new Map(state.spentByCampaign),
    spentBySharedBudget: new Map(state.spentBySharedBudget),
    giftUnits: new Map(state.giftUnits),
  };
}

/** Costs are without tax; beside a price that includes it they weigh more. */
function costAsShown({ costMinor, taxBasisPoints = 0 }: CartLine, { pricesIncludeTax = true }: Cart): number | null {
  return costMinor === null || !pricesIncludeTax ? costMinor : multiplyDivideUp(costMinor, BASIS_POINTS + taxBasisPoints, BASIS_POINTS);
}

function startLine(line: CartLine, index: number, cart: Cart, settings: EngineSettings): LineState {
  const originalMinor = line.unitPriceMinor * line.quantity;
  const unitFloor = unitFloorMinor({ ...line, costMinor: costAsShown(line, cart) }, settings.marginFloorBasisPoints);
  return {
    index,
    id: line.id,
    sku: line.sku,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    categoryKeys: line.categoryKeys,
    attributes: line.attributes,
    stock: line.stock,
    isDiscountable: unitFloor !== null,
    originalMinor,
    currentMinor: originalMinor,
    percentBaseMinor: originalMinor,
    floorMinor: unitFloor === null ? null : unitFloor * line.quantity,
    depthFloorMinor: multiplyDivideUp(originalMinor, BASIS_POINTS - settings.maxDepthBasisPoints, BASIS_POINTS),
    reservedMinor: 0,
    allocations: [],
  };
}

/** What may still come off the line before its floor; 0 where the cost is unknown or the price is below its floor already. */
export const floorRoom = (line: LineState): number =>
  line.floorMinor === null ? 0 : Math.max(0, line.currentMinor - line.floorMinor - line.reservedMinor);
/** What may still come off by the depth limit. */
export const depthRoom = (line: LineState): number => Math.max(0, line.currentMinor - line.depthFloorMinor);

/** What this campaign took off the line so far. */
export const takenBy = (campaignId: string, allocations: readonly LineAllocation[]): number =>
  allocations.reduce((sum, allocation) => (allocation.campaignId === campaignId ? sum + allocation.amountMinor : sum), 0);

/** Takes a promotion's share off a line. */
export function takeOff(state: EvaluationState, line: LineState, allocation: LineAllocation): void {
  line.currentMinor -= allocation.amountMinor;
  if (state.percentBase === 'remaining') line.percentBaseMinor = line.currentMinor;
  line.allocations.push(allocation);
  state.orderRoomMinor -= allocation.amountMinor;
}
