import { canonicalHash, currencyExponent, type PromotionRule } from '@promolift/domain';
import { cartWorthMinor } from './carts.ts';
import type { Offer } from './effect-basis.ts';
import type { Idea } from './occasions/idea.ts';
import type { ShopPicture } from './shop-picture.ts';

/** An idea with one concrete offer for it. */
export type Candidate = { idea: Idea; offer: Offer };

export const DEPTHS = [500, 1_000, 1_500, 2_000, 2_500, 3_000];
const SHORT_DAYS = 7;
const LONG_DAYS = 14;
const FLASH_DAYS = 7;
/** A smaller reward moves nobody to fill a cart. */
const LEAST_REWARD = 1_000;
const DAY_MS = 86_400_000;

const DAYS_OF: Partial<Record<PromotionRule['kind'], number>> = {
  flash_sale: FLASH_DAYS,
  coupon: LONG_DAYS,
  bundle_price: LONG_DAYS,
  pre_sale: LONG_DAYS,
  spend_x_get_y_off: LONG_DAYS,
  free_gift: LONG_DAYS,
};

/** Every kind the idea allows, at every depth the shop allows, for its audience. */
export function candidatesOf(picture: ShopPicture, idea: Idea): Candidate[] {
  const depths = DEPTHS.filter((depth) => depth <= picture.settings.maxDepthBasisPoints);
  const audiences: ('all' | string[])[] = idea.segment ? [[idea.segment.key]] : ['all', ...keenSegments(picture, idea).map((key) => [key])];
  const minimums = new Map<string, number>();
  const minimumOf = (segmentKeys: 'all' | string[]): number => {
    const key = JSON.stringify(segmentKeys);
    const minimum = minimums.get(key) ?? minimumFor(picture, idea, segmentKeys);
    minimums.set(key, minimum);
    return minimum;
  };
  return idea.kinds.flatMap((kind) => {
    const tried =
      kind === 'free_gift'
        ? [1_000]
        : kind === 'amount_off' || kind === 'spend_x_get_y_off'
          ? depths.filter((depth) => depth >= LEAST_REWARD)
          : depths;
    return audiences.flatMap((segmentKeys) =>
      tried.flatMap((depthBasisPoints): Candidate[] => {
        const rule = ruleOf(picture, idea, kind, depthBasisPoints, () => minimumOf(segmentKeys));
        return rule
          ? [
              {
                idea,
                offer: { rule, segmentKeys, days: Math.min(DAYS_OF[kind] ?? SHORT_DAYS, picture.settings.maxWindowDays), depthBasisPoints },
              },
            ]
          : [];
      }),
    );
  });
}

const KEEN = 1.25;
const MOST_KEEN = 2;

/** Segments that buy much more of the idea's category than their number explains. */
function keenSegments({ segments, userCount, settings }: ShopPicture, idea: Idea): string[] {
  const categoryKey = idea.products[0]?.categoryKey ?? '';
  const total = segments.reduce((sum, { unitsByCategory }) => sum + (unitsByCategory.get(categoryKey) ?? 0), 0);
  if (total === 0 || idea.kinds.includes('bundle_price')) return [];
  const keen = (key: string, units: number, size: number) => ({ key, keenness: units / total / (size / Math.max(1, userCount)) });
  return segments
    .filter(({ size }) => size >= settings.minimumSegmentSize)
    .map(({ key, unitsByCategory, size }) => keen(key, unitsByCategory.get(categoryKey) ?? 0, size))
    .filter(({ keenness }) => keenness > KEEN)
    .sort((a, b) => b.keenness - a.keenness)
    .slice(0, MOST_KEEN)
    .map(({ key }) => key);
}

function ruleOf(
  picture: ShopPicture,
  idea: Idea,
  kind: PromotionRule['kind'],
  depth: number,
  usualMinor: () => number,
): PromotionRule | null {
  const { scope } = idea;
  const { currency } = picture.settings;
  switch (kind) {
    case 'percent_off':
      return { kind, basisPoints: depth, scope };
    case 'flash_sale':
      return { kind, basisPoints: depth, scope, stockCapUnits: flashUnits(idea) };
    case 'coupon':
      return {
        kind,
        code: codeOf(picture, idea, depth),
        basisPoints: depth,
        maximumAmounts: { [currency]: niceAmount((2 * usualMinor() * depth) / 10_000) },
        minimumSpend: null,
        scope,
      };
    case 'amount_off':
      return thresholdRule(picture, idea, depth, usualMinor(), 'amount_off');
    case 'spend_x_get_y_off':
      return thresholdRule(picture, idea, depth, usualMinor(), 'spend_x_get_y_off');
    case 'free_gift':
      return idea.gift
        ? {
            kind,
            giftSku: idea.gift.sku,
            giftQuantity: 1,
            minimumSpend: { [currency]: niceAmount(1.3 * usualMinor()) },
            scope,
          }
        : null;
    case 'bundle_price':
      return bundleRule(idea, depth, currency);
    case 'pre_sale':
      return preSaleRule(idea, depth, currency);
    default:
      return null;
  }
}

