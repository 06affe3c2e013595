import { expect, test } from 'vitest';
import { compileKernels, kernelBuild } from './instance.ts';

test('a missing file says which command to run', () => {
  const missing = new URL('../absent/', import.meta.url);
  expect(() => compileKernels(missing)).toThrow('The number kernels are not compiled: run `npm run build -w @promolift/kernels`.');
});

test('Node 24 runs the build with fused multiply-add; the plain one can be asked for', () => {
  expect(kernelBuild()).toBe('relaxed');
  expect(compileKernels(new URL('../build/', import.meta.url), 'plain').build).toBe('plain');
});
