import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { arithmetic } from './kernels/arithmetic.ts';
import { batchMatMul, fusedMatMul } from './kernels/matmul.ts';
import { concat, gather, slice, split, transpose } from './kernels/rearrange.ts';
import { unsortedSegmentSum } from './kernels/segment-sum.ts';
import { sum } from './kernels/sum.ts';
import { unary } from './kernels/unary.ts';
import { RecyclingBackend } from './recycling-backend.ts';

/** A name of its own, so that the stock `cpu` backend stays as it is and can be compared with. */
export const PORTABLE_BACKEND = 'promolift-portable';
const PRIORITY = 2; // Above the stock cpu backend's 1.

const FASTER: Record<string, tf.KernelFunc> = {
  [tf.Add]: arithmetic(tf.Add),
  [tf.BatchMatMul]: batchMatMul,
  [tf.Concat]: concat,
  [tf.GatherV2]: gather,
  [tf.Multiply]: arithmetic(tf.Multiply),
  [tf.RealDiv]: arithmetic(tf.RealDiv),
  [tf.Relu]: unary(tf.Relu),
  [tf.Slice]: slice,
  [tf.SplitV]: split,
  [tf.Sqrt]: unary(tf.Sqrt),
  [tf.Square]: unary(tf.Square),
  [tf.Step]: unary(tf.Step),
  [tf.Sub]: arithmetic(tf.Sub),
  [tf.Sum]: sum,
  [tf.Transpose]: transpose,
  [tf.UnsortedSegmentSum]: unsortedSegmentSum,
  [tf._FusedMatMul]: fusedMatMul,
};
/** Names of the kernels that are ours. */
export const FASTER_KERNELS = Object.keys(FASTER);

/** Registers TensorFlow.js' `cpu` backend under our name with our kernels in place of its slow ones. Once is enough; more is harmless. */
export function registerPortableBackend(): void {
  if (tf.findBackendFactory(PORTABLE_BACKEND)) return;
  tf.registerBackend(PORTABLE_BACKEND, () => new RecyclingBackend(), PRIORITY);
  tf.copyRegisteredKernels('cpu', PORTABLE_BACKEND);
  for (const [kernelName, kernelFunc] of Object.entries(FASTER)) {
    tf.unregisterKernel(kernelName, PORTABLE_BACKEND);
    tf.registerKernel({ kernelName, kernelFunc, backendName: PORTABLE_BACKEND });
  }
}