function thresholdRule(
  picture: ShopPicture,
  idea: Idea,
  depth: number,
  usualMinor: number,
  kind: 'amount_off' | 'spend_x_get_y_off',
): PromotionRule | null {
  const { currency } = picture.settings;
  const minimum = niceAmount(1.4 * usualMinor);
  const amountMinor = Math.min(minimum, niceAmount((minimum * depth) / 10_000));
  if (amountMinor < 10 ** currencyExponent(currency)) return null;
  return kind === 'amount_off'
    ? { kind, amounts: { [currency]: amountMinor }, minimumSpend: { [currency]: minimum }, scope: idea.scope }
    : { kind, currency, tiers: [{ spendMinor: minimum, reward: { unit: 'amount', amountMinor } }], scope: idea.scope };
}

/** The middle cart's worth of the idea's products among those who are offered it. */
function minimumFor({ carts }: ShopPicture, idea: Idea, segmentKeys: 'all' | string[]): number {
  const inside = new Set(idea.products);
  const worths = carts
    .filter((cart) => segmentKeys === 'all' || cart.segmentKeys.some((key) => segmentKeys.includes(key)))
    .map((cart) =>
      idea.scope.kind === 'all'
        ? cartWorthMinor(cart)
        : cart.lines.reduce((sum, line) => sum + (inside.has(line.product) ? line.unitPriceMinor * line.quantity : 0), 0),
    )
    .filter((worth) => worth > 0)
    .sort((a, b) => a - b);
  return worths[Math.floor(worths.length / 2)] ?? idea.products[0]?.priceMinor ?? 1_000;
}

/** An amount people remember: one figure and its halves, times a power of ten. */
function niceAmount(amountMinor: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, amountMinor)));
  const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => Math.max(1, Math.round(step * power)));
  return steps.reduce((best, step) => (Math.abs(step - amountMinor) < Math.abs(best - amountMinor) ? step : best), steps[0] ?? 1);
}

function flashUnits(idea: Idea): number {
  const expected = idea.products.reduce((sum, product) => sum + product.expected.slice(0, FLASH_DAYS).reduce((a, b) => a + b, 0), 0);
  const inStock = idea.products.reduce((sum, { stock }) => sum + (stock ?? Number.POSITIVE_INFINITY), 0);
  return Math.max(1, Math.min(1_000_000, Math.floor(inStock * 0.8), Math.ceil(3 * expected + 10)));
}

function bundleRule(idea: Idea, depth: number, currency: string): PromotionRule {
  const separately = idea.products.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  return {
    kind: 'bundle_price',
    pieces: idea.products.map(({ sku }) => ({ sku, quantity: 1 })),
    prices: { [currency]: Math.max(1, Math.round((separately * (10_000 - depth)) / 10_000)) },
  };
}

function preSaleRule(idea: Idea, depth: number, currency: string): PromotionRule | null {
  const product = idea.products[0];
  if (!product?.launchedAt) return null;
  return {
    kind: 'pre_sale',
    sku: product.sku,
    prices: { [currency]: Math.max(1, Math.round((product.priceMinor * (10_000 - depth)) / 10_000)) },
    launchesAt: product.launchedAt.toISOString(),
    depositBasisPoints: 2_000,
  };
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Readable, and another one every day and idea, so that a code of last month never opens today's offer. */
function codeOf({ now }: ShopPicture, idea: Idea, depth: number): string {
  const hash = canonicalHash([Math.floor(now.getTime() / DAY_MS), idea.label.en, idea.scope, depth]);
  const tail = [0, 1, 2].map((at) => LETTERS[Number.parseInt(hash.slice(at * 2, at * 2 + 2), 16) % LETTERS.length]).join('');
  return `${idea.occasion === 'at_risk_segment' ? 'BACK' : 'SAVE'}${depth / 100}${tail}`;
}
