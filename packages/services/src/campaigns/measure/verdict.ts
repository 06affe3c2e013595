import { formatGain, type LocalizedText, supportedStep } from '@promolift/domain';
import type { Estimate95 } from './estimate-lift.ts';

export const VERDICTS = ['gain', 'loss', 'unclear', 'sample_ratio_failed', 'holdout_leaked', 'too_early'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Finding = {
  margin: Estimate95 | null;
  isSampleRatioOk: boolean;
  isHoldoutKept: boolean;
  /** Held-out shoppers whom the campaign reached all the same. */
  leakedCount: number;
  isOver: boolean;
  elapsedDays: number;
  currency: string;
  offeredCount: number;
  heldOutCount: number;
};

/** Before this many days a running campaign says nothing. */
const LEAST_DAYS = 3;

/** Do numbers under this verdict compare groups that differ by the offer alone? */
export const isTrusted = (verdict: string): boolean => verdict !== 'sample_ratio_failed' && verdict !== 'holdout_leaked';

/** A broken split or a leaking holdout replaces every verdict: numbers that look good are then worth nothing. */
export function verdictOf({ margin, isSampleRatioOk, isHoldoutKept, isOver, elapsedDays }: Finding): Verdict {
  if (!isSampleRatioOk) return 'sample_ratio_failed';
  if (!isHoldoutKept) return 'holdout_leaked';
  if (!margin || (!isOver && elapsedDays < LEAST_DAYS)) return 'too_early';
  if (margin.lower95 > 0) return 'gain';
  return margin.upper95 < 0 ? 'loss' : 'unclear';
}

export function verdictSentence(verdict: Verdict, finding: Finding): LocalizedText {
  const { margin, currency, offeredCount, heldOutCount, leakedCount } = finding;
  const step = margin ? supportedStep((margin.upper95 - margin.lower95) / 2) : 1;
  const money = (amount: number, locale: string) => formatGain(amount, currency, locale, step);
  const range = (locale: string) =>
    margin ? `${money(margin.mean, locale)} (95%: ${money(margin.lower95, locale)} … ${money(margin.upper95, locale)})` : '';
  const users = {
    en: `${offeredCount.toLocaleString('en')} shoppers against ${heldOutCount.toLocaleString('en')} held out`,
    zh: `${offeredCount} 人对照 ${heldOutCount} 人`,
  };
  switch (verdict) {
    case 'gain':
      return {
        en: `It earned ${range('en')} of margin after discounts, ${users.en}.`,
        zh: `扣除优惠后毛利增加 ${range('zh')}，${users.zh}。`,
      };
    case 'loss':
      return {
        en: `It lost money: ${range('en')} of margin after discounts, ${users.en}.`,
        zh: `出现亏损：扣除优惠后毛利 ${range('zh')}，${users.zh}。`,
      };
    case 'unclear':
      return {
        en: `It cannot be told from nothing: ${range('en')} of margin after discounts, ${users.en}.`,
        zh: `无法与零效果区分：扣除优惠后毛利 ${range('zh')}，${users.zh}。`,
      };
    case 'sample_ratio_failed':
      return {
        en: `No verdict: the groups are not split as planned (${users.en}), so any difference may come from the split.`,
        zh: `无结论：分组比例与计划不符（${users.zh}），差异可能来自分组。`,
      };
    case 'holdout_leaked':
      return {
        en: `No verdict: the campaign reached ${leakedCount.toLocaleString('en')} of the ${heldOutCount.toLocaleString('en')} shoppers held out of it, so the groups do not differ by it alone.`,
        zh: `无结论：对照组 ${heldOutCount} 人中有 ${leakedCount} 人仍接触到该活动，两组的差异不只来自活动。`,
      };
    case 'too_early':
      return { en: `Too early to tell: ${users.en} so far.`, zh: `为时尚早：目前 ${users.zh}。` };
  }
}
