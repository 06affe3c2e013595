import { type TensorInfo, UnsortedSegmentSum, util } from '@tensorflow/tfjs-core';
import { portableBackend, floatsOf, input, type KernelCall, runStock } from './cpu-kernel.ts';

/**
 * `tf.unsortedSegmentSum` (the gradient of an embedding look-up) in one pass; the stock kernel makes one pass a segment.
 * Rows whose id is not a segment are dropped, as there.
 */
export function unsortedSegmentSum(call: KernelCall): TensorInfo {
  const backend = portableBackend(call.backend);
  const [x, segmentIds] = [input(call, 'x'), input(call, 'segmentIds')];
  const values = floatsOf(backend, x);
  const ids = backend.data.get(segmentIds.dataId).values;
  const numSegments = Number(call.attrs?.['numSegments']);
  if (!values || !(ids instanceof Int32Array) || segmentIds.shape.length !== 1) return runStock(UnsortedSegmentSum, call);
  const rowShape = x.shape.slice(1);
  const width = util.sizeFromShape(rowShape);
  const sums = backend.room(numSegments * width).fill(0);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row];
    if (id < 0 || id >= numSegments) continue;
    for (let j = 0; j < width; j++) sums[id * width + j] += values[row * width + j];
  }
  return backend.makeTensorInfo([numSegments, ...rowShape], 'float32', sums);
}
