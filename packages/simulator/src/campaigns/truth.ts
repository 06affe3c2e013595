import type { Shop } from '../activity/shop.ts';
import { CATEGORIES, COMPLEMENTS, type CategoryTruth } from '../products/categories.ts';
import type { PriceCut } from '../products/price-plan.ts';
import { BASE_CONVERSION } from '../users/affinity.ts';
import type { SimulatedUser } from '../users/make-users.ts';

/** What models try to learn. `conversionElasticity` is that of the average user when the whole category's price moves a little, negative. */
export type ShopTruth = {
  readonly categories: readonly (CategoryTruth & { readonly conversionElasticity: number; readonly complementKeys: readonly string[] })[];
  readonly users: ReadonlyMap<string, SimulatedUser>;
  readonly priceCuts: readonly PriceCut[];
  readonly overstockedSkus: readonly string[];
  substitutesOf(sku: string): readonly string[];
  complementsOf(sku: string): readonly string[];
  /** Relative liking at the regular price within the product's category; only ratios within one user and category mean something. */
  affinityOf(userExternalId: string, sku: string): number;
};

export function truth(shop: Shop): ShopTruth {
  const sensitivity = shop.users.reduce((sum, user) => sum + user.priceSensitivity, 0) / shop.users.length;
  const indexOf = (sku: string) => {
    const index = shop.productIndexBySku.get(sku);
    if (index === undefined) throw new RangeError(`The shop has no product ${sku}.`);
    return index;
  };
  const skusOf = (indexes: readonly number[]) => indexes.map((index) => shop.products[index].sku);
  return {
    categories: CATEGORIES.map((category) => ({
      ...category,
      conversionElasticity: -category.priceSensitivity * sensitivity * (1 - BASE_CONVERSION),
      complementKeys: COMPLEMENTS[category.key],
    })),
    users: new Map(shop.users.map((user) => [user.externalId, user])),
    priceCuts: shop.prices.cuts,
    overstockedSkus: shop.products.filter((product) => product.isOverstocked).map((product) => product.sku),
    substitutesOf: (sku) => skusOf(shop.products[indexOf(sku)].substitutes),
    complementsOf: (sku) => skusOf(shop.products[indexOf(sku)].complements),
    affinityOf: (userExternalId, sku) => {
      const user = shop.userIndexByExternalId.get(userExternalId);
      if (user === undefined) throw new RangeError(`The shop has no user ${userExternalId}.`);
      return shop.affinity.weights[user * shop.products.length + indexOf(sku)];
    },
  };
}
