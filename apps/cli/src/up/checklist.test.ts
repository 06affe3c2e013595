import { expect, test } from 'vitest';
import { Checklist } from './checklist.ts';

const outputOf = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, output: { isTTY, columns: 40, write: (text: string) => written.push(text) } };
};

test('elsewhere than on a terminal: one plain line a change, news at most every five seconds', () => {
  const { written, output } = outputOf(false);
  const step = new Checklist(output).add('data');
  step.begin('day 1');
  step.say('day 2');
  step.say('day 3');
  step.done('2,000 users');
  expect(written).toEqual(['  … data        day 1\n', '  ✓ data        2,000 users\n']);
});

test('on a terminal: drawn over itself, no line longer than the screen, notes stay above', () => {
  const { written, output } = outputOf(true);
  const list = new Checklist(output);
  const step = list.add('training');
  step.begin('x'.repeat(100));
  list.note('worker restarted');
  list.close();
  expect(written[0]).toBe('worker restarted\n');
  expect(written.at(-1)?.trimEnd().length).toBeLessThanOrEqual(39);
  expect(written.join('')).toContain('\u001b[1A\u001b[0J');
});
