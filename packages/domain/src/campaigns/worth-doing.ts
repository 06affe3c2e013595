import type { ShopSettings } from '../shared/shop-settings.ts';
import type { LocalizedText } from '../shared/text.ts';
import type { Evidence } from './evidence.ts';

export type NotWorthReason = 'GUARDRAIL_FAILED' | 'NO_GAIN' | 'TOO_UNCERTAIN';
export type Worth =
  | { readonly isWorth: true }
  | { readonly isWorth: false; readonly reason: NotWorthReason; readonly message: LocalizedText };

/** The bar a proposal must clear to reach a manager: guardrails, expected margin above zero, gain probable enough. */
export function worthDoing(
  evidence: Pick<Evidence, 'incrementalMarginMinor' | 'probabilityOfGain' | 'guardrails'>,
  settings: Pick<ShopSettings, 'minimumGainProbabilityBasisPoints'>,
): Worth {
  const failed = evidence.guardrails.find(({ passed }) => !passed);
  if (failed) return not('GUARDRAIL_FAILED', { en: `Breaks a guardrail: ${failed.message.en}`, zh: `未通过护栏：${failed.message.zh}` });
  if (!(evidence.incrementalMarginMinor.mean > 0)) return not('NO_GAIN', { en: 'Would cost more than it earns', zh: '成本高于收益' });
  if (!(evidence.probabilityOfGain * 10_000 >= settings.minimumGainProbabilityBasisPoints)) {
    const percent = Math.round(evidence.probabilityOfGain * 100);
    return not('TOO_UNCERTAIN', { en: `Earns something with only ${percent}% probability`, zh: `盈利概率仅 ${percent}%` });
  }
  return { isWorth: true };
}

export const isWorthDoing = (...args: Parameters<typeof worthDoing>): boolean => worthDoing(...args).isWorth;

const not = (reason: NotWorthReason, message: LocalizedText): Worth => ({ isWorth: false, reason, message });
