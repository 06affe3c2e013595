import { expect, test } from 'vitest';
import { lstmBackward, lstmForward, type LstmShape, type LstmWeights } from './lstm.ts';

const wave = (length: number, phase: number, size = 0.6) => Float32Array.from({ length }, (_, i) => size * Math.sin(i * 1.7 + phase));
const weightsFor = ({ inputs, units }: LstmShape): LstmWeights => ({
  kernel: wave(inputs * 4 * units, 1),
  recurrent: wave(units * 4 * units, 2),
  bias: wave(4 * units, 3),
});
const shapes: LstmShape[] = [
  { batch: 3, steps: 4, inputs: 2, units: 4 },
  { batch: 5, steps: 3, inputs: 1, units: 7 },
  { batch: 1, steps: 1, inputs: 3, units: 1 },
  { batch: 9, steps: 6, inputs: 5, units: 13 },
];

test.each(shapes)('the last hidden state follows the formula: %o', (shape) => {
  const x = wave(shape.batch * shape.steps * shape.inputs, 0, 1.5);
  const { last } = lstmForward(x, weightsFor(shape), shape);
  const expected = reference(x, weightsFor(shape), shape);
  last.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(2e-6);
  });
});

test.each(shapes)('gradients agree with differences of the formula: %o', (shape) => {
  const x = wave(shape.batch * shape.steps * shape.inputs, 0, 1.5);
  const weights = weightsFor(shape);
  const dLast = wave(shape.batch * shape.units, 5, 1);
  const { tape } = lstmForward(x, weights, shape);
  const gradients = lstmBackward(x, weights, shape, tape, dLast, { inputGradient: true });
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
  expect(lstmForward(new Float32Array(0), weightsFor(none), none).last.length).toBe(0);
  const noSteps = { batch: 2, steps: 0, inputs: 2, units: 4 };
  const { last, tape } = lstmForward(new Float32Array(0), weightsFor(noSteps), noSteps);
  expect(Array.from(last)).toEqual(new Array(8).fill(0));
  const gradients = lstmBackward(new Float32Array(0), weightsFor(noSteps), noSteps, tape, wave(8, 0));
  expect(gradients.bias.every((value) => value === 0)).toBe(true);
});

test('not-a-number stays in its own row; huge inputs saturate instead of overflowing', () => {
  const shape = shapes[0];
  const x = wave(shape.batch * shape.steps * shape.inputs, 0);
  x[shape.steps * shape.inputs] = Number.NaN;
  x[0] = 1e30;
  const { last } = lstmForward(x, weightsFor(shape), shape);
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
