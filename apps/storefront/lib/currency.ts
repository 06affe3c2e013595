import { loadProduct, loadProducts } from './catalogue.ts';
import type { Shop } from './shop.ts';

/** The cart's currency is that of its first product; an empty cart has the catalogue's. Null when nothing is known. */
export async function cartCurrency(shop: Shop): Promise<string | null> {
  const [line] = shop.session.lines;
  const product = line ? await loadProduct(shop, line.sku) : (await loadProducts(shop, { first: 1 }))?.nodes[0];
  return product?.price.currency ?? null;
}
