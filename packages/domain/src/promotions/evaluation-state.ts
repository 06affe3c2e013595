import { unitFloorMinor } from '../products/price-floor.ts';
import { BASIS_POINTS } from '../shared/money.ts';
import type { Cart, CartLine } from './cart.ts';
import type { EngineSettings, LineAllocation } from './live-promotion.ts';
import type { LineView } from './promotion-kind.ts';

/** A cart line while promotions are applied to it. */
export interface LineState extends LineView {
  currentMinor: number;
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
  readonly spentByCampaign: Map<string, number>;
  readonly spentBySharedBudget: Map<string, number>;
  /** Gift units given, by sku: two campaigns may give the same gift. */
  readonly giftUnits: Map<string, number>;
}

export function startState(cart: Cart, settings: EngineSettings): EvaluationState {
  const sorted = [...cart.lines].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    lines: sorted.map((line, index) => startLine(line, index, settings)),
    shippingMinor: cart.shippingMinor,
    spentByCampaign: new Map(),
    spentBySharedBudget: new Map(),
    giftUnits: new Map(),
  };
}

function startLine(line: CartLine, index: number, settings: EngineSettings): LineState {
  const originalMinor = line.unitPriceMinor * line.quantity;
  const unitFloor = unitFloorMinor(line, settings.marginFloorBasisPoints);
  return {
    index,
    id: line.id,
    sku: line.sku,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    categoryKeys: line.categoryKeys,
    stock: line.stock,
    isDiscountable: unitFloor !== null,
    originalMinor,
    currentMinor: originalMinor,
    floorMinor: unitFloor === null ? null : unitFloor * line.quantity,
    depthFloorMinor: Math.ceil((originalMinor * (BASIS_POINTS - settings.maxDepthBasisPoints)) / BASIS_POINTS),
    reservedMinor: 0,
    allocations: [],
  };
}

/** What may still come off the line before its floor; 0 where the cost is unknown or the price is below its floor already. */
export const floorRoom = (line: LineState): number =>
  line.floorMinor === null ? 0 : Math.max(0, line.currentMinor - line.floorMinor - line.reservedMinor);
/** What may still come off by the depth limit. */
export const depthRoom = (line: LineState): number => Math.max(0, line.currentMinor - line.depthFloorMinor);
