import { freeMemoryOf, instantiateKernels, type KernelExports, PAGE_BYTES } from './instance.ts';

const KEPT_BYTES = 256 * 1_048_576; // WebAssembly memory never shrinks: above this the instance is given back after the call.

/** Arguments of one kernel call: copied in, read out, forgotten when the next call begins. */
export interface Scratch {
  kernels: KernelExports;
  /** Copies values in; returns their byte offset. */
  put(values: NumberArray): number;
  /** Room for `length` f32 values, zeroed. */
  room(length: number): number;
  /** Room for `length` f32 values that the kernel writes before anyone reads them. */
  space(length: number): number;
  /** A copy of `length` f32 values. */
  read(offset: number, length: number): Float32Array<ArrayBuffer>;
  /** Fills `to` with the bytes at `offset`; returns it. */
  readInto<T extends NumberArray>(offset: number, to: T): T;
}

export type NumberArray = Float32Array | Float64Array | Uint32Array | Int32Array | Uint8Array | Int8Array;

let shared: KernelExports | undefined;

/** Runs one call on the shared instance. Calls cannot overlap because everything inside is synchronous. */
export function withScratch<T>(run: (scratch: Scratch) => T): T {
  const kernels = (shared ??= instantiateKernels());
  try {
    return run(scratchOn(kernels));
  } finally {
    if (kernels.memory.buffer.byteLength > KEPT_BYTES) shared = undefined;
  }
}

/** A scratch space from `from` (by default the start of free memory) upwards in an instance's memory. */
export function scratchOn(kernels: KernelExports, from: number = freeMemoryOf(kernels)): Scratch {
  const { memory } = kernels;
  let top = from;
  const take = (bytes: number) => {
    const offset = Math.ceil(top / 16) * 16;
    top = offset + bytes;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return offset;
  };
  const bytesAt = (offset: number, length: number) => new Uint8Array(memory.buffer, offset, length);
  return {
    kernels,
    put(values) {
      const offset = take(values.byteLength);
      bytesAt(offset, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return offset;
    },
    room(length) {
      const offset = take(length * 4);
      new Float32Array(memory.buffer, offset, length).fill(0);
      return offset;
    },
    space: (length) => take(length * 4),
    readInto(offset, to) {
      new Uint8Array(to.buffer, to.byteOffset, to.byteLength).set(bytesAt(offset, to.byteLength));
      return to;
    },
    read: (offset, length) => new Float32Array(memory.buffer, offset, length).slice(),
  };
}

/** Throws RangeError unless `values` has exactly `expected` entries. */
export function requireLength(name: string, values: ArrayLike<number>, expected: number): void {
  if (values.length !== expected) throw new RangeError(`${name} has ${values.length} values, expected ${expected}`);
}
