import { z } from 'zod';
import { CurrencyCode } from '../../shared/currencies.ts';
import { formatMoney, percentOf } from '../../shared/money.ts';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  belowThreshold,
  cartWorth,
  currentWeights,
  DiscountBasisPoints,
  linesInScope,
  percentText,
  percentWeights,
  PositiveAmountMinor,
  ratioBasisPoints,
  SCOPE_ARGUMENT,
  sumPercentBase,
  wrongCurrency,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const Reward = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('amount'), amountMinor: PositiveAmountMinor }),
  z.object({ unit: z.literal('percent'), basisPoints: DiscountBasisPoints }),
]);
const Tier = z
  .object({ spendMinor: PositiveAmountMinor, reward: Reward })
  .refine((tier) => tier.reward.unit !== 'amount' || tier.reward.amountMinor <= tier.spendMinor, {
    error: 'a tier cannot give more than is spent',
  });
type Tier = z.infer<typeof Tier>;

const Tiers = z.array(Tier).min(1).max(10).refine(isRising, { error: 'tiers must rise in spend' });
const schema = z.object({
  kind: z.literal('spend_x_get_y_off'),
  currency: CurrencyCode,
  tiers: Tiers,
  /** Tiers of further currencies: amounts are never converted. */
  otherTiers: z.record(CurrencyCode, Tiers).optional(),
  scope: Scope,
});
export type SpendXGetYOff = z.infer<typeof schema>;

function isRising(tiers: readonly Tier[]): boolean {
  return tiers.every((tier, index) => index === 0 || tier.spendMinor > (tiers[index - 1]?.spendMinor ?? 0));
}

const tiersOf = ({ currency, tiers, otherTiers }: SpendXGetYOff): Readonly<Record<string, readonly Tier[]>> => ({
  ...otherTiers,
  [currency]: tiers,
});

const rewardText = (reward: Tier['reward'], currency: string, locale: string): string =>
  reward.unit === 'amount' ? formatMoney(reward.amountMinor, currency, locale) : percentText(reward.basisPoints);

export const spendXGetYOff = {
  kind: 'spend_x_get_y_off',
  schema,
  name: { en: 'Spend more, save more', zh: '满减' },
  arguments: [
    { name: 'currency', label: { en: 'Currency', zh: '货币' }, unit: 'text', isRequired: true },
    { name: 'tiers', label: { en: 'Tiers', zh: '档位' }, unit: 'tiers', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const tiers = tiersOf(rule)[view.currency];
    if (!tiers) return wrongCurrency(tiersOf(rule), view);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const reached = tiers.findLast((tier) => found.currentMinor >= tier.spendMinor);
    const next = tiers.find((tier) => found.currentMinor < tier.spendMinor);
    if (!reached) return belowThreshold(next?.spendMinor ?? 0, found.currentMinor) ?? miss('NOTHING_IN_SCOPE');
    const { reward } = reached;
    return {
      outcome: 'wish',
      amountMinor:
        reward.unit === 'amount' ? reward.amountMinor : percentOf(sumPercentBase(found.discountable), reward.basisPoints, view.rounding),
      weights: reward.unit === 'amount' ? currentWeights(found.discountable) : percentWeights(found.discountable),
      isSpread: reward.unit === 'amount',
      ...(next && { next: { unit: 'money', required: next.spendMinor, actual: found.currentMinor } as const }),
    };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const all = Object.entries(tiersOf(rule)).flatMap(([currency, tiers]) => tiers.map((tier) => ({ ...tier, currency })));
    const en = all.map(
      ({ reward, spendMinor, currency }) => `${rewardText(reward, currency, 'en')} off from ${formatMoney(spendMinor, currency, 'en')}`,
    );
    const zh = all.map(
      ({ reward, spendMinor, currency }) => `满 ${formatMoney(spendMinor, currency, 'zh')} 减 ${rewardText(reward, currency, 'zh')}`,
    );
    return { en: `${en.join(', ')} of ${scope.en}`, zh: `${scope.zh}${zh.join('，')}` };
  },
  depthBasisPoints(rule, sku, prices) {
    const priceMinor = prices.priceOf(sku) ?? 0;
    const depths = (tiersOf(rule)[prices.currency] ?? rule.tiers).map(({ reward, spendMinor }) =>
      reward.unit === 'percent' ? reward.basisPoints : ratioBasisPoints(reward.amountMinor, cartWorth(spendMinor, priceMinor)),
    );
    return Math.max(...depths);
  },
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<SpendXGetYOff>;
