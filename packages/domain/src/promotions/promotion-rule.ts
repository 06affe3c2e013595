import { z } from 'zod';
import type { LocalizedText } from '../shared/text.ts';
import { type Condition, conditionSentence, scopesOfCondition } from './conditions/condition.ts';
import { amountOff } from './kinds/amount-off.ts';
import { bundlePrice } from './kinds/bundle-price.ts';
import { buyXGetY } from './kinds/buy-x-get-y.ts';
import { coupon } from './kinds/coupon.ts';
import { fixedPrice } from './kinds/fixed-price.ts';
import { flashSale } from './kinds/flash-sale.ts';
import { freeGift } from './kinds/free-gift.ts';
import { freeShipping } from './kinds/free-shipping.ts';
import { loyaltyPoints } from './kinds/loyalty-points.ts';
import { percentOff } from './kinds/percent-off.ts';
import { preSale } from './kinds/pre-sale.ts';
import { reducedShipping } from './kinds/reduced-shipping.ts';
import { referralReward } from './kinds/referral-reward.ts';
import { spendXGetYOff } from './kinds/spend-x-get-y-off.ts';
import { volumePrice } from './kinds/volume-price.ts';
import type { DescribedKind, Miss, PriceBook, PromotionKind, RuleView, Wish } from './promotion-kind.ts';
import { listedKeys, type Names, type Scope } from './scope.ts';

/** The one list of kinds; schema, form, words and behaviour of every rule come from it. */
const KINDS = {
  percent_off: percentOff,
  amount_off: amountOff,
  spend_x_get_y_off: spendXGetYOff,
  coupon,
  free_gift: freeGift,
  bundle_price: bundlePrice,
  flash_sale: flashSale,
  pre_sale: preSale,
  buy_x_get_y: buyXGetY,
  free_shipping: freeShipping,
  fixed_price: fixedPrice,
  volume_price: volumePrice,
  reduced_shipping: reducedShipping,
  loyalty_points: loyaltyPoints,
  referral_reward: referralReward,
};

export type PromotionRuleKind = keyof typeof KINDS;
type RuleByKind = { [K in PromotionRuleKind]: z.infer<(typeof KINDS)[K]['schema']> };
/** Indexed by its own kind, so that the compiler knows which rule goes with which kind. */
type RuleOf<K extends PromotionRuleKind> = { [P in K]: RuleByKind[P] & { kind: P } }[K];

const BY_KIND: { readonly [K in PromotionRuleKind]: PromotionKind<RuleByKind[K] & { kind: K }> } = KINDS;

const [first, ...others] = Object.values(KINDS);
if (!first) throw new Error('there are no kinds of promotions');
export const PROMOTION_KINDS: readonly DescribedKind<PromotionRuleKind>[] = Object.values(KINDS);
export const PROMOTION_RULE_KINDS: readonly PromotionRuleKind[] = PROMOTION_KINDS.map(({ kind }) => kind);

export const PromotionRule = z.discriminatedUnion('kind', [first.schema, ...others.map(({ schema }) => schema)]);
export type PromotionRule = z.infer<typeof PromotionRule>;

/** The one place where a rule meets its kind. */
const kindOf = <K extends PromotionRuleKind>(rule: RuleOf<K>): PromotionKind<RuleByKind[K] & { kind: K }> => BY_KIND[rule.kind];

export const evaluateRule = (rule: PromotionRule, view: RuleView): Wish | Miss => kindOf(rule).evaluate(rule, view);
/** The rule as a sentence for managers and shoppers; `names` say what keys and skus are called. */
export function promotionSentence(rule: PromotionRule, names?: Names, condition?: Condition): LocalizedText {
  const sentence = kindOf(rule).sentence(rule, names);
  if (!condition) return sentence;
  const only = conditionSentence(condition, names);
  return { en: `${sentence.en}, only ${only.en}`, zh: `${sentence.zh}（仅限${only.zh}）` };
}
/** The products and categories that the rule's sentence names. */
export function namedInSentence(rule: PromotionRule, condition?: Condition): { skus: readonly string[]; categoryKeys: readonly string[] } {
  const scopes = [ruleScope(rule), ...(condition ? scopesOfCondition(condition) : [])];
  return {
    skus: [...(kindOf(rule).alsoNames?.(rule) ?? []), ...scopes.flatMap((scope) => (scope.kind === 'skus' ? listedKeys(scope.skus) : []))],
    categoryKeys: scopes.flatMap((scope) => (scope.kind === 'categories' ? listedKeys(scope.categoryKeys) : [])),
  };
}
export const ruleScope = (rule: PromotionRule): Scope => kindOf(rule).scopeOf(rule);
/** Deepest cut the rule alone can make on a product, in basis points of its price. */
export const ruleDepthBasisPoints = (rule: PromotionRule, sku: string, prices: PriceBook): number =>
  kindOf(rule).depthBasisPoints(rule, sku, prices);
/** Does the rule give points, which are of the final price? */
export const isEarningRule = (rule: PromotionRule): boolean => kindOf(rule).isEarning === true;
/** Products that the rule gives for nothing, in the order in which they are tried. */
export const giftSkusOf = (rule: PromotionRule): readonly string[] => kindOf(rule).giftSkusOf?.(rule) ?? [];
