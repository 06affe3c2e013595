import type { Product, ProductSort, Promolift, Recommendations } from '@promolift/sdk';
import { createLastKnown } from './last-known.ts';
import type { Shop } from './shop.ts';
import { learnShopNow } from './shop-clock.ts';

export type ProductPage = Awaited<ReturnType<Promolift['products']>>;
const PAGE_SIZE = 24;
const lastPages = createLastKnown<ProductPage>();
const lastProducts = createLastKnown<Product | null>();
const lastPicks = createLastKnown<Recommendations>();

export async function loadProducts(
  shop: Shop,
  wanted: { search?: string; categoryKey?: string; after?: string; sort?: ProductSort; first?: number },
): Promise<ProductPage | null> {
  const { search, categoryKey, after, sort = 'NAME_ASC', first = PAGE_SIZE } = wanted;
  const filter = { isActive: true, ...(search && { search }), ...(categoryKey && { categoryKey }) };
  const { value, isFresh } = await lastPages.load(JSON.stringify([search, categoryKey, after, sort, first]), () =>
    shop.promolift.products({ first, sort, filter, ...(after && { after }) }),
  );
  if (!isFresh) shop.state.isAway = true;
  return value;
}

/** `undefined`: not known because Promolift is away; `null`: there is no such product. */
export async function loadProduct(shop: Shop, sku: string): Promise<Product | null | undefined> {
  const { value, isFresh } = await lastProducts.load(sku, () => shop.promolift.product({ sku }));
  if (isFresh) return value;
  shop.state.isAway = true;
  return value ?? undefined;
}

/** Recommendations for whoever is shopping; without an answer the last popular ones, which are nobody's in particular. */
export async function loadPicks(
  shop: Shop,
  wanted: { placement: string; productSku?: string; categoryKey?: string; first?: number },
): Promise<Recommendations> {
  const { userId, anonymousId, lines } = shop.session;
  const { placement, productSku, categoryKey, first = 8 } = wanted;
  const inCart = lines.map(({ sku }) => sku);
  const picks = await shop.promolift.recommendations({
    ...(userId ? { userId } : { anonymousId }),
    first,
    locale: shop.locale,
    context: { placement, cartSkus: inCart, ...(productSku && { productSku }) },
    filters: { excludeSkus: [...inCart, ...(productSku ? [productSku] : [])], inStockOnly: true, ...(categoryKey && { categoryKey }) },
  });
  if (picks.servedBy !== 'NONE') learnShopNow(picks.generatedAt);
  else shop.state.isAway = true;
  if (userId !== null && picks.servedBy !== 'NONE') return picks;
  const { value } = await lastPicks.load(placement, () =>
    picks.servedBy === 'NONE' ? Promise.reject(new Error('away')) : Promise.resolve(picks),
  );
  return value ?? picks;
}
