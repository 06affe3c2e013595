import * as tf from '@tensorflow/tfjs-core';
import { RecyclingBackend } from '../recycling-backend.ts';

export type KernelCall = Parameters<tf.KernelFunc>[0];

export function portableBackend(backend: unknown): RecyclingBackend {
  if (backend instanceof RecyclingBackend) return backend;
  throw new TypeError('this kernel works on data of the portable backend only');
}

/** The values when they are f32, else nothing. Must not be changed: other tensors may share them. */
export function floatsOf(backend: RecyclingBackend, tensor: tf.TensorInfo): Float32Array | undefined {
  const { values } = backend.data.get(tensor.dataId);
  return tensor.dtype === 'float32' && values instanceof Float32Array ? values : undefined;
}

/** Runs TensorFlow.js' own kernel. */
export function runStock(kernelName: string, call: KernelCall): tf.TensorInfo {
  const result = runStockForAll(kernelName, call);
  if (Array.isArray(result)) throw new TypeError(`${kernelName} has more than one result`);
  return result;
}

/** Runs TensorFlow.js' own kernel that may have several results. */
export function runStockForAll(kernelName: string, call: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
  return tf.getKernel(kernelName, 'cpu').kernelFunc(call);
}

/** A second tensor on the same values. */
export function share(backend: RecyclingBackend, { dataId, dtype }: tf.TensorInfo, shape: number[]): tf.TensorInfo {
  backend.incRef(dataId);
  return { dataId, dtype, shape };
}

/** A required input of the call. */
export function input(call: KernelCall, name: string): tf.TensorInfo {
  const tensor = call.inputs[name];
  if (!tensor) throw new TypeError(`the kernel's input ${name} is missing`);
  return tensor;
}

export function isSet(call: KernelCall, attribute: string): boolean {
  return call.attrs?.[attribute] === true;
}

/** An attribute that is a list of whole numbers (or one). */
export function numbers(call: KernelCall, attribute: string): number[] {
  const value: unknown = call.attrs?.[attribute];
  return [value].flat().map(Number);
}
