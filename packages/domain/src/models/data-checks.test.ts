import { expect, test } from 'vitest';
import { checkData, type DataProfile } from './data-checks.ts';

const aProfile = (changes: Partial<DataProfile> = {}): DataProfile => ({
  asOf: '2026-01-01T00:00:00.000Z',
  users: 1_000,
  products: 100,
  orders: 5_000,
  events: 50_000,
  missing: { productsWithoutCost: 0.1 },
  features: { orderValue: { edges: [1_000], counts: [50, 50], median: 2_000 } },
  ...changes,
});
const valued = (median: number) => ({ orderValue: { edges: [1_000], counts: [50, 50], median } });

test.each<[string, Partial<DataProfile>, Record<string, number>, string[]]>([
  ['the same again', {}, { orderValue: 0.01 }, []],
  ['a little less of everything', { orders: 2_500, users: 500 }, {}, []],
  ['half the orders are gone', { orders: 2_499 }, {}, ['stop SHRUNK orders']],
  ['prices in another unit', { features: valued(200_000) }, {}, ['stop SCALE orderValue']],
  ['prices in another unit, the other way', { features: valued(20) }, {}, ['stop SCALE orderValue']],
  ['dearer by seven', { features: valued(14_000) }, {}, []],
  ['costs got lost', { missing: { productsWithoutCost: 0.4 } }, {}, ['warning MISSING productsWithoutCost']],
  ['another mix', {}, { orderValue: 0.25 }, ['warning DRIFT orderValue']],
])('%s', (_, changes, shifts, found) => {
  const checks = checkData(aProfile(changes), aProfile(), shifts);
  expect(checks.filter(({ level }) => level !== 'ok').map(({ level, code, subject }) => `${level} ${code} ${subject}`)).toEqual(found);
});

test('the first training has nothing to be compared with', () => {
  expect(checkData(aProfile(), null, {}).map(({ code }) => code)).toEqual(['MISSING']);
});
