import { Sum, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { floatsOf, input, isSet, type KernelCall, numbers, portableBackend, runStock } from './cpu-kernel.ts';

/** `tf.sum` of f32 over axes that lie together, in double precision; else the stock kernel. */
export function sum(call: KernelCall): TensorInfo {
  const backend = portableBackend(call.backend);
  const x = input(call, 'x');
  const values = floatsOf(backend, x);
  const axes = util.parseAxisParam(call.attrs?.['axis'] == null ? [] : numbers(call, 'axis'), x.shape).toSorted((p, q) => p - q);
  const reduced = axes.length > 0 ? axes : x.shape.map((_, axis) => axis);
  const lieTogether = reduced.every((axis, i) => axis === reduced[0] + i);
  if (!values || reduced.length === 0 || !lieTogether) return runStock(Sum, call);
  const outer = util.sizeFromShape(x.shape.slice(0, reduced[0]));
  const inner = util.sizeFromShape(x.shape.slice(reduced[0] + reduced.length));
  const count = util.sizeFromShape(reduced.map((axis) => x.shape[axis]));
  const out = backend.room(outer * inner);
  if (inner === 1) addRuns(out, values, count);
  else addRows(out, values, outer, count, inner);
  const kept = x.shape.filter((_, axis) => !reduced.includes(axis));
  const shape = isSet(call, 'keepDims') ? x.shape.map((length, axis) => (reduced.includes(axis) ? 1 : length)) : kept;
  return backend.makeTensorInfo(shape, 'float32', out);
}

function addRuns(out: Float32Array, values: Float32Array, count: number): void {
  for (let i = 0, at = 0; i < out.length; i++) {
    let total = 0;
    for (let p = 0; p < count; p++) total += values[at++];
    out[i] = total;
  }
}

function addRows(out: Float32Array, values: Float32Array, outer: number, count: number, inner: number): void {
  const totals = new Float64Array(inner);
  for (let o = 0, at = 0; o < outer; o++) {
    totals.fill(0);
    for (let p = 0; p < count; p++) {
      for (let j = 0; j < inner; j++) totals[j] += values[at++];
    }
    out.set(totals, o * inner);
  }
}
