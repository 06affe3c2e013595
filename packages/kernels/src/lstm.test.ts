import { lstmBackward, lstmForward, type LstmShape, type LstmWeights } from './lstm.ts';
import { testRecurrence } from './test-recurrence.ts';

testRecurrence({ gates: 4, forward: lstmForward, backward: lstmBackward, reference });

function reference(x: Float32Array, { kernel, recurrent, bias }: LstmWeights, { batch, steps, inputs, units }: LstmShape): number[] {
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const out: number[] = [];
  for (let r = 0; r < batch; r++) {
    let h: number[] = new Array(units).fill(0);
    const c: number[] = new Array(units).fill(0);
    for (let t = 0; t < steps; t++) {
      const z = Array.from(bias, (value, q) => {
        let sum = value;
        for (let p = 0; p < inputs; p++) sum += x[(r * steps + t) * inputs + p] * kernel[p * 4 * units + q];
        for (let p = 0; p < units; p++) sum += h[p] * recurrent[p * 4 * units + q];
        return sum;
      });
      h = h.map((_, j) => {
        c[j] = sigmoid(z[units + j]) * c[j] + sigmoid(z[j]) * Math.tanh(z[2 * units + j]);
        return sigmoid(z[3 * units + j]) * Math.tanh(c[j]);
      });
    }
    out.push(...h);
  }
  return out;
}
