import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gram } from './gram.ts';

test('equals the naive sum for any size, exactly symmetric', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.constantFrom(0, 1, 3, 7, 95, 97, 201), (rows, columns) => {
      const x = Float32Array.from({ length: rows * columns }, (_, i) => ((i * 7) % 11) - 5);
      const product = gram(x, rows, columns);
      expect(product.length).toBe(columns * columns);
      for (let i = 0; i < columns; i += 1 + (columns >> 3)) {
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let r = 0; r < rows; r++) sum += x[r * columns + i] * x[r * columns + j];
          expect(product[i * columns + j]).toBe(sum); // Small whole numbers: every order of summing gives the same.
          expect(product[j * columns + i]).toBe(sum);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('not-a-number stays in its row and column', () => {
  const x = new Float32Array(6 * 5).fill(1);
  x[2] = Number.NaN;
  const product = gram(x, 6, 5);
  product.forEach((value, at) => {
    expect(Number.isNaN(value)).toBe(at % 5 === 2 || Math.floor(at / 5) === 2);
  });
});
