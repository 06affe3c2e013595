import { expect, test } from 'vitest';
import { areaUnderRoc, logLoss } from './classification.ts';
import {
  intervalCoverage,
  meanAbsoluteError,
  meanAbsoluteScaledError,
  meanSquaredError,
  pinballLoss,
  symmetricMape,
} from './forecast-errors.ts';

test('errors by hand', () => {
  const [actual, forecast] = [
    [1, 2, 4],
    [2, 2, 2],
  ];
  expect(meanAbsoluteError(actual, forecast)).toBe(1);
  expect(meanSquaredError(actual, forecast)).toBeCloseTo(5 / 3, 12);
  expect(symmetricMape(actual, forecast)).toBeCloseTo((200 / 3 + 0 + 400 / 6) / 3, 12);
  expect(symmetricMape([0], [0])).toBe(0);
  expect(pinballLoss([10], [8], 0.9)).toBeCloseTo(1.8, 12);
  expect(pinballLoss([8], [10], 0.9)).toBeCloseTo(0.2, 12);
  expect(intervalCoverage([1, 2, 3], [1, 2.5, 0], [1, 4, 2])).toBeCloseTo(1 / 3, 12);
});

test('MASE divides by the in-sample seasonal naive error', () => {
  expect(meanAbsoluteScaledError([5], [7], [1, 2, 3, 6], 2)).toBeCloseTo(2 / 3, 12);
  expect(meanAbsoluteScaledError([5], [7], [3, 3, 3], 1)).toBeNaN();
});

test('area under the curve counts ties half; log loss of a coin is ln 2', () => {
  expect(areaUnderRoc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
  expect(areaUnderRoc([0, 1, 0, 1], [1, 1, 1, 1])).toBe(0.5);
  expect(logLoss([0, 1], [0.5, 0.5])).toBeCloseTo(Math.LN2, 12);
  expect(logLoss([1], [0])).toBeLessThan(35);
});
