import { type HeldMatrix, holdMatrix } from '@promolift/kernels';
import { choleskyFactor, choleskySolve } from '../numeric/cholesky.ts';
import type { Random } from '../random/random.ts';
import { type Artefact, arrayOf, encodeArtefact, numberOf } from './artefact.ts';
import { cgRoom, improveByCg } from './conjugate-gradient.ts';
import { type History, historyOf, type Interactions, transpose } from './interactions.ts';
import { addOuterProducts, fullGramian, gramian } from './outer-products.ts';
import { byContribution, type Contribution, type Recommender } from './recommender.ts';

export interface AlsOptions {
  /** Length of a vector. Default 32. */
  factors?: number;
  /** Full passes over users and items. Default 10. */
  iterations?: number;
  /** Confidence in "not chosen" for every pair; an entry of weight w has confidence this + w. Default 0.3. */
  unobservedWeight?: number;
  /** λ, multiplied by the confidence a row carries (Rendle, Krichene, Zhang & Koren 2021), so that it does not depend on the data's size. Default 0.02. */
  regularisation?: number;
  /** How the rows are solved in training: 'exact' by Cholesky, or three conjugate-gradient steps, several times as fast with many factors. Default 'conjugate-gradient'. */
  solver?: 'exact' | 'conjugate-gradient';
}

const CG_STEPS = 3; // Takács, Pilászy & Tikk (2011): more steps a pass gain nothing, the next pass goes on from here.

/** ALS keeps item vectors only; a user's vector is solved from the history when asked. */
export interface AlsRecommender extends Recommender {
  readonly kind: 'als';
  readonly factors: number;
  /** [itemCount × factors], row-major. */
  readonly itemVectors: Float64Array;
  /** The user vector that minimises the model's loss for this history, exactly. [factors] */
  foldIn(history: History): Float64Array;
  /** A score for every item from a user vector, in 32 bits (relative error about 1e-6). [itemCount] */
  scoresOf(userVector: ArrayLike<number>): Float64Array;
}

interface Model {
  factors: number;
  itemCount: number;
  unobservedWeight: number;
  regularisation: number;
  itemVectors: Float64Array;
}

/**
 * Implicit-feedback matrix factorisation by alternating least squares (Hu, Koren & Volinsky 2008): minimises
 * Σ c_ui (p_ui − x_u·y_i)² + λ‖·‖², p = 1 where an entry exists, c = unobservedWeight + weight. A user's vector is solved exactly when asked for.
 */
export function trainAls(interactions: Interactions, random: Random, options: AlsOptions = {}): AlsRecommender {
  const { factors = 32, iterations = 10, unobservedWeight = 0.3, regularisation = 0.02, solver = 'conjugate-gradient' } = options;
  const { userCount, itemCount } = interactions;
  const columns = transpose(interactions);
  const draw = (rows: number) => Float64Array.from({ length: rows * factors }, () => random.normal(0, 0.1 / Math.sqrt(factors)));
  const itemVectors = draw(itemCount);
  const userVectors = new Float64Array(userCount * factors);
  const solve = solver === 'exact' ? solveRows : improveRows;
  for (let pass = 0; pass < iterations; pass++) {
    solve(interactions, itemVectors, userVectors, { factors, unobservedWeight, regularisation });
    solve(columns, userVectors, itemVectors, { factors, unobservedWeight, regularisation });
  }
  // Kept as 32-bit values: the artefact halves and a loaded model scores to the last bit like the trained one.
  return als({ factors, itemCount, unobservedWeight, regularisation, itemVectors: Float64Array.from(Float32Array.from(itemVectors)) });
}

/** The model of a decoded artefact. */
export const loadAls = (artefact: Artefact) =>
  als({
    factors: numberOf(artefact, 'factors'),
    itemCount: numberOf(artefact, 'itemCount'),
    unobservedWeight: numberOf(artefact, 'unobservedWeight'),
    regularisation: numberOf(artefact, 'regularisation'),
    itemVectors: Float64Array.from(arrayOf(artefact, 'itemVectors', Float32Array)),
  });

type Settings = Pick<Model, 'factors' | 'unobservedWeight' | 'regularisation'>;

