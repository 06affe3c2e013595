import type { PromotionRule, Scope } from '@promolift/domain';
import type { Offer } from '@promolift/simulator';

/** A served promotion as the simulated shoppers understand it; undefined for what they are indifferent to (shipping). */
export function offerOf(
  promotionId: string,
  rule: PromotionRule,
  currency: string,
  code: string | null,
  priceOf: (sku: string) => number | undefined,
): Offer | undefined {
  const terms = termsOf(rule, currency, priceOf);
  if (!terms) return undefined;
  const ownCode = code ?? (rule.kind === 'coupon' ? rule.code : null);
  return { id: ownCode ?? promotionId, requiresCode: ownCode !== null, ...terms };
}

type Terms = Omit<Offer, 'id' | 'requiresCode'>;

function termsOf(rule: PromotionRule, currency: string, priceOf: (sku: string) => number | undefined): Terms | undefined {
  switch (rule.kind) {
    case 'percent_off':
    case 'flash_sale':
      return { kind: rule.kind, depthBasisPoints: rule.basisPoints, ...coverOf(rule.scope) };
    case 'amount_off':
      return {
        kind: rule.kind,
        amountMinor: rule.amounts[currency] ?? 0,
        ...thresholdOf(rule.minimumSpend?.[currency]),
        ...coverOf(rule.scope),
      };
    case 'spend_x_get_y_off':
      return { kind: rule.kind, ...firstTier(rule), ...coverOf(rule.scope) };
    case 'coupon':
      return { kind: rule.kind, depthBasisPoints: rule.basisPoints, ...thresholdOf(rule.minimumSpend?.[currency]), ...coverOf(rule.scope) };
    case 'free_gift':
      return { kind: rule.kind, giftSku: rule.giftSku, ...thresholdOf(rule.minimumSpend[currency]), ...coverOf(rule.scope) };
    case 'bundle_price':
      return { kind: rule.kind, skus: rule.pieces.map(({ sku }) => sku), amountMinor: rule.prices[currency] ?? 0 };
    case 'pre_sale':
      return { kind: rule.kind, skus: [rule.sku], depthBasisPoints: depthOf(rule.prices[currency], priceOf(rule.sku)) };
    case 'buy_x_get_y':
      return {
        kind: 'percent_off',
        depthBasisPoints: Math.round((rule.basisPoints * rule.getQuantity) / (rule.buyQuantity + rule.getQuantity)),
        ...coverOf(rule.scope),
      };
    case 'fixed_price':
      return { kind: 'percent_off', ...priceCut(rule.scope, rule.prices[currency], priceOf) };
    case 'volume_price':
      return { kind: 'percent_off', ...priceCut(rule.scope, rule.volumeTiers[0]?.prices[currency], priceOf) };
    case 'free_shipping':
    case 'reduced_shipping':
    case 'loyalty_points':
    case 'referral_reward':
      return undefined;
  }
}

function coverOf(scope: Scope): Pick<Terms, 'skus' | 'categoryKeys'> {
  if (scope.kind === 'all') return {};
  return scope.kind === 'skus' ? { skus: scope.skus } : { categoryKeys: scope.categoryKeys };
}

const thresholdOf = (thresholdMinor: number | undefined): Pick<Terms, 'thresholdMinor'> => (thresholdMinor ? { thresholdMinor } : {});

const depthOf = (priceMinor: number | undefined, regularMinor: number | undefined): number =>
  priceMinor === undefined || !regularMinor ? 0 : Math.max(0, Math.round((1 - priceMinor / regularMinor) * 10_000));

/** One price for several products: their mean cut. Without named products nobody can say what it means to them. */
function priceCut(scope: Scope, priceMinor: number | undefined, priceOf: (sku: string) => number | undefined): Partial<Terms> {
  const depths = scope.kind === 'skus' ? scope.skus.map((sku) => depthOf(priceMinor, priceOf(sku))) : [0];
  return { depthBasisPoints: Math.round(depths.reduce((sum, depth) => sum + depth, 0) / depths.length), ...coverOf(scope) };
}

/** Shoppers look at the first step: it is the one within reach. */
function firstTier(
  rule: Extract<PromotionRule, { kind: 'spend_x_get_y_off' }>,
): Pick<Terms, 'thresholdMinor' | 'amountMinor' | 'depthBasisPoints'> {
  const tier = rule.tiers[0];
  if (!tier) return {};
  return {
    thresholdMinor: tier.spendMinor,
    ...(tier.reward.unit === 'amount' ? { amountMinor: tier.reward.amountMinor } : { depthBasisPoints: tier.reward.basisPoints }),
  };
}
