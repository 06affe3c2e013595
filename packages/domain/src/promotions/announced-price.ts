import { percentOf } from '../shared/money.ts';
import type { Condition } from './conditions/condition.ts';
import type { PromotionRule } from './promotion-rule.ts';

/**
 * The unit price that a promotion announces for a product in its scope, in minor units; null where it announces none. Promotions
 * with a condition (of their own, a minimum spend, other products, more units) and gifts are offers of another kind, not a lower price.
 */
export function announcedPriceMinor(
  { rule, condition }: { readonly rule: PromotionRule; readonly condition?: Condition },
  priceMinor: number,
  currency: string,
): number | null {
  if (condition) return null;
  switch (rule.kind) {
    case 'percent_off':
    case 'flash_sale':
      return priceMinor - percentOf(priceMinor, rule.basisPoints);
    case 'coupon': {
      const mostMinor = rule.maximumAmounts[currency];
      if (mostMinor === undefined || rule.minimumSpend !== null) return null;
      return priceMinor - Math.min(mostMinor, percentOf(priceMinor, rule.basisPoints));
    }
    case 'amount_off': {
      const amountMinor = rule.amounts[currency];
      return amountMinor === undefined || rule.minimumSpend !== null ? null : Math.max(0, priceMinor - amountMinor);
    }
    case 'fixed_price': {
      const fixedMinor = rule.prices[currency];
      return fixedMinor === undefined ? null : Math.min(priceMinor, fixedMinor);
    }
    case 'volume_price': {
      const oneMinor = rule.volumeTiers.find(({ quantity }) => quantity === 1)?.prices[currency];
      return oneMinor === undefined ? null : Math.min(priceMinor, oneMinor);
    }
    case 'pre_sale':
      return rule.prices[currency] ?? null;
    case 'spend_x_get_y_off':
    case 'free_gift':
    case 'bundle_price':
    case 'buy_x_get_y':
    case 'free_shipping':
    case 'reduced_shipping':
    case 'loyalty_points':
    case 'referral_reward':
      return null;
  }
}