function solveRows(rows: Interactions, fixed: Float64Array, solved: Float64Array, settings: Settings): void {
  const { factors } = settings;
  const base = gramian(fixed, factors, settings.unobservedWeight);
  const system = new Float64Array(factors * factors);
  const side = new Float64Array(factors);
  for (let row = 0; row < rows.userCount; row++) {
    const history = historyOf(rows, row);
    prepare(system, side, base, fixed, history, settings);
    if (history.items.length > 0) choleskySolve(system, factors, side);
    solved.set(side, row * factors);
  }
}

function improveRows(rows: Interactions, fixed: Float64Array, solved: Float64Array, settings: Settings): void {
  const { factors, unobservedWeight } = settings;
  const gram = fullGramian(fixed, factors, unobservedWeight);
  const side = new Float64Array(factors);
  const room = cgRoom(factors);
  for (let row = 0; row < rows.userCount; row++) {
    const history = historyOf(rows, row);
    const x = solved.subarray(row * factors, (row + 1) * factors);
    if (history.items.length === 0) x.fill(0);
    else {
      const ridge = fillSide(side, fixed, history, settings);
      improveByCg(x, side, { gram, vectors: fixed, history, ridge }, CG_STEPS, room);
    }
  }
}

/** Fills `system` with the Cholesky factor of α G + Σ w y yᵀ + λ' I and `side` with Σ (α + w) y. */
function prepare(
  system: Float64Array,
  side: Float64Array,
  base: Float64Array,
  vectors: Float64Array,
  history: History,
  settings: Settings,
): void {
  const { factors } = settings;
  system.set(base);
  addOuterProducts(system, vectors, factors, history);
  const ridge = fillSide(side, vectors, history, settings);
  for (let f = 0; f < factors; f++) system[f * factors + f] += ridge;
  if (!choleskyFactor(system, factors)) throw new RangeError('the ALS system is not positive definite: weights must be > 0 and finite');
}

/** Fills `side` with Σ (α + w) y; returns λ'. */
function fillSide(side: Float64Array, vectors: Float64Array, history: History, settings: Settings): number {
  const { factors, unobservedWeight, regularisation } = settings;
  side.fill(0);
  let confidence = (unobservedWeight * vectors.length) / factors;
  for (let h = 0; h < history.items.length; h++) {
    const from = history.items[h] * factors;
    const weight = unobservedWeight + history.weights[h];
    for (let f = 0; f < factors; f++) side[f] += weight * vectors[from + f];
    confidence += history.weights[h];
  }
  return regularisation * confidence + 1e-9;
}

function als(model: Model): AlsRecommender {
  const { factors, itemCount, unobservedWeight, regularisation, itemVectors } = model;
  const base = gramian(itemVectors, factors, unobservedWeight);
  const prepared = (history: History) => {
    const [system, side] = [new Float64Array(factors * factors), new Float64Array(factors)];
    const known = knownPart(history, itemCount);
    prepare(system, side, base, itemVectors, known, model);
    return { system, side, known };
  };
  const foldIn = (history: History) => {
    const { system, side } = prepared(history);
    return choleskySolve(system, factors, side);
  };
  let held: HeldMatrix | undefined;
  const scoresOf = (userVector: ArrayLike<number>) => {
    held ??= holdMatrix(Float32Array.from(itemVectors), itemCount, factors);
    return Float64Array.from(held.matVec(Float32Array.from(userVector)));
  };
  const explain = (history: History, item: number): Contribution[] => {
    const { system, known } = prepared(history);
    const solved = choleskySolve(system, factors, itemVectors.slice(item * factors, (item + 1) * factors));
    return byContribution(
      Array.from(known.items, (past, h) => {
        let dot = 0;
        for (let f = 0; f < factors; f++) dot += itemVectors[past * factors + f] * solved[f];
        return { item: past, contribution: (unobservedWeight + known.weights[h]) * dot };
      }),
    );
  };
  const encode = () =>
    encodeArtefact({
      kind: 'als',
      meta: { factors, itemCount, unobservedWeight, regularisation },
      arrays: { itemVectors: Float32Array.from(itemVectors) },
    });
  return {
    kind: 'als',
    factors,
    itemCount,
    itemVectors,
    foldIn,
    scoresOf,
    scores: (history) => scoresOf(foldIn(history)),
    explain,
    encode,
  };
}

function knownPart(history: History, itemCount: number): History {
  const at = Array.from({ length: history.items.length }, (_, h) => h).filter((h) => history.items[h] >= 0 && history.items[h] < itemCount);
  return { items: at.map((h) => history.items[h]), weights: at.map((h) => history.weights[h]) };
}
