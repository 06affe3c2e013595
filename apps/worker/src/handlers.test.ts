import { jobContracts } from '@promolift/jobs';
import { expect, test } from 'vitest';
import { handlerOf, handlers } from './handlers.ts';

test('every job has exactly one handler and every handler a job', () => {
  expect(handlers.map(({ contract }) => contract.name).sort()).toEqual(jobContracts.map(({ name }) => name).sort());
});

test('a job that nobody handles is a fault, not silence', () => {
  expect(() => handlerOf('send-newsletter')).toThrow('Nobody handles the job "send-newsletter"');
});

test('work that takes a core for long runs in a process of its own', () => {
  const isolated = handlers.filter(({ isIsolated }) => isIsolated).map(({ contract }) => contract.queue);
  expect(new Set(isolated)).toEqual(new Set(['import', 'training']));
  expect(handlers.filter(({ contract }) => contract.queue !== 'routine').every(({ isIsolated }) => isIsolated)).toBe(true);
});
