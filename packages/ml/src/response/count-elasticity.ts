/** Units as counts: quasi maximum likelihood with product and period levels, for goods that often sell nothing in a period. */

const POISSON_ROUNDS = 8;
const MAX_ROUNDS = 40;
const MAX_SWEEPS = 30;
const MAX_STEP = 1;
const PRECISION = 1e-5;

/** All arrays: [rows]. */
export interface CountPanel {
  product: Int32Array;
  period: Int32Array;
  category: Int32Array;
  units: Float64Array;
  logPrice: Float64Array;
  promoted: Float64Array | null;
  products: number;
  periods: number;
}

export interface CountFit {
  slopes: Float64Array;
  promotionEffect: number;
  /** Σ weight · x² of each category. */
  squares: Float64Array;
  /** x free of product and period levels, and weighted units above what is expected: their products are the scores. */
  x: Float64Array;
  residuals: Float64Array;
}

/**
 * units ~ exp(a_product + t_period + β_category · ln price + δ · promoted) with variance μ + φμ² (Santos Silva & Tenreyro 2006 for φ = 0):
 * a period without a sale counts as what it is. Poisson first; what scatters beyond it then weighs down large periods.
 */
export function fitCounts(panel: CountPanel, categoryCount: number): CountFit {
  const { units } = panel;
  const state = { slopes: new Float64Array(categoryCount), promotionEffect: 0, expected: new Float64Array(units.length).fill(1) };
  newton(panel, state, 0, POISSON_ROUNDS);
  const spread = spreadOf(units, state.expected);
  const { squares, x } = newton(panel, state, spread, MAX_ROUNDS);
  const residuals = units.map((sold, row) => (sold - state.expected[row]) / (1 + spread * state.expected[row]));
  return { slopes: state.slopes, promotionEffect: state.promotionEffect, squares, x, residuals };
}

/** φ of variance = μ + φμ², by moments. */
function spreadOf(units: Float64Array, expected: Float64Array): number {
  let [beyond, square] = [0, 0];
  for (let row = 0; row < units.length; row++) {
    beyond += (units[row] - expected[row]) ** 2 - expected[row];
    square += expected[row] ** 2;
  }
  return square > 0 ? Math.min(2, Math.max(0, beyond / square)) : 0;
}

type State = { slopes: Float64Array; promotionEffect: number; expected: Float64Array };

/** Newton steps for slopes and promotion effect around levels that are solved in between; moves `state`. */
function newton(panel: CountPanel, state: State, spread: number, rounds: number): Pick<CountFit, 'squares' | 'x'> {
  const { category, units, product, period, products, periods } = panel;
  const { expected, slopes } = state;
  const solveLevels = () => {
    for (let sweep = 0; sweep < MAX_SWEEPS; sweep++)
      if (solveLevel(expected, units, spread, product, products) + solveLevel(expected, units, spread, period, periods) < PRECISION) break;
  };
  let [x, squares] = [panel.logPrice, new Float64Array(slopes.length)];
  solveLevels();
  for (let round = 0; round < rounds; round++) {
    const weights = expected.map((mu) => mu / (1 + spread * mu));
    const score = expected.map((mu, row) => (units[row] - mu) / (1 + spread * mu));
    x = residualOf(panel.logPrice, weights, panel);
    squares = new Float64Array(slopes.length);
    const steps = new Float64Array(slopes.length);
    for (let row = 0; row < units.length; row++) {
      squares[category[row]] += weights[row] * x[row] ** 2;
      steps[category[row]] += x[row] * score[row];
    }
    for (let c = 0; c < slopes.length; c++) slopes[c] += steps[c] = squares[c] > 1e-6 ? clampStep(steps[c] / squares[c]) : 0;
    const shift = panel.promoted ? promotionStep(residualOf(panel.promoted, weights, panel), weights, score) : 0;
    state.promotionEffect += shift;
    for (let row = 0; row < units.length; row++)
      expected[row] *= Math.exp(steps[category[row]] * x[row] + (panel.promoted ? shift * panel.promoted[row] : 0));
    solveLevels();
    if (Math.abs(shift) + steps.reduce((most, step) => Math.max(most, Math.abs(step)), 0) < 10 * PRECISION) break;
  }
  return { squares, x };
}

const clampStep = (step: number): number => Math.min(MAX_STEP, Math.max(-MAX_STEP, step));

function promotionStep(z: Float64Array, weights: Float64Array, score: Float64Array): number {
  let [square, slope] = [0, 0];
  for (let row = 0; row < z.length; row++) {
    square += weights[row] * z[row] ** 2;
    slope += z[row] * score[row];
  }
  return square > 1e-6 ? clampStep(slope / square) : 0;
}

/** Takes product and period means, weighted by `weights`, out of a copy of a column, by alternating projections. */
function residualOf(column: Float64Array, weights: Float64Array, { product, period, products, periods }: CountPanel): Float64Array {
  const values = column.slice();
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const moved = centreBy(values, weights, product, products) + centreBy(values, weights, period, periods);
    if (moved < PRECISION) break;
  }
  return values;
}

/** Subtracts each group's weighted mean; returns the largest mean taken away. */
function centreBy(values: Float64Array, weights: Float64Array, group: Int32Array, groups: number): number {
  const sums = new Float64Array(groups);
  const totals = new Float64Array(groups);
  for (let row = 0; row < values.length; row++) {
    sums[group[row]] += weights[row] * values[row];
    totals[group[row]] += weights[row];
  }
  let largest = 0;
  for (let g = 0; g < groups; g++) {
    sums[g] = totals[g] > 0 ? sums[g] / totals[g] : 0;
    largest = Math.max(largest, Math.abs(sums[g]));
  }
  for (let row = 0; row < values.length; row++) values[row] -= sums[group[row]];
  return largest;
}

/** Scales each group's level until its weighted units are those expected; returns the largest step. */
function solveLevel(expected: Float64Array, units: Float64Array, spread: number, group: Int32Array, groups: number): number {
  const sold = new Float64Array(groups);
  const sums = new Float64Array(groups);
  for (let row = 0; row < units.length; row++) {
    const weight = 1 / (1 + spread * expected[row]);
    sold[group[row]] += weight * units[row];
    sums[group[row]] += weight * expected[row];
  }
  let largest = 0;
  for (let g = 0; g < groups; g++) {
    sums[g] = sums[g] > 0 && sold[g] > 0 ? sold[g] / sums[g] : 1;
    largest = Math.max(largest, Math.abs(sums[g] - 1));
  }
  for (let row = 0; row < units.length; row++) expected[row] *= sums[group[row]];
  return largest;
}
