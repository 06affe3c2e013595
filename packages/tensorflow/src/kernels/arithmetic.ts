import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { floatsOf, input, type KernelCall, portableBackend, runStock } from './cpu-kernel.ts';

/** Results lie as `outer` rows of `inner`; an operand moves by its step at each result, and starts each row at its stride. */
interface Walk {
  outer: number;
  inner: number;
  a: { stride: number; step: number };
  b: { stride: number; step: number };
}
type Loop = (out: Float32Array, a: Float32Array, b: Float32Array, walk: Walk) => void;

// One loop per operation: a shared one with the operation as an argument runs four times slower.
const LOOPS: Record<string, Loop> = {
  Add(out, a, b, { outer, inner, a: left, b: right }) {
    for (let row = 0, at = 0; row < outer; row++) {
      for (let j = 0, p = row * left.stride, q = row * right.stride; j < inner; j++, p += left.step, q += right.step)
        out[at++] = a[p] + b[q];
    }
  },
  Sub(out, a, b, { outer, inner, a: left, b: right }) {
    for (let row = 0, at = 0; row < outer; row++) {
      for (let j = 0, p = row * left.stride, q = row * right.stride; j < inner; j++, p += left.step, q += right.step)
        out[at++] = a[p] - b[q];
    }
  },
  Multiply(out, a, b, { outer, inner, a: left, b: right }) {
    for (let row = 0, at = 0; row < outer; row++) {
      for (let j = 0, p = row * left.stride, q = row * right.stride; j < inner; j++, p += left.step, q += right.step)
        out[at++] = a[p] * b[q];
    }
  },
  RealDiv(out, a, b, { outer, inner, a: left, b: right }) {
    for (let row = 0, at = 0; row < outer; row++) {
      for (let j = 0, p = row * left.stride, q = row * right.stride; j < inner; j++, p += left.step, q += right.step)
        out[at++] = a[p] / b[q];
    }
  },
};

/** `Add`, `Sub`, `Multiply` and `RealDiv` of f32 where an operand is whole, one number, one row or one column; else the stock kernel. */
export function arithmetic(kernelName: string): (call: KernelCall) => TensorInfo {
  const loop = LOOPS[kernelName];
  return (call) => {
    const backend = portableBackend(call.backend);
    const [a, b] = [input(call, 'a'), input(call, 'b')];
    const [left, right] = [floatsOf(backend, a), floatsOf(backend, b)];
    const shape =
      a.shape.length > b.shape.length || (a.shape.length === b.shape.length && left && right && left.length >= right.length)
        ? a.shape
        : b.shape;
    const walk = left && right && walkOver(shape, a.shape, b.shape);
    if (!loop || !walk) return runStock(kernelName, call);
    const out = backend.room(walk.outer * walk.inner);
    loop(out, left, right, walk);
    return backend.makeTensorInfo(shape, 'float32', out);
  };
}

function walkOver(shape: number[], a: number[], b: number[]): Walk | undefined {
  const size = util.sizeFromShape(shape);
  const inner = [a, b].every((operand) => isWholeOrOne(operand, shape)) ? size : (shape.at(-1) ?? 1);
  const [left, right] = [stepsOf(a, shape, inner), stepsOf(b, shape, inner)];
  return left && right && { outer: inner === 0 ? 0 : size / inner, inner, a: left, b: right };
}

function isWholeOrOne(operand: number[], shape: number[]): boolean {
  return util.sizeFromShape(operand) === 1 || util.arraysEqual(operand, shape);
}

function stepsOf(operand: number[], shape: number[], inner: number): Walk['a'] | undefined {
  if (util.arraysEqual(operand, shape)) return { stride: inner, step: 1 };
  const size = util.sizeFromShape(operand);
  if (size === 1) return { stride: 0, step: 0 };
  if (size === shape.at(-1) && operand.at(-1) === size) return { stride: 0, step: 1 };
  const isColumn = operand.at(-1) === 1 && util.arraysEqual(operand.slice(0, -1), shape.slice(0, -1));
  return isColumn ? { stride: 1, step: 0 } : undefined;
}
