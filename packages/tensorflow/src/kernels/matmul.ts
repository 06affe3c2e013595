import { matmul } from '@promolift/kernels';
import { BatchMatMul, _FusedMatMul, broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { portableBackend, floatsOf, input, isSet, type KernelCall, runStock } from './cpu-kernel.ts';

interface Product {
  values: Float32Array;
  shape: number[];
}

/** `tf.matMul` for f32 of any rank, batch dimensions broadcast; other types go to the stock kernel. */
export function batchMatMul(call: KernelCall): TensorInfo {
  const product = multiply(call);
  if (!product) return runStock(BatchMatMul, call);
  return portableBackend(call.backend).makeTensorInfo(product.shape, 'float32', product.values);
}

const ACTIVATION_KERNELS: Record<string, string> = { relu: 'Relu', relu6: 'Relu6', elu: 'Elu', sigmoid: 'Sigmoid' };

/** `tf.fused.matMul`: product, bias and activation; activations with parameters of their own go to the stock kernel. */
export function fusedMatMul(call: KernelCall): TensorInfo {
  const backend = portableBackend(call.backend);
  const activation = String(call.attrs?.['activation'] ?? 'linear');
  const activationKernel = ACTIVATION_KERNELS[activation];
  const product = activation === 'linear' || activationKernel ? multiply(call) : undefined;
  const bias = call.inputs['bias'] && floatsOf(backend, call.inputs['bias']);
  const width = product?.shape.at(-1) ?? 0;
  if (!product || (call.inputs['bias'] && bias?.length !== width)) return runStock(_FusedMatMul, call);
  if (bias) addToRows(product.values, bias);
  const sum = backend.makeTensorInfo(product.shape, 'float32', product.values);
  if (!activationKernel) return sum;
  const activated = runStock(activationKernel, { ...call, inputs: { x: sum }, attrs: {} });
  backend.disposeIntermediateTensorInfo(sum);
  return activated;
}

function addToRows(values: Float32Array, bias: Float32Array): void {
  for (let row = 0; row < values.length; row += bias.length) {
    for (let j = 0; j < bias.length; j++) values[row + j] += bias[j];
  }
}

function multiply(call: KernelCall): Product | undefined {
  const [a, b] = [input(call, 'a'), input(call, 'b')];
  const backend = portableBackend(call.backend);
  const [left, right] = [floatsOf(backend, a), floatsOf(backend, b)];
  if (!left || !right) return undefined;
  const [transposeA, transposeB] = [isSet(call, 'transposeA'), isSet(call, 'transposeB')];
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [m, k] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, n] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  util.assert(k === inner, () => `matMul: inner sizes ${k} and ${inner} of shapes [${a.shape}] and [${b.shape}] must match`);
  const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const batches = util.sizeFromShape(outer);
  const [aBatches, bBatches] = [util.sizeFromShape(a.shape.slice(0, -2)), util.sizeFromShape(b.shape.slice(0, -2))];
  const isPartlyBroadcast = (count: number) => count !== 1 && count !== batches;
  if (isPartlyBroadcast(aBatches) || isPartlyBroadcast(bBatches)) return undefined;
  const values = backend.room(batches * m * n);
  for (let i = 0; i < batches; i++) {
    const out = values.subarray(i * m * n, (i + 1) * m * n);
    matmul(slab(left, i, aBatches, m * k), slab(right, i, bBatches, k * n), m, k, n, { transposeA, transposeB, out });
  }
  return { values, shape: [...outer, m, n] };
}

/** The `index`th matrix of a stack, or the only one. */
function slab(values: Float32Array, index: number, batches: number, size: number): Float32Array {
  return batches === 1 ? values : values.subarray(index * size, (index + 1) * size);
}
