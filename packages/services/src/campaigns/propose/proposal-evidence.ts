import {
  type CampaignContent,
  type EffectBasis,
  type Evidence,
  formatMoney,
  type Interval80,
  type LocalizedText,
  type Occasion,
} from '@promolift/domain';
import { assumptionsOf } from './assumptions.ts';
import { backtest } from './backtest.ts';
import { kindOf } from './campaign-memory.ts';
import { DEPTHS } from './candidates.ts';
import { type Effect, estimateEffect } from './estimate-effect.ts';
import type { Offer } from './effect-basis.ts';
import { offerGuardrails } from './offer-guardrails.ts';
import { percent } from './occasions/idea.ts';
import { scopeView } from './scope-view.ts';
import type { ShopPicture } from './shop-picture.ts';
import { ruleScope } from '@promolift/domain';

const NORMAL_80 = 1.2815515655;
const MOST_SIMILAR = 3;
const DAY_MS = 86_400_000;
const LATER: LocalizedText = {
  en: 'The campaign starts after today: demand is taken to be as forecast for the coming two weeks.',
  zh: '活动晚于今天开始：需求按未来两周的预测计算。',
};

/** What a campaign is about, whoever thought of it. */
export type Claim = {
  title: LocalizedText;
  occasion: Occasion | null;
  reasons: readonly LocalizedText[];
  offer: Offer;
  budgetMinor: number;
};

/** Everything a manager may want to know about one campaign, all from the same basis. */
export async function evidenceOf(picture: ShopPicture, claim: Claim, basis: EffectBasis, content: CampaignContent): Promise<Evidence> {
  const { offer, budgetMinor } = claim;
  const effect = estimateEffect(basis);
  const isLater = Date.parse(content.schedule.startsAt) >= picture.now.getTime() + DAY_MS;
  const similarCampaigns = picture.memory.measured
    .filter((campaign) => kindOf(campaign) === offer.rule.kind)
    .slice(0, MOST_SIMILAR)
    .map(({ id, name, promised, measured }) => ({
      campaignId: id,
      name,
      promisedMarginMinor: promised?.marginMinor ?? null,
      measuredMarginMinor: measured?.marginMinor ?? null,
    }));
  return {
    title: claim.title,
    occasion: claim.occasion,
    currency: picture.settings.currency,
    audienceSize: effect.audienceSize,
    incrementalUnits: effect.units,
    incrementalRevenueMinor: effect.revenueMinor,
    incrementalMarginMinor: effect.marginMinor,
    discountCostMinor: effect.discountCostMinor,
    cannibalisedMarginMinor: effect.cannibalisedMarginMinor,
    probabilityOfGain: effect.probabilityOfGain,
    forecast: isLater ? [] : forecastDays(picture, offer, effect.units),
    backtest: await backtest(picture, content),
    guardrails: [...offerGuardrails(picture, offer, effect, budgetMinor).checks],
    reasons: [...claim.reasons, ...effectReasons(picture, effect, basis, offer)],
    assumptions: [...assumptionsOf(picture, offer, basis), ...(isLater ? [LATER] : [])],
    history: {
      fromDay: picture.history.firstDay,
      toDay: picture.history.orderCount > 0 ? picture.today : null,
      orders: picture.history.orderCount,
      pastPromotions: picture.memory.measured.length + picture.call.sales,
    },
    depthCurve: depthCurve(basis, picture.settings.maxDepthBasisPoints),
    models: picture.models.map(({ kind, version, algorithm, metric, value, baseline }) => ({
      kind,
      version,
      algorithm,
      metric,
      value,
      baseline,
    })),
    similarCampaigns,
    basis,
    seed: basis.seed,
  };
}

function depthCurve(basis: EffectBasis, maxDepthBasisPoints: number): Evidence['depthCurve'] {
  const depths = [...new Set([...DEPTHS.filter((depth) => depth <= maxDepthBasisPoints), basis.depthBasisPoints])].sort((a, b) => a - b);
  return depths.map((depthBasisPoints) => {
    const { marginMinor, discountCostMinor } = estimateEffect(basis, { depthBasisPoints });
    return { depthBasisPoints, incrementalMarginMinor: marginMinor, discountCostMinor: discountCostMinor.mean };
  });
}

/** Units of the promoted products per day: without from the forecast, with = plus the day's share of the effect. */
function forecastDays(picture: ShopPicture, offer: Offer, units: Interval80): Evidence['forecast'] {
  const covered = scopeView(picture, ruleScope(offer.rule)).products;
  const length = Math.min(picture.days.length, Math.max(1, Math.ceil(offer.days)));
  const means = Array.from({ length }, (_, day) => covered.reduce((sum, { expected }) => sum + (expected[day] ?? 0), 0));
  const total = means.reduce((a, b) => a + b, 0);
  return picture.days.slice(0, length).map((day, index) => {
    const mean = means[index] ?? 0;
    const reach = NORMAL_80 * Math.sqrt(covered.reduce((sum, { deviation }) => sum + (deviation[index] ?? 0) ** 2, 0));
    const share = total > 0 ? mean / total : 1 / length;
    const without = { mean, low: Math.max(0, mean - reach), high: mean + reach };
    const added = { mean: units.mean * share, below: (units.mean - units.low) * share, above: (units.high - units.mean) * share };
    const withOffer = mean + added.mean;
    return {
      day,
      without,
      with: {
        mean: withOffer,
        low: Math.max(0, withOffer - Math.hypot(reach, added.below)),
        high: withOffer + Math.hypot(reach, added.above),
      },
    };
  });
}

function effectReasons(picture: ShopPicture, effect: Effect, basis: EffectBasis, offer: Offer): LocalizedText[] {
  const { currency } = picture.settings;
  const money = (amount: number, locale: string) => formatMoney(Math.round(amount), currency, locale);
  const part = basis.parts.toSorted((a, b) => b.unitsPerDay - a.unitsPerDay)[0];
  const name = part ? (picture.names.categories?.[part.categoryKey] ?? part.categoryKey) : '';
  const reasons: LocalizedText[] = [
    {
      en: `Gains money in ${percent(effect.probabilityOfGain)} of the simulated outcomes; discounts cost about ${money(effect.discountCostMinor.mean, 'en')}, also on purchases that would have been made anyway.`,
      zh: `${percent(effect.probabilityOfGain)} 的模拟结果为盈利；优惠成本约 ${money(effect.discountCostMinor.mean, 'zh')}，其中包含原本就会发生的购买。`,
    },
  ];
  if (part && offer.rule.kind !== 'bundle_price') {
    const gain = -part.elasticity.mean * 10;
    reasons.push({
      en: `A price 10% lower raises units of these products in ${name} by about ${Math.round(gain)}%, after what they take from each other.`,
      zh: `价格降低 10%，${name} 这些商品的销量约上升 ${Math.round(gain)}%（已扣除相互替代）。`,
    });
  }
  return reasons;
}
