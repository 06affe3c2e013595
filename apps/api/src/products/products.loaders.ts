import {
  categoriesByIds,
  dailyUnits,
  type Deps,
  priceHistory,
  productsByIds,
  productsBySkus,
  productsOfCategories,
} from '@promolift/services';
import { valueLoader } from '../shared/batch.ts';
import { perParentLoader } from '../shared/per-parent.ts';

export const createProductLoaders = (deps: Deps) => ({
  product: valueLoader(
    (ids) => productsByIds(deps, ids),
    ({ id }) => id,
  ),
  productBySku: valueLoader(
    (skus) => productsBySkus(deps, skus),
    ({ sku }) => sku,
  ),
  category: valueLoader(
    (ids) => categoriesByIds(deps, ids),
    ({ id }) => id,
  ),
  productsOfCategory: perParentLoader(
    (ids, first) => productsOfCategories(deps, ids, first),
    ({ categoryId }) => categoryId,
  ),
  pricesOfProduct: perParentLoader(
    (ids, first) => priceHistory(deps, ids, first),
    ({ productId }) => productId,
  ),
  unitsOfProduct: perParentLoader(
    (ids, days) => dailyUnits(deps, 'product', ids, days),
    ({ key }) => key,
  ),
});
