import type { Random } from '../random/random.ts';
import { type Artefact, arrayOf, encodeArtefact, numberOf } from './artefact.ts';
import { type History, historyOf, type Interactions } from './interactions.ts';
import { byContribution, type Recommender } from './recommender.ts';

export interface BprOptions {
  /** Length of a vector. Default 64. */
  factors?: number;
  /** Passes over all entries. Default 40. */
  epochs?: number;
  /** Default 0.02. */
  learningRate?: number;
  /** Default 0.005. */
  regularisation?: number;
}

/** b_i [itemCount]; what an item is (q) and what it says of who chose it (y), [itemCount × factors] each. */
interface Vectors {
  biases: Float32Array;
  q: Float32Array;
  y: Float32Array;
}

/**
 * Bayesian personalised ranking (Rendle et al. 2009): ascends Σ ln σ(x_ui − x_uk) over chosen i and random not chosen k. The user's vector is
 * n^-½ Σ y_j over the history, without i itself in training (FISM; Kabbur, Ning & Karypis 2013), so that no users are kept and every
 * score is a sum over past items. Entries count once whatever their weight.
 */
export function trainBpr(interactions: Interactions, random: Random, options: BprOptions = {}): Recommender {
  const { factors = 64, epochs = 40, learningRate = 0.02, regularisation = 0.005 } = options;
  const { itemCount } = interactions;
  const draw = () => Float32Array.from({ length: itemCount * factors }, () => random.normal(0, 0.1 / Math.sqrt(factors)));
  const vectors: Vectors = { biases: new Float32Array(itemCount), q: draw(), y: draw() };
  const users = Int32Array.from({ length: interactions.userCount }, (_, user) => user).filter((user) => {
    const count = interactions.offsets[user + 1] - interactions.offsets[user];
    return count > 1 && count < itemCount;
  });
  for (let epoch = 0; epoch < epochs; epoch++) {
    random.shuffle(users);
    for (const user of users)
      learnUser(vectors, historyOf(interactions, user).items, random, { factors, itemCount, learningRate, regularisation });
  }
  return bpr(vectors, itemCount, factors);
}

interface Step {
  factors: number;
  itemCount: number;
  learningRate: number;
  regularisation: number;
}

/** One step for each past item against one random other; the y of all past items move together at the end. */
function learnUser({ biases, q, y }: Vectors, items: Int32Array, random: Random, step: Step): void {
  const { factors, itemCount, learningRate, regularisation } = step;
  const chosen = new Set(items);
  const sum = sumOf(y, items, factors);
  const scale = 1 / Math.sqrt(items.length - 1);
  const moved = new Float64Array(factors);
  const own = new Float64Array(items.length * factors);
  for (let h = 0; h < items.length; h++) {
    const at = items[h] * factors;
    let other = random.integer(itemCount);
    while (chosen.has(other)) other = random.integer(itemCount);
    const to = other * factors;
    let difference = biases[items[h]] - biases[other];
    for (let f = 0; f < factors; f++) difference += (q[at + f] - q[to + f]) * scale * (sum[f] - y[at + f]);
    const pull = learningRate / (1 + Math.exp(difference));
    const decay = learningRate * regularisation;
    biases[items[h]] += pull - decay * biases[items[h]];
    biases[other] -= pull + decay * biases[other];
    for (let f = 0; f < factors; f++) {
      const taste = scale * (sum[f] - y[at + f]);
      const towards = pull * scale * (q[at + f] - q[to + f]);
      q[at + f] += pull * taste - decay * q[at + f];
      q[to + f] -= pull * taste + decay * q[to + f];
      moved[f] += towards;
      own[h * factors + f] = towards;
    }
  }
  // Each y_j stood in all sums but its own item's.
  for (let h = 0; h < items.length; h++)
    for (let f = 0, at = items[h] * factors; f < factors; f++)
      y[at + f] += moved[f] - own[h * factors + f] - learningRate * regularisation * y[at + f];
}

function sumOf(vectors: Float32Array, items: ArrayLike<number>, factors: number): Float64Array {
  const sum = new Float64Array(factors);
  for (let h = 0; h < items.length; h++) for (let f = 0, at = items[h] * factors; f < factors; f++) sum[f] += vectors[at + f];
  return sum;
}

/** The model of a decoded artefact. */
export const loadBpr = (artefact: Artefact) =>
  bpr(
    { biases: arrayOf(artefact, 'biases', Float32Array), q: arrayOf(artefact, 'q', Float32Array), y: arrayOf(artefact, 'y', Float32Array) },
    numberOf(artefact, 'itemCount'),
    numberOf(artefact, 'factors'),
  );

function bpr({ biases, q, y }: Vectors, itemCount: number, factors: number): Recommender {
  const known = ({ items }: History) => Array.from(items).filter((item) => item >= 0 && item < itemCount);
  const dot = (taste: ArrayLike<number>, tasteAt: number, item: number) => {
    let sum = 0;
    for (let f = 0, at = item * factors; f < factors; f++) sum += q[at + f] * taste[tasteAt + f];
    return sum;
  };
  return {
    kind: 'bpr',
    itemCount,
    scores(history) {
      const items = known(history);
      const scale = 1 / Math.sqrt(Math.max(1, items.length));
      const taste = sumOf(y, items, factors).map((value) => value * scale);
      return Float64Array.from({ length: itemCount }, (_, item) => biases[item] + dot(taste, 0, item));
    },
    explain(history, item) {
      const items = known(history);
      const scale = 1 / Math.sqrt(Math.max(1, items.length));
      return byContribution(items.map((past) => ({ item: past, contribution: scale * dot(y, past * factors, item) })));
    },
    encode: () => encodeArtefact({ kind: 'bpr', meta: { itemCount, factors }, arrays: { biases, q, y } }),
  };
}
