import { Relu, Sqrt, Square, Step, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf, input, type KernelCall, portableBackend, runStock } from './cpu-kernel.ts';

type Loop = (out: Float32Array, x: Float32Array, attrs: KernelCall['attrs']) => void;

const LOOPS: Record<string, Loop> = {
  [Relu](out, x) {
    for (let i = 0; i < out.length; i++) out[i] = Math.max(0, x[i]); // Keeps NaN.
  },
  [Sqrt](out, x) {
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]);
  },
  [Square](out, x) {
    for (let i = 0; i < out.length; i++) out[i] = x[i] * x[i];
  },
  [Step](out, x, attrs) {
    const alpha = Number(attrs?.['alpha'] ?? 0);
    for (let i = 0; i < out.length; i++) out[i] = x[i] > 0 ? 1 : Number.isNaN(x[i]) ? Number.NaN : alpha;
  },
};

/** `Relu`, `Sqrt`, `Square` and `Step` of f32; other types go to the stock kernel. */
export function unary(kernelName: string): (call: KernelCall) => TensorInfo {
  const loop = LOOPS[kernelName];
  return (call) => {
    const backend = portableBackend(call.backend);
    const x = input(call, 'x');
    const values = floatsOf(backend, x);
    if (!loop || !values) return runStock(kernelName, call);
    const out = backend.room(values.length);
    loop(out, values, call.attrs);
    return backend.makeTensorInfo(x.shape, 'float32', out);
  };
}
