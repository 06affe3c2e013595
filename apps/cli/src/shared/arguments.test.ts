import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { moment, wholeNumber } from './arguments.ts';

test('a moment needs its zone', () => {
  expect(moment('2030-03-04T10:00:00+01:00').toISOString()).toBe('2030-03-04T09:00:00.000Z');
  for (const text of ['2030-03-04', '2030-03-04T09:00:00', 'noon', '']) expect(() => moment(text)).toThrow(InvalidArgumentError);
});

test('a whole number within its limits', () => {
  expect(wholeNumber(1, 10)('10')).toBe(10);
  for (const text of ['0', '11', '1.5', 'ten']) expect(() => wholeNumber(1, 10)(text)).toThrow('from 1 to 10');
});
