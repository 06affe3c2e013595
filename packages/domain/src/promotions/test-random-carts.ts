import { GROUP_MODES } from '../shared/stacking.ts';
import type { Cart, CartLine } from './cart.ts';
import type { Condition } from './conditions/condition.ts';
import { UNKNOWN_SHOPPER } from './conditions/condition-kind.ts';
import type { EvaluationContext, LivePromotion, Referral } from './live-promotion.ts';
import { REFERRAL_REFUSALS } from './promotion-kind.ts';
import { PROMOTION_RULE_KINDS, type PromotionRule } from './promotion-rule.ts';
import type { Scope } from './scope.ts';

/** Mulberry32: a cart is found again by its number. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const NOW = new Date('2026-03-01T12:00:00Z');
const CATEGORIES = ['snacks', 'tea', 'home'];
const GROUPS = ['season', 'brand', 'club'] as const;
const CAMPAIGNS = [0, 1, 2, 3, 4, 5].map((n) => `c${n}`);
const CURRENCIES = [
  ['JPY', 1],
  ['EUR', 100],
  ['KWD', 1_000],
] as const;

export class Draw {
  readonly chance: () => number;
  constructor(seed: number) {
    this.chance = chanceOf(seed);
  }
  whole(low: number, high: number): number {
    return low + Math.floor(this.chance() * (high - low + 1));
  }
  is(probability: number): boolean {
    return this.chance() < probability;
  }
  one<T>(items: readonly T[]): T {
    const item = items[this.whole(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to draw from');
    return item;
  }
}

export function drawLine(draw: Draw, index: number, unit: number): CartLine {
  const unitPriceMinor = draw.is(0.05) ? 0 : draw.whole(1, 60 * unit);
  const sku = draw.whole(0, 9);
  return {
    id: `l${index}`,
    sku: `S${sku}`,
    quantity: draw.whole(1, 4),
    unitPriceMinor,
    costMinor: draw.is(0.1) ? null : Math.floor(unitPriceMinor * draw.chance() * 1.1),
    floorMinor: draw.is(0.2) ? Math.floor(unitPriceMinor * draw.chance()) : null,
    categoryKeys: [CATEGORIES[sku % 3] ?? 'snacks'],
    stock: null,
  };
}

function drawScope(draw: Draw): Scope {
  if (draw.is(0.5)) return { kind: 'all' };
  return draw.is(0.5)
    ? { kind: 'categories', categoryKeys: [draw.one(CATEGORIES)] }
    : { kind: 'skus', skus: [`S${draw.whole(0, 9)}`, `S${draw.whole(0, 9)}`] };
}

export function drawRule(draw: Draw, currency: string, unit: number): PromotionRule {
  const scope = drawScope(draw);
  const money = (high: number) => ({ [currency]: draw.whole(1, high * unit) });
  const basisPoints = draw.whole(1, 10_000);
  const kind = draw.one(PROMOTION_RULE_KINDS);
  const spend = draw.whole(1, 50 * unit);
  switch (kind) {
    case 'percent_off':
      return { kind, basisPoints, scope };
    case 'amount_off':
      return { kind, amounts: money(40), minimumSpend: draw.is(0.5) ? money(150) : null, scope };
    case 'spend_x_get_y_off':
      return {
        kind,
        currency,
        tiers: [
          { spendMinor: spend, reward: { unit: 'amount', amountMinor: draw.whole(1, spend) } },
          { spendMinor: spend * 3, reward: { unit: 'percent', basisPoints } },
        ],
        scope,
      };
    case 'coupon':
      return {
        kind,
        code: draw.one(['SPRING', 'AUTUMN']),
        basisPoints,
        maximumAmounts: money(30),
        minimumSpend: draw.is(0.5) ? money(100) : null,
        scope,
      };
    case 'free_gift':
      return {
        kind,
        giftSku: 'GIFT',
        ...(draw.is(0.5) && { otherGiftSkus: ['OTHER'] }),
        giftQuantity: draw.whole(1, 2),
        minimumSpend: money(100),
        scope,
      };
    case 'bundle_price':
      return {
        kind,
        pieces: [
          { sku: `S${draw.whole(0, 4)}`, quantity: draw.whole(1, 2) },
          { sku: `S${draw.whole(5, 9)}`, quantity: 1 },
        ],
        prices: money(80),
      };
    case 'flash_sale':
      return { kind, basisPoints, stockCapUnits: draw.whole(1, 8), scope };
    case 'pre_sale':
      return {
        kind,
        sku: `S${draw.whole(0, 9)}`,
        prices: money(50),
        launchesAt: draw.is(0.8) ? '2026-04-01T00:00:00Z' : '2026-01-01T00:00:00Z',
        depositBasisPoints: basisPoints,
      };
    case 'buy_x_get_y':
      return drawBuyXGetY(draw, basisPoints, scope);
    case 'free_shipping':
      return { kind, minimumSpend: money(100), scope };
    case 'fixed_price':
      return { kind, prices: money(40), scope };
    case 'volume_price': {
      const priceMinor = draw.whole(2, 50 * unit);
      return {
        kind,
        volumeTiers: [
          { quantity: draw.whole(1, 3), prices: { [currency]: priceMinor } },
          { quantity: draw.whole(4, 8), prices: { [currency]: draw.whole(1, priceMinor - 1) } },
        ],
        countedBy: draw.one(['product', 'scope'] as const),
        scope,
      };
    }
    case 'loyalty_points':
      return { kind, points: draw.whole(1, 5), perAmounts: money(3), scope };
    case 'referral_reward':
      return {
        kind,
        referrerPoints: draw.whole(1, 500),
        friendPoints: draw.whole(1, 500),
        maxPerReferrer: 3,
        minimumSpend: money(60),
        scope,
      };
    case 'reduced_shipping':
      return draw.is(0.5) ? { kind, amounts: money(6), scope } : { kind, basisPoints, maximumAmounts: money(4), scope };
  }
}

function drawBuyXGetY(draw: Draw, basisPoints: number, scope: Scope): PromotionRule {
  const [kind, mode] = ['buy_x_get_y' as const, draw.one(['cheapest', 'dearest', 'same', 'set'] as const)];
  if (mode !== 'set') return { kind, mode, buyQuantity: draw.whole(1, 3), getQuantity: draw.whole(1, 2), basisPoints, scope };
  const skus = [`S${draw.whole(0, 4)}`, `S${draw.whole(5, 9)}`];
  return { kind, mode, buyQuantity: 1, getQuantity: 1, basisPoints, scope: { kind: 'skus', skus } };
}

/** Of every second tree some leaf is unknown, which no shopper of these carts can change. */
function drawCondition(draw: Draw, currency: string, unit: number, depth = 2): Condition {
  const branch = depth > 0 ? draw.one(['and', 'or', 'not', 'leaf'] as const) : 'leaf';
  const below = () => drawCondition(draw, currency, unit, depth - 1);
  if (branch === 'not') return { kind: branch, condition: below() };
  if (branch !== 'leaf') return { kind: branch, conditions: [below(), below()] };
  return draw.one<Condition>([
    { kind: 'units_in_cart', minimumUnits: draw.whole(1, 6), scope: drawScope(draw) },
    { kind: 'amount_in_cart', minimumAmounts: { [currency]: draw.whole(1, 200 * unit) }, scope: drawScope(draw) },
    { kind: 'segment', segmentKeys: [draw.one(['loyal', 'new'])] },
    { kind: 'weekday', weekdays: [draw.one(['sunday', 'monday'] as const)] },
    { kind: 'code_typed', codes: ['spring'] },
    { kind: 'first_order' },
  ]);
}

