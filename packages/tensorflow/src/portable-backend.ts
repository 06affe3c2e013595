import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { batchMatMul, fusedMatMul } from './kernels/matmul.ts';
import { unsortedSegmentSum } from './kernels/segment-sum.ts';

/** A name of its own, so that the stock `cpu` backend stays as it is and can be compared with. */
export const PORTABLE_BACKEND = 'promolift-portable';
const PRIORITY = 2; // Above the stock cpu backend's 1.

/** Registers TensorFlow.js' `cpu` backend under our name with our kernels in place of its slow ones. Once is enough; more is harmless. */
export function registerPortableBackend(): void {
  if (tf.findBackendFactory(PORTABLE_BACKEND)) return;
  tf.registerBackend(PORTABLE_BACKEND, () => new MathBackendCPU(), PRIORITY);
  tf.copyRegisteredKernels('cpu', PORTABLE_BACKEND);
  const faster = { [tf.BatchMatMul]: batchMatMul, [tf._FusedMatMul]: fusedMatMul, [tf.UnsortedSegmentSum]: unsortedSegmentSum };
  for (const [kernelName, kernelFunc] of Object.entries(faster)) {
    tf.unregisterKernel(kernelName, PORTABLE_BACKEND);
    tf.registerKernel({ kernelName, kernelFunc, backendName: PORTABLE_BACKEND });
  }
}
