import type { LocalizedText } from '../shared/text.ts';

export interface GateInput {
  readonly metricName: string;
  readonly direction: 'higher_is_better' | 'lower_is_better';
  readonly candidate: number;
  readonly baseline: number;
  /** null = nothing serves yet. */
  readonly champion: number | null;
  /** Every other metric and parameter that must be a number. */
  readonly otherValues: readonly number[];
  /** Size of the evaluation set and the least that says anything. */
  readonly samples: number;
  readonly minimumSamples: number;
}

export interface GateCheck {
  readonly code: 'FINITE' | 'ENOUGH_SAMPLES' | 'BEATS_BASELINE' | 'NOT_WORSE_THAN_CHAMPION';
  readonly passed: boolean;
  readonly message: LocalizedText;
}

/** A candidate becomes champion only if all pass: numbers are numbers, enough samples, better than the baseline, no worse than the champion. */
export function gate(input: GateInput): { readonly passed: boolean; readonly checks: readonly GateCheck[] } {
  const { candidate, baseline, champion, metricName } = input;
  const sign = input.direction === 'higher_is_better' ? 1 : -1;
  const isFiniteAll = [candidate, baseline, ...input.otherValues].every(Number.isFinite);
  const checks: GateCheck[] = [
    { code: 'FINITE', passed: isFiniteAll, message: { en: 'All numbers are finite', zh: '所有数值均有效' } },
    {
      code: 'ENOUGH_SAMPLES',
      passed: input.samples >= input.minimumSamples,
      message: {
        en: `${input.samples} samples, at least ${input.minimumSamples}`,
        zh: `样本 ${input.samples}，至少 ${input.minimumSamples}`,
      },
    },
    {
      code: 'BEATS_BASELINE',
      passed: sign * candidate > sign * baseline,
      message: { en: `${metricName} ${candidate} against baseline ${baseline}`, zh: `${metricName} ${candidate}，基线 ${baseline}` },
    },
  ];
  if (champion !== null) {
    checks.push({
      code: 'NOT_WORSE_THAN_CHAMPION',
      passed: sign * candidate >= sign * champion,
      message: { en: `${metricName} ${candidate} against champion ${champion}`, zh: `${metricName} ${candidate}，当前模型 ${champion}` },
    });
  }
  return { passed: checks.every(({ passed }) => passed), checks };
}
