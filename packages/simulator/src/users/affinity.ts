import { CATEGORIES } from '../products/categories.ts';
import type { Product } from '../products/make-products.ts';
import { drawNormal, PURPOSE } from '../shared/draws.ts';
import type { SimulatedUser } from './make-users.ts';

/** `weights[user * products + product]`: how much a user likes a product at its regular price, relative to its category. */
export type Affinity = { readonly weights: Float32Array; readonly outside: Float32Array };

const TASTE_SCALE = 0.55;
const OWN_SCALE = 0.25;
/** Chance that a wanted category ends in a purchase at regular prices. */
export const BASE_CONVERSION = 0.45;

/**
 * Weights of the multinomial logit choice. `outside[user * categories + category]` is the weight of buying nothing,
 * set so that each user buys with `BASE_CONVERSION` when everything has its regular price.
 */
export function makeAffinity(seed: number, users: readonly SimulatedUser[], products: readonly Product[]): Affinity {
  const weights = new Float32Array(users.length * products.length);
  const outside = new Float32Array(users.length * CATEGORIES.length);
  const frugality = dearness(products);
  for (const user of users) {
    const thrift = 0.5 * Math.log(user.monthlyBudgetMinor / 16_000);
    for (const product of products) {
      let fit =
        product.popularity + thrift * frugality[product.index] + OWN_SCALE * drawNormal(seed, user.index, product.index, PURPOSE.affinity);
      for (let d = 0; d < user.taste.length; d++) fit += TASTE_SCALE * user.taste[d] * product.taste[d];
      const weight = Math.exp(Math.max(-8, Math.min(8, fit)));
      weights[user.index * products.length + product.index] = weight;
      outside[user.index * CATEGORIES.length + product.categoryIndex] += weight;
    }
  }
  for (let i = 0; i < outside.length; i++) outside[i] *= (1 - BASE_CONVERSION) / BASE_CONVERSION;
  return { weights, outside };
}

/** Log price relative to the category's mean log price. */
function dearness(products: readonly Product[]): Float64Array {
  const sums = CATEGORIES.map(() => ({ total: 0, count: 0 }));
  for (const product of products) {
    sums[product.categoryIndex].total += Math.log(product.priceMinor);
    sums[product.categoryIndex].count += 1;
  }
  return Float64Array.from(
    products,
    (product) => Math.log(product.priceMinor) - sums[product.categoryIndex].total / sums[product.categoryIndex].count,
  );
}
