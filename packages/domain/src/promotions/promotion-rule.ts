import { z } from 'zod';
import type { LocalizedText } from '../shared/text.ts';
import { amountOff } from './kinds/amount-off.ts';
import { bundlePrice } from './kinds/bundle-price.ts';
import { buyXGetY } from './kinds/buy-x-get-y.ts';
import { coupon } from './kinds/coupon.ts';
import { flashSale } from './kinds/flash-sale.ts';
import { freeGift } from './kinds/free-gift.ts';
import { freeShipping } from './kinds/free-shipping.ts';
import { percentOff } from './kinds/percent-off.ts';
import { preSale } from './kinds/pre-sale.ts';
import { spendXGetYOff } from './kinds/spend-x-get-y-off.ts';
import type { Miss, PriceBook, PromotionKind, RuleView, Wish } from './promotion-kind.ts';
import { listedKeys, type Names, type Scope } from './scope.ts';

export const PROMOTION_KINDS = [
  percentOff,
  amountOff,
  spendXGetYOff,
  coupon,
  freeGift,
  bundlePrice,
  flashSale,
  preSale,
  buyXGetY,
  freeShipping,
] as const;

export const PromotionRule = z.discriminatedUnion('kind', [
  percentOff.schema,
  amountOff.schema,
  spendXGetYOff.schema,
  coupon.schema,
  freeGift.schema,
  bundlePrice.schema,
  flashSale.schema,
  preSale.schema,
  buyXGetY.schema,
  freeShipping.schema,
]);
export type PromotionRule = z.infer<typeof PromotionRule>;
export type PromotionRuleKind = PromotionRule['kind'];
export const PROMOTION_RULE_KINDS: readonly PromotionRuleKind[] = PROMOTION_KINDS.map(({ kind }) => kind);

/** The one place where a rule meets its kind: every question about a rule goes through `use`. */
function ask<T>(rule: PromotionRule, use: <R extends PromotionRule>(kind: Omit<PromotionKind<R>, 'schema'>, rule: R) => T): T {
  switch (rule.kind) {
    case 'percent_off':
      return use(percentOff, rule);
    case 'amount_off':
      return use(amountOff, rule);
    case 'spend_x_get_y_off':
      return use(spendXGetYOff, rule);
    case 'coupon':
      return use(coupon, rule);
    case 'free_gift':
      return use(freeGift, rule);
    case 'bundle_price':
      return use(bundlePrice, rule);
    case 'flash_sale':
      return use(flashSale, rule);
    case 'pre_sale':
      return use(preSale, rule);
    case 'buy_x_get_y':
      return use(buyXGetY, rule);
    case 'free_shipping':
      return use(freeShipping, rule);
  }
}

export const evaluateRule = (rule: PromotionRule, view: RuleView): Wish | Miss => ask(rule, (kind, own) => kind.evaluate(own, view));
/** The rule as a sentence for managers and shoppers; `names` say what keys and skus are called. */
export const promotionSentence = (rule: PromotionRule, names?: Names): LocalizedText => ask(rule, (kind, own) => kind.sentence(own, names));
/** The products and categories that the rule's sentence names. */
export function namedInSentence(rule: PromotionRule): { skus: readonly string[]; categoryKeys: readonly string[] } {
  const scope = ruleScope(rule);
  const gifts = rule.kind === 'free_gift' ? [rule.giftSku] : [];
  if (scope.kind === 'categories') return { skus: gifts, categoryKeys: listedKeys(scope.categoryKeys) };
  const skus = scope.kind === 'all' ? [] : rule.kind === 'bundle_price' ? scope.skus : listedKeys(scope.skus);
  return { skus: [...gifts, ...skus], categoryKeys: [] };
}
export const ruleScope = (rule: PromotionRule): Scope => ask(rule, (kind, own) => kind.scopeOf(own));
/** Deepest cut the rule alone can make on a product, in basis points of its price. */
export const ruleDepthBasisPoints = (rule: PromotionRule, sku: string, prices: PriceBook): number =>
  ask(rule, (kind, own) => kind.depthBasisPoints(own, sku, prices));
