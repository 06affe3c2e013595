// Runs TensorFlow.js' own tests of the operations whose kernels are ours (they ship in tfjs-core's dist) on our backend.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // Registers the gradients of TensorFlow.js' own operations.
import { afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { FASTER_KERNELS, PORTABLE_BACKEND, registerPortableBackend } from './portable-backend.ts';
import { registerTensorMethods } from './tensor-methods.ts';

const FILES: Record<string, string[]> = {
  Add: ['add', 'arithmetic'],
  BatchMatMul: ['mat_mul'],
  Concat: ['concat'],
  GatherV2: ['gather'],
  Multiply: ['arithmetic'],
  RealDiv: ['arithmetic'],
  Relu: ['relu'],
  Slice: ['slice', 'slice1d', 'slice2d', 'slice3d', 'slice4d'],
  SplitV: ['split'],
  Sqrt: ['sqrt'],
  Square: ['square'],
  Step: ['step'],
  Sub: ['arithmetic', 'sub'],
  Sum: ['sum', 'mean'],
  Transpose: ['transpose'],
  UnsortedSegmentSum: ['unsorted_segment_sum'],
  _FusedMatMul: ['fused/fused_mat_mul'],
};

const folder = `${createRequire(import.meta.url)
  .resolve('@tensorflow/tfjs-core/package.json')
  .replace('package.json', '')}dist/ops/`;
const everywhere = { predicate: () => true };
const known = {
  tf,
  ...tf.test_util,
  ALL_ENVS: everywhere,
  SYNC_BACKEND_ENVS: everywhere,
  PARALLELIZE_THRESHOLD: 30,
  backend: tf.backend,
  describe,
  it,
  expect,
  beforeAll,
  beforeEach,
  afterEach,
  jasmine: {},
  describeWithFlags: (name: string, _: unknown, body: () => void) => describe(name, body),
};

beforeAll(async () => {
  registerTensorMethods();
  registerPortableBackend();
  await tf.setBackend(PORTABLE_BACKEND);
});
beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

test('every kernel of ours has its tests listed', () => {
  expect(Object.keys(FILES).toSorted()).toEqual(FASTER_KERNELS.toSorted());
});

for (const file of new Set(Object.values(FILES).flat())) {
  const source = readFileSync(`${folder}${file}_test.js`, 'utf8');
  const body = source.replaceAll(/^(import .*$|export )/gm, '');
  compileFunction(body, Object.keys(known), { filename: `${file}_test.js` })(...Object.values(known));
}
