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
  /** Size of what is kept and loaded, and the most a serving process should hold. */
  readonly bytes: number;
  readonly maximumBytes: number;
}

export interface GateCheck {
  readonly code: 'FINITE' | 'ENOUGH_SAMPLES' | 'BEATS_BASELINE' | 'PLAUSIBLE' | 'SIZE' | 'NOT_WORSE_THAN_CHAMPION';
  readonly passed: boolean;
  readonly message: LocalizedText;
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);

/** Held-back days are never foretold this well; what does so has seen them. Scores are of at most 1, errors are against the baseline's. */
const BEST_SCORE = 0.99;
const LEAST_ERROR_SHARE = 0.02;

const isPlausible = ({ direction, candidate, baseline }: GateInput): boolean =>
  direction === 'higher_is_better' ? candidate < BEST_SCORE : candidate >= LEAST_ERROR_SHARE * baseline;

/**
 * A candidate becomes champion only if all pass: numbers are numbers, enough samples, better than the baseline but not better than
 * can be, small enough to serve, no worse than the champion.
 */
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
  checks.push(
    {
      code: 'PLAUSIBLE',
      passed: !isFiniteAll || isPlausible(input),
      message: { en: 'Not so good that it must have seen the answers', zh: '结果未好到可疑的程度' },
    },
    {
      code: 'SIZE',
      passed: input.bytes <= input.maximumBytes,
      message: {
        en: `${megabytes(input.bytes)} MB, at most ${megabytes(input.maximumBytes)}`,
        zh: `${megabytes(input.bytes)} MB，至多 ${megabytes(input.maximumBytes)}`,
      },
    },
  );
  if (champion !== null) {
    checks.push({
      code: 'NOT_WORSE_THAN_CHAMPION',
      passed: sign * candidate >= sign * champion,
      message: { en: `${metricName} ${candidate} against champion ${champion}`, zh: `${metricName} ${candidate}，当前模型 ${champion}` },
    });
  }
  return { passed: checks.every(({ passed }) => passed), checks };
}
