import type { EffectBasis, LocalizedText, PromotionRule } from '@promolift/domain';
import { kindOf } from './campaign-memory.ts';
import type { Offer } from './effect-basis.ts';
import { percent } from './occasions/idea.ts';
import type { ShopPicture } from './shop-picture.ts';

/** What the numbers rest on, in plain words: where the shop's own past speaks, where it says nothing, and how wide that leaves the promise. */
export function assumptionsOf(picture: ShopPicture, offer: Offer, basis: EffectBasis): LocalizedText[] {
  const share = (value: number) => percent(value);
  const pull = basis.parts[0]?.pullForwardShare ?? 0;
  const lines: LocalizedText[] = [
    {
      en: `${share(pull)} of the extra units are only bought earlier and are not counted as gain.`,
      zh: `额外销量中有 ${share(pull)} 只是提前购买，不计入增益。`,
    },
    {
      en: `${share(picture.response.substitutionShare)} of what a cheaper product gains is taken from its neighbours in the category.`,
      zh: `降价商品增量中有 ${share(picture.response.substitutionShare)} 来自同类其他商品。`,
    },
    {
      en: `${share(basis.holdoutBasisPoints / 10_000)} of the audience gets no offer, so that the effect can be measured.`,
      zh: `${share(basis.holdoutBasisPoints / 10_000)} 的人群不参与，用于衡量效果。`,
    },
    {
      en: `Predictions of this kind of promotion are taken times ${basis.response.mean.toFixed(2)} (± ${basis.response.standardDeviation.toFixed(2)}), learned from ${picture.memory.measured.filter((campaign) => kindOf(campaign) === offer.rule.kind).length} measured campaigns.`,
      zh: `该类促销的预测乘以 ${basis.response.mean.toFixed(2)}（± ${basis.response.standardDeviation.toFixed(2)}），依据 ${picture.memory.measured.filter((campaign) => kindOf(campaign) === offer.rule.kind).length} 次已衡量活动。`,
    },
  ];
  lines.push(...demandLines(picture, basis), ...callLines(picture, offer.rule.kind, basis));
  if (basis.redemption.mean < 1)
    lines.push({
      en: `About ${share(basis.redemption.mean)} of the purchases of those who get the code use it.`,
      zh: `获得优惠码的购买中约 ${share(basis.redemption.mean)} 会使用。`,
    });
  if (basis.threshold)
    lines.push(
      {
        en: `About ${share(basis.threshold.topUpChance.mean)} of the carts just below the minimum are topped up.`,
        zh: `略低于门槛的购物车约 ${share(basis.threshold.topUpChance.mean)} 会凑单。`,
      },
      {
        en: 'A reward behind a minimum is believed to call half as many orders as the same money off at once, and a gift to be worth half its price to the shopper.',
        zh: '假设有门槛的奖励所带来的订单是直接减价的一半，赠品对顾客的价值为其售价的一半。',
      },
    );
  if (!picture.response.isFromModel)
    lines.push({
      en: 'Price response is estimated from the daily history, since no elasticity model serves yet.',
      zh: '尚无弹性模型，价格反应由每日历史估计。',
    });
  return lines;
}

/** Rise and doubt of 10% off everything. */
const perTenPercent = ({ mean, standardDeviation }: { mean: number; standardDeviation: number }): string =>
  `${percent(mean / 10)} (± ${percent(standardDeviation / 10)})`;

/** Where beliefs about called orders come from. */
function sourceOf({ call }: ShopPicture, what: 'calls' | 'comeback'): LocalizedText {
  if (call.isLearned[what]) return { en: `learned from ${call.sales} past sales of this shop`, zh: `依据本店以往 ${call.sales} 次促销` };
  return call.sales > 0
    ? {
        en: "round numbers of ours with a wide range: what this shop's past sales taught predicted the newest of them no better",
        zh: '采用我们的通用假设，区间较宽：由本店以往促销得出的估计未能更好地预测最近的促销',
      }
    : {
        en: "round numbers of ours with a wide range: this shop's past has too few sales to learn from",
        zh: '采用我们的通用假设，区间较宽：本店以往促销太少，无从学习',
      };
}

function callLines(picture: ShopPicture, kind: PromotionRule['kind'], { traffic, segmentKeys }: EffectBasis): LocalizedText[] {
  if (!traffic) return [];
  const [calls, comeback] = [sourceOf(picture, 'calls'), sourceOf(picture, 'comeback')];
  const lines: LocalizedText[] = [
    {
      en: `10% off everything brings ${perTenPercent(traffic.lift)} more orders, an offer on a part of the goods its share of that: ${calls.en}.`,
      zh: `全场 9 折使订单增加 ${perTenPercent(traffic.lift)}，仅覆盖部分商品的优惠按比例计算：${calls.zh}。`,
    },
  ];
  const missing =
    segmentKeys === 'all'
      ? (traffic.missingOfAllPerDay ?? 0)
      : segmentKeys.reduce((sum, key) => sum + (traffic.missingPerDay[key] ?? 0), 0);
  if (missing > 0)
    lines.push({
      en: `Shoppers of the audience who stay away used to place ${missing.toFixed(1)} orders a day; 10% off everything brings back ${perTenPercent(traffic.comeback)} of them: ${comeback.en}.`,
      zh: `受众中流失的顾客过去每天下 ${missing.toFixed(1)} 单；全场 9 折可挽回其中 ${perTenPercent(traffic.comeback)}：${comeback.zh}。`,
    });
  if (kind !== 'percent_off' && picture.call.isLearned.calls)
    lines.push({
      en: 'Those sales were money off for everybody; how differently this kind of offer calls is not known yet, which makes the range wider.',
      zh: '这些促销均为面向所有人的直接减价；此类优惠的效果差异尚不清楚，因此区间更宽。',
    });
  return lines;
}

const NOTICEABLE = 0.05;

function demandLines({ year }: ShopPicture, { parts, level }: EffectBasis): LocalizedText[] {
  const lines: LocalizedText[] = [
    {
      en: `Demand of the whole shop may differ from the forecast by ± ${percent(level.standardDeviation)}, as such weeks did in the past.`,
      zh: `全店需求与预测可能相差 ± ${percent(level.standardDeviation)}，与以往类似周一致。`,
    },
  ];
  const main = parts.toSorted((a, b) => b.unitsPerDay - a.unitsPerDay)[0];
  const factor = main ? (year.factors.get(main.categoryKey)?.[0] ?? 1) : 1;
  if (Math.abs(factor - 1) > NOTICEABLE)
    lines.push({
      en: `The forecast is taken times ${factor.toFixed(2)}, because the same weeks of last year differed from the weeks before them.`,
      zh: `预测乘以 ${factor.toFixed(2)}，因为去年同期与其之前几周的需求不同。`,
    });
  return lines;
}
