import { z } from 'zod';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  belowThreshold,
  currentWeights,
  linesInScope,
  SCOPE_ARGUMENT,
  wrongCurrency,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const Reward = z.int().min(1).max(1_000_000);
const schema = z.object({
  kind: z.literal('referral_reward'),
  /** For whoever brought the shopper. */
  referrerPoints: Reward,
  /** For the shopper who came. */
  friendPoints: Reward,
  maxPerReferrer: z.int().min(1).max(10_000),
  minimumSpend: AmountPerCurrency,
  scope: Scope,
});
export type ReferralReward = z.infer<typeof schema>;

/** Both sides get points for the first order of a shopper who came with a friend's code; the order must stay. */
export const referralReward = {
  kind: 'referral_reward',
  schema,
  name: { en: 'Referral reward', zh: '推荐有礼' },
  arguments: [
    { name: 'referrerPoints', label: { en: 'Points for the referrer', zh: '推荐人积分' }, unit: 'count', isRequired: true },
    { name: 'friendPoints', label: { en: 'Points for the friend', zh: '好友积分' }, unit: 'count', isRequired: true },
    {
      name: 'maxPerReferrer',
      label: { en: 'Rewards per referrer, at most', zh: '每位推荐人最多奖励次数' },
      unit: 'count',
      isRequired: true,
    },
    { name: 'minimumSpend', label: { en: 'Minimum spend', zh: '最低消费' }, unit: 'amountPerCurrency', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const thresholdMinor = rule.minimumSpend[view.currency];
    if (thresholdMinor === undefined) return wrongCurrency(rule.minimumSpend, view);
    if (view.pointsPerMinor === null) return miss('WRONG_CURRENCY', 'pointsPerMinor', view.currency);
    if (!view.hasAccount) return miss('ACCOUNT_REQUIRED');
    if (!view.referral) return miss('REFERRAL_REQUIRED');
    if (view.referral.refusal) return miss(view.referral.refusal);
    if (view.referral.rewards >= rule.maxPerReferrer) return miss('REFERRER_LIMIT_REACHED', 1, rule.maxPerReferrer - view.referral.rewards);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const below = belowThreshold(thresholdMinor, found.currentMinor);
    if (below) return below;
    const { friendPoints, referrerPoints, maxPerReferrer } = rule;
    return {
      outcome: 'wish',
      amountMinor: 0,
      weights: currentWeights(found.discountable),
      isSpread: true,
      earned: { points: friendPoints, referrerPoints, maxPerReferrer, pointsPerMinor: view.pointsPerMinor, isWhole: true },
    };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    return {
      en: `First order with a friend's code: ${rule.friendPoints} points for you, ${rule.referrerPoints} for your friend, with ${scope.en} from ${amountsText(rule.minimumSpend, 'en')}`,
      zh: `首单使用好友推荐码，${scope.zh}满 ${amountsText(rule.minimumSpend, 'zh')}：您得 ${rule.friendPoints} 积分，好友得 ${rule.referrerPoints} 积分`,
    };
  },
  depthBasisPoints: () => 0,
  scopeOf: (rule) => rule.scope,
  isEarning: true,
} satisfies PromotionKind<ReferralReward>;
