import { expect, test } from 'vitest';
import { reproducibleOf } from './reproducible.ts';

const stillAt = new Date('2030-03-04T09:00:00Z');

test('without the option chance is chance', () => {
  expect(reproducibleOf({ stillAt: null, isDemo: true, seed: 1 }, undefined)).toBeNull();
  expect(reproducibleOf({ stillAt: null, isDemo: false, seed: 1 }, 'postgres://elsewhere')).toBeNull();
});

test('only a simulated shop in the embedded database may be reproducible', () => {
  expect(reproducibleOf({ stillAt, isDemo: true, seed: 1 }, undefined)).toEqual({ seed: 1, stillAt: '2030-03-04T09:00:00.000Z' });
  expect(() => reproducibleOf({ stillAt, isDemo: false, seed: 1 }, undefined)).toThrow('embedded database only');
  expect(() => reproducibleOf({ stillAt, isDemo: true, seed: 1 }, 'postgres://elsewhere')).toThrow('embedded database only');
});
