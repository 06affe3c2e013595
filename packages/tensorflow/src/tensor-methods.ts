import * as tf from '@tensorflow/tfjs-core';

// The operations whose method form is the operation with the tensor as first argument.
const PLAIN = `abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh avgPool batchToSpaceND batchNorm broadcastTo
cast ceil clipByValue conv1d conv2d conv2dTranspose cos cosh cumprod cumsum depthToSpace depthwiseConv2d dilation2d div divNoNan
dot elu equal erf euclideanNorm exp expandDims expm1 fft floor floorDiv gather greater greaterEqual ifft irfft isFinite isInf isNaN
leakyRelu less lessEqual localResponseNormalization log log1p logSigmoid logSoftmax logSumExp logicalAnd logicalNot logicalOr
logicalXor matMul max maxPool maximum mean min minimum mirrorPad mod mul neg norm notEqual oneHot onesLike pad pool pow prelu prod
reciprocal relu relu6 reshape reverse rfft round rsqrt selu separableConv2d sigmoid sign sin
sinh slice softmax softplus spaceToBatchND split sqrt square squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk
transpose unique unsortedSegmentSum unstack zerosLike`.split(/\s+/);

type Method = (this: tf.Tensor, ...rest: never[]) => unknown;

const OTHER: Record<string, Method> = {
  as1D() {
    return tf.reshape(this, [this.size]);
  },
  flatten() {
    return tf.reshape(this, [this.size]);
  },
  asScalar() {
    return tf.reshape(this, []);
  },
  as2D(...shape: number[]) {
    return tf.reshape(this, shape);
  },
  as3D(...shape: number[]) {
    return tf.reshape(this, shape);
  },
  as4D(...shape: number[]) {
    return tf.reshape(this, shape);
  },
  as5D(...shape: number[]) {
    return tf.reshape(this, shape);
  },
  reshapeAs(other: tf.Tensor) {
    return tf.reshape(this, other.shape);
  },
  asType(dtype: tf.DataType) {
    return tf.cast(this, dtype);
  },
  toBool() {
    return tf.cast(this, 'bool');
  },
  toFloat() {
    return tf.cast(this, 'float32');
  },
  toInt() {
    return tf.cast(this, 'int32');
  },
  concat(others: tf.Tensor | tf.Tensor[], axis?: number) {
    return tf.concat([this, ...[others].flat()], axis);
  },
  stack(others: tf.Tensor | tf.Tensor[], axis?: number) {
    return tf.stack([this, ...[others].flat()], axis);
  },
  where(condition: tf.Tensor, otherwise: tf.Tensor) {
    return tf.where(condition, this, otherwise);
  },
};

/** Gives tensors their method form (`a.add(b)`), which tfjs-layers calls but the Node build of tfjs-core leaves out. */
export function registerTensorMethods(): void {
  for (const name of PLAIN) {
    const operation: unknown = Reflect.get(tf, name);
    if (typeof operation !== 'function') throw new Error(`TensorFlow.js has no operation ${name}`);
    define(name, function (this: tf.Tensor, ...rest: never[]) {
      return operation(this, ...rest);
    });
  }
  for (const [name, method] of Object.entries(OTHER)) define(name, method);
}

function define(name: string, method: Method): void {
  if (!(name in tf.Tensor.prototype))
    Object.defineProperty(tf.Tensor.prototype, name, { value: method, writable: true, configurable: true });
}
