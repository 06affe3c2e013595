import { expect, test } from 'vitest';
import type { GateInput } from './gate.ts';
import { gate } from './gate.ts';

const anInput = (changes: Partial<GateInput> = {}): GateInput => ({
  metricName: 'NDCG@10',
  direction: 'higher_is_better',
  candidate: 0.2,
  baseline: 0.1,
  champion: null,
  otherValues: [1],
  samples: 100,
  minimumSamples: 100,
  bytes: 1_000,
  maximumBytes: 1_000,
  ...changes,
});

test.each<[string, Partial<GateInput>, string[]]>([
  ['better than the baseline', {}, []],
  ['equal to the baseline', { candidate: 0.1 }, ['BEATS_BASELINE']],
  ['equal to the champion', { champion: 0.2 }, []],
  ['worse than the champion', { champion: 0.3 }, ['NOT_WORSE_THAN_CHAMPION']],
  ['NaN', { candidate: Number.NaN }, ['FINITE', 'BEATS_BASELINE']],
  ['NaN elsewhere', { otherValues: [Number.NaN] }, ['FINITE']],
  ['one sample short', { samples: 99 }, ['ENOUGH_SAMPLES']],
  ['a score that cannot be', { candidate: 0.99 }, ['PLAUSIBLE']],
  ['an error that cannot be', { direction: 'lower_is_better', candidate: 0.0019 }, ['PLAUSIBLE']],
  ['too large to serve', { bytes: 1_001 }, ['SIZE']],
  ['errors count the other way', { direction: 'lower_is_better' }, ['BEATS_BASELINE']],
  ['smaller error', { direction: 'lower_is_better', candidate: 0.05, champion: 0.06 }, []],
])('%s', (_, changes, failing) => {
  const result = gate(anInput(changes));
  expect(result.checks.filter(({ passed }) => !passed).map(({ code }) => code)).toEqual(failing);
  expect(result.passed).toBe(failing.length === 0);
});
