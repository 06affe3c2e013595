import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forecastByAnalogues } from './analogues.ts';
import { reconcile } from './reconciliation.ts';

const EXPECTED = [
  19.44060475162, 10.097192224622, 9.343412526998, 4.043196544276, 6.053995680346, 3.669546436285, 2.781137508999, 2.892728581713,
];
const PARENTS = [-1, 0, 0, 1, 1, 2, 2, 2];

// numpy: S = [[1]*5, [1,1,0,0,0], [0,0,1,1,1], *eye(5)]; W = diag(1..8); S @ inv(S.T @ inv(W) @ S) @ S.T @ inv(W) @ [20, 9, 8, 4, 6, 3, 2, 2]
test('products, categories and shop as by the projection formula', () => {
  const got = reconcile([20, 9, 8, 4, 6, 3, 2, 2], 1, { parents: PARENTS, variances: [1, 2, 3, 4, 5, 6, 7, 8] });
  EXPECTED.forEach((value, row) => expect(got[row]).toBeCloseTo(value, 10));
});
test('reconciled rows add up at every step, and coherent forecasts stay as they are', () => {
  const rows = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 16, maxLength: 16 });
  const variances = fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(rows, variances, (values, spreads) => {
      const got = reconcile(values, 2, { parents: PARENTS, variances: spreads });
      for (let parent = 0; parent < 3; parent++)
        for (let h = 0; h < 2; h++) {
          const children = PARENTS.reduce((sum, p, row) => (p === parent ? sum + got[row * 2 + h] : sum), 0);
          expect(got[parent * 2 + h]).toBeCloseTo(children, 8);
        }
      const again = reconcile(got, 2, { parents: PARENTS, variances: spreads });
      again.forEach((value, at) => expect(value).toBeCloseTo(got[at], 8));
    }),
    { numRuns: 50, seed: 8 },
  );
});

test('the row trusted most moves least, and a variance of zero is refused', () => {
  const got = reconcile([10, 4, 4], 1, { parents: [-1, 0, 0], variances: [1e-6, 1, 1] });
  expect(got[0]).toBeCloseTo(10, 4);
  expect(got[1]).toBeCloseTo(5, 4);
  expect(() => reconcile([1, 1], 1, { parents: [-1, 0], variances: [1, 0] })).toThrow(RangeError);
});

test('a new product follows its nearest analogues, moved by its own first sales', () => {
  const products = [
    { attributes: [0, 0], sinceLaunch: Float64Array.of(8, 4, 4, 4) },
    { attributes: [5, 5], sinceLaunch: Float64Array.of(1, 1, 1, 1) },
    { attributes: [0, 0], sinceLaunch: Float64Array.of(9) },
  ];
  const options = { horizon: 3, neighbours: 1 };
  expect([...forecastByAnalogues([0, 0], new Float64Array(0), products, options)]).toEqual([8, 4, 4]);
  // 18 sold where 8 were expected: (18 + 5) ÷ (8 + 5).
  expect(forecastByAnalogues([0, 0], Float64Array.of(18), products, options)[0]).toBeCloseTo((4 * 23) / 13, 12);
  expect(() => forecastByAnalogues([0, 0], new Float64Array(5), products, options)).toThrow(RangeError);
});
