import type * as Core from '@tensorflow/tfjs-core';
import type { LstmOperation } from '@promolift/tensorflow';

/** The same LSTM out of TensorFlow.js' own operations, one step after the other: what the fused one is compared with. */
export function stepwiseLstmFor(tf: typeof Core): LstmOperation {
  return ({ x, kernel, recurrent, bias }) => {
    const [batch, steps, inputs] = x.shape;
    const units = recurrent.shape[0];
    let hidden: Core.Tensor2D = tf.zeros([batch, units]);
    let cell: Core.Tensor2D = tf.zeros([batch, units]);
    for (let t = 0; t < steps; t++) {
      const step = tf.reshape(tf.slice(x, [0, t, 0], [batch, 1, inputs]), [batch, inputs]);
      const z = tf.add(tf.add(tf.matMul(step, kernel), tf.matMul(hidden, recurrent)), bias);
      const [i, f, g, o] = tf.split(z, 4, 1);
      cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
      hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell));
    }
    return hidden;
  };
}
