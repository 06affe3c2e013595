import { expect, test } from 'vitest';
import { type Measure, parseMeasure, unitPrice } from './unit-price.ts';

test.each<[number, Measure, number, string]>([
  [250, { amount: 500, unit: 'g' }, 500, 'kg'],
  [199, { amount: 750, unit: 'ml' }, 265, 'l'],
  [100, { amount: 300, unit: 'g' }, 333, 'kg'],
  [200, { amount: 300, unit: 'g' }, 667, 'kg'],
  [1, { amount: 2_000, unit: 'g' }, 1, 'kg'],
  [1_000, { amount: 250, unit: 'cm' }, 400, 'm'],
  [999, { amount: 6, unit: 'piece' }, 167, 'piece'],
])('%i for %j is %i per %s', (priceMinor, measure, amountMinor, per) => {
  expect(unitPrice(priceMinor, measure)).toEqual({ amountMinor, per });
});

test.each<[string, Measure | null]>([
  ['500 g', { amount: 500, unit: 'g' }],
  ['1.5 L', { amount: 1_500, unit: 'ml' }],
  ['0,75l', { amount: 750, unit: 'ml' }],
  ['6 x 330 ml', { amount: 1_980, unit: 'ml' }],
  ['2kg', { amount: 2_000, unit: 'g' }],
  ['500克', { amount: 500, unit: 'g' }],
  ['12 pcs.', { amount: 12, unit: 'piece' }],
  ['0 g', null],
  ['0.2 mg', null],
  ['-5 g', null],
  ['5', null],
  ['5 stone', null],
  ['9999999999 kg', null],
  ['', null],
])('reads %j', (text, measure) => {
  expect(parseMeasure(text)).toEqual(measure);
});
