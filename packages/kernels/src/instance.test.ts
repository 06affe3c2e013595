import { expect, test } from 'vitest';
import { instantiateKernels } from './instance.ts';

test('a missing file says which command to run', () => {
  const missing = new URL('../build/absent.wasm', import.meta.url);
  expect(() => instantiateKernels(missing)).toThrow('The number kernels are not compiled: run `npm run build -w @promolift/kernels`.');
});
