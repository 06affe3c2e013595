import type { PriceBook } from '../promotions/promotion-kind.ts';
import type { PromotionRule } from '../promotions/promotion-rule.ts';
import { ruleDepthBasisPoints, ruleScope } from '../promotions/promotion-rule.ts';
import { isInScope } from '../promotions/scope.ts';
import { marginBasisPoints } from '../products/product.ts';
import { BASIS_POINTS } from '../shared/money.ts';
import type { ShopSettings } from '../shared/shop-settings.ts';
import type { LocalizedText } from '../shared/text.ts';
import type { GuardrailCheck } from './evidence.ts';

export interface GuardedProduct {
  readonly sku: string;
  readonly categoryKeys: readonly string[];
  readonly priceMinor: number;
  readonly costMinor: number | null;
  readonly stock: number | null;
  /** Units expected in the window with the promotion; null = no forecast. */
  readonly expectedUnits: number | null;
}

export interface GuardrailInput {
  readonly rules: readonly PromotionRule[];
  readonly products: readonly GuardedProduct[];
  readonly currency: string;
  readonly budgetMinor: number;
  /** High end of the 80% interval of what the campaign will cost. */
  readonly expectedCostMinor: number;
  readonly audienceSize: number;
  readonly windowDays: number;
  readonly settings: Pick<ShopSettings, 'marginFloorBasisPoints' | 'maxDepthBasisPoints' | 'minimumSegmentSize' | 'maxWindowDays'>;
}

export interface GuardrailReport {
  readonly passed: boolean;
  /** Failed ones first. */
  readonly checks: readonly GuardrailCheck[];
}

/** What a campaign may not do, each with its value and limit. The engine enforces floors and depth again on every cart. */
export function checkGuardrails(input: GuardrailInput): GuardrailReport {
  const covered = input.products.filter((product) => input.rules.some((rule) => isInScope(ruleScope(rule), product)));
  const deepest = deepestCuts(input, covered);
  const { settings } = input;
  const checks: GuardrailCheck[] = [
    check('MARGIN_FLOOR', lowestMargin(covered, deepest), settings.marginFloorBasisPoints, 'at_least', 'basisPoints', {
      en: 'Margin left at the deepest price',
      zh: '最低价时的毛利率',
    }),
    check('MAXIMUM_DEPTH', covered.length === 0 ? null : Math.max(...deepest), settings.maxDepthBasisPoints, 'at_most', 'basisPoints', {
      en: 'Deepest discount',
      zh: '最大折扣',
    }),
    check('BUDGET', input.expectedCostMinor, input.budgetMinor, 'at_most', 'amountMinor', {
      en: 'Expected cost against budget',
      zh: '预计成本与预算',
    }),
    check('MISSING_COST', covered.filter((product) => product.costMinor === null).length, 0, 'at_most', 'count', {
      en: 'Products without a known cost',
      zh: '成本未知的商品数',
    }),
    check('STOCK', lowestCover(covered), BASIS_POINTS, 'at_least', 'basisPoints', {
      en: 'Stock as a share of expected units',
      zh: '库存占预计销量的比例',
    }),
    check('AUDIENCE_SIZE', input.audienceSize, settings.minimumSegmentSize, 'at_least', 'count', {
      en: 'Shoppers in the audience',
      zh: '人群规模',
    }),
    check('WINDOW_LENGTH', input.windowDays > 0 ? input.windowDays : null, settings.maxWindowDays, 'at_most', 'days', {
      en: 'Days the campaign runs',
      zh: '活动天数',
    }),
  ];
  checks.sort((a, b) => Number(a.passed) - Number(b.passed));
  return { passed: checks.every(({ passed }) => passed), checks };
}

/** All rules of a campaign may meet on one product: their cuts follow one another. */
function deepestCuts(input: GuardrailInput, covered: readonly GuardedProduct[]): number[] {
  const priceBySku = new Map(input.products.map((product) => [product.sku, product.priceMinor]));
  const prices: PriceBook = { currency: input.currency, priceOf: (sku) => priceBySku.get(sku) ?? null };
  return covered.map((product) => {
    const kept = input.rules
      .filter((rule) => isInScope(ruleScope(rule), product))
      .reduce((share, rule) => (share * (BASIS_POINTS - ruleDepthBasisPoints(rule, product.sku, prices))) / BASIS_POINTS, BASIS_POINTS);
    return Math.ceil(BASIS_POINTS - kept - 1e-9);
  });
}

function lowestMargin(covered: readonly GuardedProduct[], deepest: readonly number[]): number | null {
  const margins = covered.map((product, index) =>
    marginBasisPoints(Math.floor((product.priceMinor * (BASIS_POINTS - (deepest[index] ?? 0))) / BASIS_POINTS), product.costMinor),
  );
  const known = margins.filter((margin) => margin !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Whole cover where nothing is counted or forecast: a shop without stock figures cannot run out by them. */
function lowestCover(covered: readonly GuardedProduct[]): number {
  const covers = covered.flatMap(({ stock, expectedUnits }) =>
    stock === null || expectedUnits === null || expectedUnits <= 0 ? [] : [Math.floor((stock * BASIS_POINTS) / expectedUnits)],
  );
  return covers.length === 0 ? BASIS_POINTS : Math.min(...covers);
}

function check(
  code: GuardrailCheck['code'],
  value: number | null,
  limit: number,
  comparison: GuardrailCheck['comparison'],
  unit: GuardrailCheck['unit'],
  message: LocalizedText,
): GuardrailCheck {
  const passed = value !== null && Number.isFinite(value) && (comparison === 'at_least' ? value >= limit : value <= limit);
  return { code, value: value !== null && Number.isFinite(value) ? value : null, limit, comparison, unit, passed, message };
}
