import { CATEGORIES } from '../products/categories.ts';
import { makeProducts, type Product } from '../products/make-products.ts';
import { planPrices, type PricePlan } from '../products/price-plan.ts';
import { DAY_MS, dateOfDay, dayOfYear } from '../shared/calendar.ts';
import { makeAffinity, type Affinity } from '../users/affinity.ts';
import { makeUsers, type SimulatedUser } from '../users/make-users.ts';

export type ShopConfig = {
  readonly seed: number;
  readonly users: number;
  readonly products: number;
  readonly startDate: Date;
  readonly days: number;
};

/** Everything about the shop that never changes; follows from the config alone. */
export type Shop = {
  readonly config: ShopConfig;
  readonly currency: string;
  readonly name: string;
  readonly products: readonly Product[];
  readonly users: readonly SimulatedUser[];
  readonly affinity: Affinity;
  readonly prices: PricePlan;
  readonly productIndexBySku: ReadonlyMap<string, number>;
  readonly userIndexByExternalId: ReadonlyMap<string, number>;
  readonly categoryIndexByKey: ReadonlyMap<string, number>;
  /** Product indexes of each category. */
  readonly shelves: readonly Int32Array[];
};

/** Makes the shop. Throws RangeError for sizes below one or a start that is not midnight UTC. */
export function createShop(config: ShopConfig): Shop {
  const { seed, startDate, days } = config;
  if (!(config.users >= 1 && config.products >= CATEGORIES.length && days >= 0))
    throw new RangeError('A shop needs a user, a product per category and no negative days.');
  if (startDate.getTime() % DAY_MS !== 0) throw new RangeError('startDate must be midnight UTC.');
  const products = makeProducts(seed, config.products, days, dayOfYear(dateOfDay(startDate, days)));
  const users = makeUsers(seed, config.users, days);
  return {
    config,
    currency: 'EUR',
    name: 'Marigold',
    products,
    users,
    affinity: makeAffinity(seed, users, products),
    prices: planPrices(seed, products, days),
    productIndexBySku: new Map(products.map((product) => [product.sku, product.index])),
    userIndexByExternalId: new Map(users.map((user) => [user.externalId, user.index])),
    categoryIndexByKey: new Map(CATEGORIES.map((category, index) => [category.key, index])),
    shelves: CATEGORIES.map((_, index) =>
      Int32Array.from(
        products.filter((product) => product.categoryIndex === index),
        (product) => product.index,
      ),
    ),
  };
}
