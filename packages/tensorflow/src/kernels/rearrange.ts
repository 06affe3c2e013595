import { backend_util, Concat, GatherV2, Slice, slice_util, SplitV, type TensorInfo, Transpose, util } from '@tensorflow/tfjs-core';
import { floatsOf, input, type KernelCall, numbers, portableBackend, runStock, runStockForAll, share } from './cpu-kernel.ts';

/** `tf.gather` of f32 along the first axis (an embedding look-up); else the stock kernel. */
export function gather(call: KernelCall): TensorInfo {
  const backend = portableBackend(call.backend);
  const [x, indices] = [input(call, 'x'), input(call, 'indices')];
  const values = floatsOf(backend, x);
  const rows = backend.data.get(indices.dataId).values;
  const isPlain = numbers(call, 'axis')[0] === 0 && !call.attrs?.['batchDims'];
  if (!values || !(rows instanceof Int32Array) || !isPlain) return runStock(GatherV2, call);
  const width = util.sizeFromShape(x.shape.slice(1));
  const out = backend.room(rows.length * width);
  for (let i = 0, at = 0; i < rows.length; i++) {
    const row = rows[i];
    util.assert(row >= 0 && row < x.shape[0], () => `GatherV2: the index value ${row} is not in [0, ${x.shape[0] - 1}]`);
    for (let j = 0, from = row * width; j < width; j++) out[at++] = values[from++];
  }
  return backend.makeTensorInfo([...indices.shape, ...x.shape.slice(1)], 'float32', out);
}

/** `tf.concat` of f32; else the stock kernel. */
export function concat(call: KernelCall): TensorInfo {
  const backend = portableBackend(call.backend);
  const tensors = Object.keys(call.inputs).map((name) => input(call, name));
  const parts = tensors.map((tensor) => floatsOf(backend, tensor));
  const axis = util.parseAxisParam(numbers(call, 'axis'), tensors[0].shape)[0];
  const shapes = tensors.map(({ shape }) => shape);
  backend_util.assertParamsConsistent(shapes, axis);
  const shape = backend_util.computeOutShape(shapes, axis);
  const out = parts.every((part) => part !== undefined) ? backend.room(util.sizeFromShape(shape)) : undefined;
  if (!out) return runStock(Concat, call);
  const width = util.sizeFromShape(shape.slice(axis));
  let column = 0;
  parts.forEach((part, i) => {
    const partWidth = util.sizeFromShape(shapes[i].slice(axis));
    if (part) copyColumns(part, 0, partWidth, out, column, width, partWidth);
    column += partWidth;
  });
  return backend.makeTensorInfo(shape, 'float32', out);
}

/** `tf.split` of f32; else the stock kernel. */
export function split(call: KernelCall): TensorInfo | TensorInfo[] {
  const backend = portableBackend(call.backend);
  const x = input(call, 'x');
  const values = floatsOf(backend, x);
  if (!values) return runStockForAll(SplitV, call);
  const axis = util.parseAxisParam(numbers(call, 'axis'), x.shape)[0];
  const given: unknown = call.attrs?.['numOrSizeSplits'];
  const sizes = backend_util.prepareSplitSize(x, Array.isArray(given) ? given.map(Number) : Number(given), axis);
  const width = util.sizeFromShape(x.shape.slice(axis));
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  let column = 0;
  return sizes.map((size) => {
    const shape = x.shape.with(axis, size);
    const out = backend.room(util.sizeFromShape(shape));
    copyColumns(values, column, width, out, 0, size * inner, size * inner);
    column += size * inner;
    return backend.makeTensorInfo(shape, 'float32', out);
  });
}

/** `tf.slice` of f32, copied; else the stock kernel. */
export function slice(call: KernelCall): TensorInfo {
  const backend = portableBackend(call.backend);
  const x = input(call, 'x');
  const values = floatsOf(backend, x);
  if (!values) return runStock(Slice, call);
  const [begin, size] = slice_util.parseSliceParams(
    x,
    numbers(call, 'begin'),
    call.attrs?.['size'] == null ? undefined : numbers(call, 'size'),
  );
  slice_util.assertParamsValid(x, begin, size);
  const out = backend.room(util.sizeFromShape(size));
  if (out.length > 0) copyBox(values, x.shape, begin, size, out);
  return backend.makeTensorInfo(size, 'float32', out);
}

function copyBox(values: Float32Array, shape: number[], begin: number[], size: number[], out: Float32Array): void {
  const strides = [...util.computeStrides(shape), 1];
  const isWhole = (axis: number) => size[axis] === shape[axis];
  let last = shape.length - 1; // From here on what is copied lies together.
  while (last > 0 && isWhole(last)) last--;
  const run = util.sizeFromShape(size.slice(Math.max(last, 0)));
  const outer = size.slice(0, Math.max(last, 0));
  const index = outer.map(() => 0);
  for (let at = 0; at < out.length; at += run) {
    const from = begin.reduce((sum, start, axis) => sum + (start + (index[axis] ?? 0)) * strides[axis], 0);
    copyRun(values, from, out, at, run);
    for (let axis = outer.length - 1; axis >= 0 && ++index[axis] === outer[axis]; axis--) index[axis] = 0;
  }
}

/** `tf.transpose` of an f32 matrix; an order that changes nothing shares the values; else the stock kernel. */
export function transpose(call: KernelCall): TensorInfo {
  const backend = portableBackend(call.backend);
  const x = input(call, 'x');
  const order = numbers(call, 'perm');
  if (order.every((axis, i) => axis === i)) return share(backend, x, x.shape);
  const values = floatsOf(backend, x);
  if (!values || order.length !== 2) return runStock(Transpose, call);
  const [rows, columns] = x.shape;
  const out = backend.room(rows * columns);
  for (let r0 = 0; r0 < rows; r0 += BLOCK) {
    const end = Math.min(rows, r0 + BLOCK);
    for (let c = 0; c < columns; c++) {
      for (let r = r0; r < end; r++) out[c * rows + r] = values[r * columns + c];
    }
  }
  return backend.makeTensorInfo([columns, rows], 'float32', out);
}
const BLOCK = 16; // Rows whose current cache lines all fit beside the result's.

/** Copies `width` columns of every row of a matrix into another's. */
function copyColumns(
  from: Float32Array,
  column: number,
  fromWidth: number,
  to: Float32Array,
  toColumn: number,
  toWidth: number,
  width: number,
): void {
  if (width === 0) return;
  const rows = from.length / fromWidth;
  for (let row = 0; row < rows; row++) copyRun(from, row * fromWidth + column, to, row * toWidth + toColumn, width);
}

const SHORT_RUN = 64; // Up to here a loop is faster than a view and `set`.

function copyRun(from: Float32Array, start: number, to: Float32Array, at: number, length: number): void {
  if (length > SHORT_RUN) to.set(from.subarray(start, start + length), at);
  else for (let j = 0; j < length; j++) to[at + j] = from[start + j];
}