export function drawPromotion(draw: Draw, index: number, currency: string, unit: number): LivePromotion {
  return {
    campaignId: draw.one(CAMPAIGNS),
    campaignVersion: 1,
    promotionId: `p${index}`,
    rule: drawRule(draw, currency, unit),
    ...(draw.is(0.15) && { condition: drawCondition(draw, currency, unit) }),
    priority: draw.whole(0, 2),
    exclusive: draw.is(0.1),
    audience: draw.is(0.8) ? { kind: 'all' } : { kind: 'segments', segmentKeys: [draw.one(['loyal', 'new'])] },
    startsAt: draw.is(0.95) ? new Date('2026-02-01T00:00:00Z') : new Date('2026-03-02T00:00:00Z'),
    endsAt: draw.is(0.97) ? new Date('2026-04-01T00:00:00Z') : NOW,
    timeZone: 'UTC',
    holdout: { salt: `c${index}`, basisPoints: 1_000 },
    currency: draw.is(0.95) ? currency : 'USD',
    maxDiscountMinor: draw.is(0.2) ? draw.whole(1, 20 * unit) : null,
    remainingBudgetMinor: draw.is(0.3) ? draw.whole(0, 50 * unit) : null,
    onBudgetShort: draw.is(0.5) ? 'partial' : 'refuse',
    remainingUses: draw.is(0.1) ? draw.whole(0, 1) : null,
    remainingUserUses: null,
    remainingUnits: draw.is(0.3) ? draw.whole(0, 4) : null,
    requiredCodes: null,
    gifts: ['GIFT', 'OTHER'].slice(0, draw.whole(1, 2)).map((sku) => ({
      sku,
      name: sku,
      stock: draw.is(0.3) ? draw.whole(0, 3) : null,
      costMinor: draw.is(0.1) ? null : draw.whole(0, 20 * unit),
    })),
    isKilled: draw.is(0.02),
    ...(draw.is(0.6) && { group: draw.one(GROUPS) }),
    ...(draw.is(0.15) && { maxLineDiscountMinor: draw.whole(1, 10 * unit) }),
  };
}

