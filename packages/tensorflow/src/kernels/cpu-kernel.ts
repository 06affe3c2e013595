import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';

export type KernelCall = Parameters<tf.KernelFunc>[0];

export function cpuBackend(backend: unknown): MathBackendCPU {
  if (backend instanceof MathBackendCPU) return backend;
  throw new TypeError('this kernel works on data of the cpu backend only');
}

/** The values when they are f32, else nothing. Must not be changed: other tensors may share them. */
export function floatsOf(backend: MathBackendCPU, tensor: tf.TensorInfo): Float32Array | undefined {
  const { values } = backend.data.get(tensor.dataId);
  return tensor.dtype === 'float32' && values instanceof Float32Array ? values : undefined;
}

/** Runs TensorFlow.js' own kernel. */
export function runStock(kernelName: string, call: KernelCall): tf.TensorInfo {
  const stock = tf.getKernel(kernelName, 'cpu');
  const result = stock.kernelFunc(call);
  if (Array.isArray(result)) throw new TypeError(`${kernelName} has more than one result`);
  return result;
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
