import { gruBackward, gruForward, type GruShape, type GruWeights } from './gru.ts';
import { testRecurrence } from './test-recurrence.ts';

testRecurrence({ gates: 3, forward: gruForward, backward: gruBackward, reference });

function reference(x: Float32Array, { kernel, recurrent, bias }: GruWeights, { batch, steps, inputs, units }: GruShape): number[] {
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const out: number[] = [];
  for (let b = 0; b < batch; b++) {
    let h: number[] = new Array(units).fill(0);
    for (let t = 0; t < steps; t++) {
      const before = (gate: number, j: number, state: number[]) => {
        const q = gate * units + j;
        let sum = bias[q];
        for (let p = 0; p < inputs; p++) sum += x[(b * steps + t) * inputs + p] * kernel[p * 3 * units + q];
        for (let p = 0; p < units; p++) sum += state[p] * recurrent[p * 3 * units + q];
        return sum;
      };
      const kept = h.map((value, j) => value * sigmoid(before(1, j, h)));
      h = h.map((value, j) => {
        const z = sigmoid(before(0, j, h));
        return z * value + (1 - z) * Math.tanh(before(2, j, kept));
      });
    }
    out.push(...h);
  }
  return out;
}
