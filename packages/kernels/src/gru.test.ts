import { expect, test } from 'vitest';
import { gruBackward, gruForward, type GruShape, type GruWeights } from './gru.ts';

const wave = (length: number, phase: number, size = 0.6) => Float32Array.from({ length }, (_, i) => size * Math.sin(i * 1.7 + phase));
const weightsFor = ({ inputs, units }: GruShape): GruWeights => ({
  kernel: wave(inputs * 3 * units, 1),
  recurrent: wave(units * 3 * units, 2),
  bias: wave(3 * units, 3),
});
const shapes: GruShape[] = [
  { batch: 3, steps: 4, inputs: 2, units: 4 },
  { batch: 5, steps: 3, inputs: 1, units: 7 },
  { batch: 1, steps: 1, inputs: 3, units: 1 },
  { batch: 9, steps: 6, inputs: 5, units: 13 },
];

test.each(shapes)('the last hidden state follows the formula: %o', (shape) => {
  const x = wave(shape.batch * shape.steps * shape.inputs, 0, 1.5);
  const { last } = gruForward(x, weightsFor(shape), shape);
  const expected = reference(x, weightsFor(shape), shape);
  last.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(2e-6);
  });
});

test.each(shapes)('gradients agree with differences of the formula: %o', (shape) => {
  const x = wave(shape.batch * shape.steps * shape.inputs, 0, 1.5);
  const weights = weightsFor(shape);
  const dLast = wave(shape.batch * shape.units, 5, 1);
  const { tape } = gruForward(x, weights, shape);
  const gradients = gruBackward(x, weights, shape, tape, dLast, { inputGradient: true });
  const loss = () => reference(x, weights, shape).reduce((sum, value, i) => sum + value * dLast[i], 0);
  const pairs: [Float32Array, Float32Array | undefined][] = [
    [x, gradients.x],
    [weights.kernel, gradients.kernel],
    [weights.recurrent, gradients.recurrent],
    [weights.bias, gradients.bias],
  ];
  for (const [values, gradient] of pairs) {
    for (let i = 0; i < values.length; i += Math.ceil(values.length / 12)) {
      expect(Math.abs((gradient?.[i] ?? Number.NaN) - slope(values, i, loss))).toBeLessThan(2e-3);
    }
  }
});

test('nothing in, nothing out', () => {
  const none = { batch: 0, steps: 3, inputs: 2, units: 4 };
  expect(gruForward(new Float32Array(0), weightsFor(none), none).last.length).toBe(0);
  const noSteps = { batch: 2, steps: 0, inputs: 2, units: 4 };
  const { last, tape } = gruForward(new Float32Array(0), weightsFor(noSteps), noSteps);
  expect(Array.from(last)).toEqual(new Array(8).fill(0));
  const gradients = gruBackward(new Float32Array(0), weightsFor(noSteps), noSteps, tape, wave(8, 0));
  expect(gradients.bias.every((value) => value === 0)).toBe(true);
});

test('not-a-number stays in its own row; huge inputs saturate instead of overflowing', () => {
  const shape = shapes[0];
  const x = wave(shape.batch * shape.steps * shape.inputs, 0);
  x[shape.steps * shape.inputs] = Number.NaN;
  x[0] = 1e30;
  const { last } = gruForward(x, weightsFor(shape), shape);
  for (let r = 0; r < 3; r++) {
    for (let j = 0; j < 4; j++) expect(Number.isNaN(last[r * 4 + j])).toBe(r === 1);
  }
});

/** Central difference that respects the rounding of f32. */
function slope(values: Float32Array, i: number, loss: () => number): number {
  const kept = values[i];
  values[i] = kept + 1e-3;
  const [upAt, up] = [values[i], loss()];
  values[i] = kept - 1e-3;
  const [downAt, down] = [values[i], loss()];
  values[i] = kept;
  return (up - down) / (upAt - downAt);
}

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
