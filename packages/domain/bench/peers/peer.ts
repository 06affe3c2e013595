import type { Cart } from '../../src/promotions/cart.ts';
import type { EvaluationContext, LivePromotion } from '../../src/promotions/live-promotion.ts';

export interface Peer {
  readonly name: string;
  /** Expresses the promotions its own way; returns what prices one cart: the discount of its lines in minor units. */
  prepare(promotions: readonly LivePromotion[]): (cart: Cart, context: EvaluationContext) => Promise<number>;
}

/** What a rule of the bench says, for those who say it otherwise. */
export function readRule({ rule }: LivePromotion) {
  switch (rule.kind) {
    case 'percent_off':
      return { kind: 'products', basisPoints: rule.basisPoints, scope: rule.scope } as const;
    case 'coupon':
      return { kind: 'coupon', basisPoints: rule.basisPoints, code: rule.code } as const;
    case 'spend_x_get_y_off': {
      const [tier] = rule.tiers;
      if (tier?.reward.unit !== 'percent') throw new Error('the bench has percentages only');
      return { kind: 'spend', basisPoints: tier.reward.basisPoints, spendMinor: tier.spendMinor } as const;
    }
    default:
      throw new Error(`the bench has no ${rule.kind}`);
  }
}
