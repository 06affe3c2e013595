import { percentOf } from '../shared/money.ts';
import type { PromotionRule } from './promotion-rule.ts';

/**
 * The unit price that a rule announces for a product in its scope, in minor units; null where it announces none. Rules with
 * a condition (a minimum spend, other products, more units) and gifts are offers of another kind, not a lower price.
 */
export function announcedPriceMinor(rule: PromotionRule, priceMinor: number, currency: string): number | null {
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
    case 'pre_sale':
      return rule.prices[currency] ?? null;
    case 'spend_x_get_y_off':
    case 'free_gift':
    case 'bundle_price':
    case 'buy_x_get_y':
    case 'free_shipping':
      return null;
  }
}
