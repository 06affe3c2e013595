import { categoryName, formatMoney, type LocalizedText, productName, type PromotionRule } from '@promolift/domain';
import type { Candidate } from './candidates.ts';
import type { ShopPicture } from './shop-picture.ts';

const money = (amountMinor: number | undefined, currency: string, locale: string): string => {
  const text = formatMoney(amountMinor ?? 0, currency, locale);
  return text.replace(/[.,]00(?=\D*$)/, '');
};
const percentOf = (basisPoints: number): string => `${basisPoints / 100}%`;

/** The offer as the tail of a title: "a 15% code", "€5 off from €40". */
function offerText(rule: PromotionRule, depthBasisPoints: number, currency: string, picture: Pick<ShopPicture, 'names'>): LocalizedText {
  switch (rule.kind) {
    case 'coupon':
      return { en: `a ${percentOf(rule.basisPoints)} code`, zh: `${percentOf(rule.basisPoints)} 优惠码` };
    case 'flash_sale':
      return { en: `a ${percentOf(rule.basisPoints)} flash sale`, zh: `限时 ${percentOf(rule.basisPoints)} 折扣` };
    case 'amount_off':
      return {
        en: `${money(rule.amounts[currency], currency, 'en')} off from ${money(rule.minimumSpend?.[currency], currency, 'en')}`,
        zh: `满 ${money(rule.minimumSpend?.[currency], currency, 'zh')} 立减 ${money(rule.amounts[currency], currency, 'zh')}`,
      };
    case 'spend_x_get_y_off': {
      const tier = rule.tiers[0];
      const amount = tier?.reward.unit === 'amount' ? tier.reward.amountMinor : 0;
      return {
        en: `${money(amount, currency, 'en')} off from ${money(tier?.spendMinor, currency, 'en')}`,
        zh: `满 ${money(tier?.spendMinor, currency, 'zh')} 减 ${money(amount, currency, 'zh')}`,
      };
    }
    case 'free_gift':
      return {
        en: `a free ${productName(rule.giftSku, picture.names)} from ${money(rule.minimumSpend[currency], currency, 'en')}`,
        zh: `满 ${money(rule.minimumSpend[currency], currency, 'zh')} 赠 ${productName(rule.giftSku, picture.names)}`,
      };
    case 'bundle_price':
      return { en: `${percentOf(depthBasisPoints)} off together`, zh: `组合立减 ${percentOf(depthBasisPoints)}` };
    case 'pre_sale':
      return { en: `${percentOf(depthBasisPoints)} off before the launch`, zh: `预售立减 ${percentOf(depthBasisPoints)}` };
    default:
      return { en: `${percentOf(depthBasisPoints)} off`, zh: `立减 ${percentOf(depthBasisPoints)}` };
  }
}

/** "Win back lapsing Snacks buyers with a 15% code", in both languages. */
export function titleOf({ idea, offer }: Candidate, picture: ShopPicture): LocalizedText {
  const given = offerText(offer.rule, offer.depthBasisPoints, picture.settings.currency, picture);
  const { label, scope, segment } = idea;
  const who = offer.segmentKeys === 'all' ? null : (picture.segments.find(({ key }) => key === offer.segmentKeys[0])?.name ?? null);
  const forWhom = { en: who && !segment ? ` for "${who.en}"` : '', zh: who && !segment ? `（面向“${who.zh}”）` : '' };
  const on = scope.kind === 'categories' ? categoryName(scope.categoryKeys[0] ?? '', picture.names) : null;
  switch (idea.occasion) {
    case 'overstock':
      return {
        en: `Clear overstock in ${label.en} with ${given.en}${forWhom.en}`,
        zh: `清理 ${label.zh} 积压库存：${given.zh}${forWhom.zh}`,
      };
    case 'lull':
      return { en: `Lift quiet weeks in ${label.en} with ${given.en}${forWhom.en}`, zh: `提振 ${label.zh} 淡季：${given.zh}${forWhom.zh}` };
    case 'at_risk_segment':
      return {
        en: `Win back "${label.en}" with ${given.en}${on ? ` on ${on}` : ''}`,
        zh: `挽回“${label.zh}”：${on ? `${on} ` : ''}${given.zh}`,
      };
    case 'basket_affinity':
      return { en: `Sell ${label.en}: ${given.en}`, zh: `${label.zh}：${given.zh}` };
    case 'seasonal_rise':
      return {
        en: `Make the most of the season in ${label.en} with ${given.en}${forWhom.en}`,
        zh: `把握 ${label.zh} 旺季：${given.zh}${forWhom.zh}`,
      };
    case 'slow_new_product':
      return offer.rule.kind === 'pre_sale'
        ? { en: `Sell ${label.en} ahead of its launch: ${given.en}`, zh: `${label.zh} 预售：${given.zh}` }
        : { en: `Help ${label.en} take off with ${given.en}${forWhom.en}`, zh: `助推新品 ${label.zh}：${given.zh}${forWhom.zh}` };
  }
}
