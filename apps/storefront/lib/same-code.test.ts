import { expect, test } from 'vitest';
import { isSameCode } from './same-code.ts';

test.each([
  ['SUN-7K3M-9QRT-0XYZ1', 'sun 7k3m 9qrt oxyzl', true],
  ['SUN-7K3M-9QRT-0XYZ1', 'ＳＵＮ7K3M9QRT0XYZI', true],
  ['SUN-7K3M-9QRT-0XYZ1', 'SUN-7K3M-9QRT-0XYZ2', false],
  ['SAVE20', ' save20', true],
])('%s and %s are one code: %s', (one, other, isSame) => {
  expect(isSameCode(one, other)).toBe(isSame);
});
