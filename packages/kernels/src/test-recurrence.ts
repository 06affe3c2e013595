import { expect, test } from 'vitest';

type Shape = { batch: number; steps: number; inputs: number; units: number };
type Weights = { kernel: Float32Array; recurrent: Float32Array; bias: Float32Array };
type Gradients = Weights & { x?: Float32Array | undefined };

/** A recurrent layer as both kernels have it, and its formula written plainly. */
export type Recurrence<Tape> = {
  /** Weights of one unit stand in this many groups. */
  gates: number;
  forward: (x: Float32Array, weights: Weights, shape: Shape) => { last: Float32Array; tape: Tape };
  backward: (
    x: Float32Array,
    weights: Weights,
    shape: Shape,
    tape: Tape,
    dLast: Float32Array,
    options?: { inputGradient: boolean },
  ) => Gradients;
  reference: (x: Float32Array, weights: Weights, shape: Shape) => number[];
};

const wave = (length: number, phase: number, size = 0.6) => Float32Array.from({ length }, (_, i) => size * Math.sin(i * 1.7 + phase));
const weightsFor = (gates: number, { inputs, units }: Shape): Weights => ({
  kernel: wave(inputs * gates * units, 1),
  recurrent: wave(units * gates * units, 2),
  bias: wave(gates * units, 3),
});
const shapes: Shape[] = [
  { batch: 3, steps: 4, inputs: 2, units: 4 },
  { batch: 5, steps: 3, inputs: 1, units: 7 },
  { batch: 1, steps: 1, inputs: 3, units: 1 },
  { batch: 9, steps: 6, inputs: 5, units: 13 },
];

/** What holds for every recurrent layer: the formula, its gradients, nothing, and what is no number. */
export function testRecurrence<Tape>({ gates, forward, backward, reference }: Recurrence<Tape>): void {
  test.each(shapes)('the last hidden state follows the formula: %o', (shape) => {
    const x = wave(shape.batch * shape.steps * shape.inputs, 0, 1.5);
    const { last } = forward(x, weightsFor(gates, shape), shape);
    const expected = reference(x, weightsFor(gates, shape), shape);
    last.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(2e-6);
    });
  });

  test.each(shapes)('gradients agree with differences of the formula: %o', (shape) => {
    const x = wave(shape.batch * shape.steps * shape.inputs, 0, 1.5);
    const weights = weightsFor(gates, shape);
    const dLast = wave(shape.batch * shape.units, 5, 1);
    const { tape } = forward(x, weights, shape);
    const gradients = backward(x, weights, shape, tape, dLast, { inputGradient: true });
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
    expect(forward(new Float32Array(0), weightsFor(gates, none), none).last.length).toBe(0);
    const noSteps = { batch: 2, steps: 0, inputs: 2, units: 4 };
    const { last, tape } = forward(new Float32Array(0), weightsFor(gates, noSteps), noSteps);
    expect(Array.from(last)).toEqual(new Array(8).fill(0));
    const gradients = backward(new Float32Array(0), weightsFor(gates, noSteps), noSteps, tape, wave(8, 0));
    expect(gradients.bias.every((value) => value === 0)).toBe(true);
  });

  test('not-a-number stays in its own row; huge inputs saturate instead of overflowing', () => {
    const shape = shapes[0];
    const x = wave(shape.batch * shape.steps * shape.inputs, 0);
    x[shape.steps * shape.inputs] = Number.NaN;
    x[0] = 1e30;
    const { last } = forward(x, weightsFor(gates, shape), shape);
    for (let r = 0; r < 3; r++) {
      for (let j = 0; j < 4; j++) expect(Number.isNaN(last[r * 4 + j])).toBe(r === 1);
    }
  });
}

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
