import {
  judgeReduction,
  NO_REDUCTION_REASONS,
  type NoReductionReason,
  type PriceHistory,
  type ReductionRules,
} from '../products/prior-price.ts';
import { announcedPriceMinor } from '../promotions/announced-price.ts';
import { isPersonal } from '../promotions/personal-price.ts';
import { type PromotionRule, ruleScope } from '../promotions/promotion-rule.ts';
import { isInScope } from '../promotions/scope.ts';
import type { Refusal } from '../shared/result.ts';
import type { LocalizedText } from '../shared/text.ts';
import type { GuardrailCheck } from './evidence.ts';
import { audienceOf } from './live-promotions.ts';

export interface PricedForLaw {
  readonly sku: string;
  readonly name: string;
  readonly categoryKeys: readonly string[];
  readonly priceMinor: number;
  readonly history: PriceHistory;
}

/** A product for which a campaign would announce a reduction that is none. */
export interface FalseReduction {
  readonly sku: string;
  readonly name: string;
  readonly announcedMinor: number;
  readonly priorPriceMinor: number | null;
  readonly reason: NoReductionReason;
}

type Announced = {
  readonly audience: { readonly segmentKeys: 'all' | readonly string[] };
  readonly promotions: readonly { readonly rule: PromotionRule }[];
};

/**
 * The products whose announced reduction would be none against their prior price, in the order given; `history` without the
 * campaign itself. Offers to segments are no announcement to the public: they carry the disclosure of a personal price instead.
 */
export function falseReductions(
  campaign: Announced,
  products: readonly PricedForLaw[],
  beganAt: Date,
  rules: ReductionRules,
): FalseReduction[] {
  if (isPersonal({ audience: audienceOf(campaign) })) return [];
  return products.flatMap((product): FalseReduction[] => {
    const { sku, name, history } = product;
    const announced = campaign.promotions
      .filter(({ rule }) => isInScope(ruleScope(rule), product))
      .flatMap((promotion) => announcedPriceMinor(promotion, product.priceMinor, history.currency) ?? []);
    if (announced.length === 0) return [];
    // Each rule is announced by itself: the weakest claim must be true too.
    const announcedMinor = Math.max(...announced);
    const { reason, priorPriceMinor } = judgeReduction(history, { priceMinor: announcedMinor, beganAt }, rules);
    return reason === null ? [] : [{ sku, name, announcedMinor, priorPriceMinor, reason }];
  });
}

/** As one of the checks a manager reads; it names the products. */
export function priceLawCheck(found: readonly FalseReduction[]): GuardrailCheck {
  const named = namedIn(found, MOST_NAMED_IN_CHECK, ({ name }) => ({ en: name, zh: name }));
  return {
    code: 'PRICE_LAW',
    value: found.length,
    limit: 0,
    comparison: 'at_most',
    unit: 'count',
    passed: found.length === 0,
    message: {
      en: `Products whose announced reduction is none against the lowest price of 30 days${named.en}`,
      zh: `相对 30 天最低价并未真正降价的商品${named.zh}`,
    },
  };
}

export type PriceLawRefusal = Refusal & { readonly kind: 'NO_REDUCTION'; readonly products: readonly FalseReduction[] };

export const priceLawRefusal = (products: readonly FalseReduction[]): PriceLawRefusal => ({
  kind: 'NO_REDUCTION',
  message: `The announced reduction would be none against the lowest price of the 30 days before${namedIn(products, MOST_NAMED_IN_REFUSAL, withReason).en}. Cut deeper, start later or leave them out.`,
  products,
});

// A check is read in a list of checks; a refusal is read by whoever must act on it.
const MOST_NAMED_IN_CHECK = 3;
const MOST_NAMED_IN_REFUSAL = 10;

const withReason = ({ name, sku, reason }: FalseReduction): LocalizedText => ({
  en: `${name} (${sku}: ${NO_REDUCTION_REASONS[reason].en})`,
  zh: `${name} (${sku}: ${NO_REDUCTION_REASONS[reason].zh})`,
});

function namedIn(found: readonly FalseReduction[], most: number, nameOf: (one: FalseReduction) => LocalizedText): LocalizedText {
  if (found.length === 0) return { en: '', zh: '' };
  const named = found.slice(0, most).map(nameOf);
  const more = found.length - named.length;
  return {
    en: `: ${named.map(({ en }) => en).join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    zh: `：${named.map(({ zh }) => zh).join('；')}${more > 0 ? `；另有 ${more} 件` : ''}`,
  };
}
