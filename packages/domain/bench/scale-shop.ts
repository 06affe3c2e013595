import { type Cart, Cart as CartSchema } from '../src/promotions/cart.ts';
import type { EvaluationContext, LivePromotion } from '../src/promotions/live-promotion.ts';
import type { PromotionRule } from '../src/promotions/promotion-rule.ts';
import { Draw } from '../src/promotions/test-random-carts.ts';

export const SEED = 20_261_125;
export const [PRODUCTS, CATEGORIES, SEGMENTS, CART_LINES] = [5_000, 200, 50, 20];
/** A shopper is in a few of the segments. */
const OWN_SEGMENTS = 3;
const NOW = new Date('2026-03-01T12:00:00Z');

export type Product = { sku: string; category: string; priceMinor: number };
export type Case = { cart: Cart; context: EvaluationContext };

export const products: readonly Product[] = Array.from({ length: PRODUCTS }, (_, index) => ({
  sku: `S${index}`,
  category: `c${index % CATEGORIES}`,
  // Multiples of 1.00, so that whole percentages of them are whole.
  priceMinor: 100 * (1 + ((index * 37) % 60)),
}));

/** Of 20: 15 are about a product, 2 about a category, 2 need a code, 1 is for a segment and any cart. */
export function drawPromotions(count: number): LivePromotion[] {
  const draw = new Draw(SEED + count);
  return Array.from({ length: count }, (_, index) => {
    const part = index % 20;
    const rule = part < 15 ? onProduct(draw) : part < 17 ? onCategory(draw) : part < 19 ? coupon(draw, index) : onSpend(draw);
    return live(index, draw.whole(0, 9), rule, part === 19 ? [`s${draw.whole(0, SEGMENTS - 1)}`] : null);
  });
}

const percentOff = (draw: Draw, scope: Extract<PromotionRule, { kind: 'percent_off' }>['scope']): PromotionRule => ({
  kind: 'percent_off',
  basisPoints: draw.whole(1, 20) * 100,
  scope,
});
const onProduct = (draw: Draw) => percentOff(draw, { kind: 'skus', skus: [draw.one(products).sku] });
const onCategory = (draw: Draw) => percentOff(draw, { kind: 'categories', categoryKeys: [draw.one(products).category] });
const coupon = (draw: Draw, index: number): PromotionRule => ({
  kind: 'coupon',
  code: `CODE${index}`,
  basisPoints: draw.whole(1, 10) * 100,
  maximumAmounts: { EUR: 100_000_000 },
  minimumSpend: null,
  scope: { kind: 'all' },
});
const onSpend = (draw: Draw): PromotionRule => ({
  kind: 'spend_x_get_y_off',
  currency: 'EUR',
  tiers: [{ spendMinor: draw.whole(500, 2_500) * 100, reward: { unit: 'percent', basisPoints: draw.whole(1, 5) * 100 } }],
  scope: { kind: 'all' },
});

function live(index: number, priority: number, rule: PromotionRule, segmentKeys: string[] | null): LivePromotion {
  return {
    campaignId: `c${index}`,
    campaignVersion: 1,
    promotionId: `p${String(index).padStart(6, '0')}`,
    rule,
    priority,
    exclusive: false,
    audience: segmentKeys ? { kind: 'segments', segmentKeys } : { kind: 'all' },
    startsAt: new Date('2026-02-01T00:00:00Z'),
    endsAt: new Date('2026-04-01T00:00:00Z'),
    timeZone: 'UTC',
    holdout: { salt: `c${index}`, basisPoints: 0 },
    currency: 'EUR',
    maxDiscountMinor: null,
    remainingBudgetMinor: 1_000_000_000,
    onBudgetShort: 'partial',
    remainingUses: null,
    remainingUserUses: null,
    remainingUnits: null,
    requiredCodes: null,
    gifts: [],
    isKilled: false,
  };
}

/** Carts of 20 different products; every second one with a code that exists. */
export function drawCases(count: number, live: number): Case[] {
  const draw = new Draw(SEED);
  return Array.from({ length: count }, (_, index) => {
    const chosen = new Set<Product>();
    while (chosen.size < CART_LINES) chosen.add(draw.one(products));
    const segmentKeys = Array.from({ length: OWN_SEGMENTS }, () => `s${draw.whole(0, SEGMENTS - 1)}`);
    const code = `CODE${draw.whole(0, Math.floor(live / 20) - 1) * 20 + 17}`;
    const lines = [...chosen].map((product, line) => lineOf(product, line, draw.whole(1, 3)));
    return {
      cart: CartSchema.parse({ currency: 'EUR', lines, codes: index % 2 === 0 || live < 20 ? [] : [code] }),
      context: {
        now: NOW,
        user: { key: `user:${index}`, segmentKeys: [...new Set(segmentKeys)] },
        settings: { maxDepthBasisPoints: 10_000, marginFloorBasisPoints: 0, rounding: 'half-even', percentBase: 'initial' },
      },
    };
  });
}

const lineOf = ({ sku, category, priceMinor }: Product, line: number, quantity: number): Cart['lines'][number] => ({
  id: `l${line}`,
  sku,
  quantity,
  unitPriceMinor: priceMinor,
  costMinor: 0,
  floorMinor: null,
  categoryKeys: [category],
  stock: null,
});