const TAX_RATES = [0, 250, 700, 1_900, 2_500];

/** Lines of a cart whose prices are with or without tax, each at a rate of its own. */
function drawTax(draw: Draw, cart: Cart): Cart {
  if (draw.is(0.4)) return cart;
  return {
    ...cart,
    lines: cart.lines.map((line) => ({ ...line, taxBasisPoints: draw.one(TAX_RATES) })),
    shippingTaxBasisPoints: draw.one(TAX_RATES),
    pricesIncludeTax: draw.is(0.5),
  };
}

export function drawCase(seed: number): { cart: Cart; promotions: LivePromotion[]; context: EvaluationContext } {
  const draw = new Draw(seed);
  const [currency, unit] = draw.one(CURRENCIES);
  const lines = Array.from({ length: draw.whole(0, 8) }, (_, index) => drawLine(draw, index, unit));
  return {
    cart: drawTax(draw, {
      currency,
      lines,
      codes: draw.is(0.5) ? ['SPRING'] : [],
      shippingMinor: draw.is(0.5) ? draw.whole(1, 5 * unit) : 0,
    }),
    promotions: Array.from({ length: draw.whole(0, 7) }, (_, index) => drawPromotion(draw, index, currency, unit)),
    context: {
      now: NOW,
      ...(draw.is(0.5) && { facts: { ...UNKNOWN_SHOPPER, segmentKeys: ['loyal'] } }),
      ...(draw.is(0.8) && { referral: drawReferral(draw) }),
      user: { key: `${draw.is(0.9) ? 'user' : 'anonymous'}:${draw.whole(0, 999)}`, segmentKeys: ['loyal'] },
      settings: {
        maxDepthBasisPoints: draw.one([1_500, 3_000, 10_000]),
        marginFloorBasisPoints: draw.one([0, 500, 2_000]),
        rounding: draw.one(['half-even', 'half-up', 'half-down']),
        percentBase: draw.one(['remaining', 'initial']),
        maxOrderDiscountBasisPoints: draw.one([10_000, 10_000, 2_000]),
        promotionGroups: GROUPS.map((key) => ({ key, mode: draw.one(GROUP_MODES) })),
        ...(draw.is(0.9) && { pointsPerMinor: { [currency]: draw.one([1, 10]) } }),
        separateGroups: draw.is(0.3) ? [[draw.one(['season', 'brand']), 'club'] as const] : [],
      },
    },
  };
}

const drawReferral = (draw: Draw): Referral => ({
  refusal: draw.one([null, null, null, ...REFERRAL_REFUSALS]),
  rewardsByCampaign: draw.is(0.2) ? Object.fromEntries(CAMPAIGNS.map((id) => [id, 3])) : {},
});
