import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { backend_util, DataType } from '@tensorflow/tfjs-core';

const KEPT_BYTES = 128 * 1_048_576; // Disposed arrays kept for the next step; more would be memory nobody asked for.

/**
 * TensorFlow.js' `cpu` backend that gives the arrays of disposed tensors to later ones of the same length: a fresh array of
 * a megabyte costs more than the additions done on it. An array that anyone else may still hold (it was read, or a stock
 * kernel made a second tensor on it) is never given again.
 */
export class RecyclingBackend extends MathBackendCPU {
  private readonly fresh = new WeakSet<object>();
  private readonly owned = new WeakSet<object>();
  private readonly disposed = new Map<number, Float32Array<ArrayBuffer>[]>();
  private disposedBytes = 0;

  /** An array for a new tensor's values; what is in it is left over from another. */
  room(length: number): Float32Array<ArrayBuffer> {
    const used = this.disposed.get(length)?.pop();
    if (used) this.disposedBytes -= used.byteLength;
    const values = used ?? new Float32Array(length);
    this.fresh.add(values.buffer);
    return values;
  }

  override write(values: backend_util.BackendValues, shape: number[], dtype: DataType): object {
    if (ArrayBuffer.isView(values)) {
      if (this.fresh.delete(values.buffer)) this.owned.add(values.buffer);
      else this.owned.delete(values.buffer);
    }
    return super.write(values, shape, dtype);
  }

  override readSync(dataId: object): backend_util.BackendValues {
    const values = super.readSync(dataId);
    if (ArrayBuffer.isView(values)) this.owned.delete(values.buffer);
    return values;
  }

  override disposeData(dataId: object, force = false): boolean {
    const values = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
    const isGone = super.disposeData(dataId, force);
    if (isGone && values instanceof Float32Array) this.keep(values);
    return isGone;
  }

  private keep(values: Float32Array): void {
    const { buffer } = values;
    if (!(buffer instanceof ArrayBuffer) || !this.owned.delete(buffer)) return;
    if (this.disposedBytes + buffer.byteLength > KEPT_BYTES) return;
    this.disposedBytes += buffer.byteLength;
    const sameLength = this.disposed.get(values.length);
    const whole = new Float32Array(buffer);
    if (sameLength) sameLength.push(whole);
    else this.disposed.set(values.length, [whole]);
  }
}
