import type { PictureProduct } from '../products.ts';
import type { ShopPicture } from '../shop-picture.ts';
import { asLabel, type Idea } from './idea.ts';

/** Stock for longer than this is money asleep. */
const COVER_DAYS = 90;
const LEAST_UNITS = 20;
const MOST_PRODUCTS = 12;

export const coverDays = (product: PictureProduct): number =>
  product.stock === null ? 0 : product.stock / Math.max(0.02, product.expectedPerDay);

/** Products with far more stock than the forecast needs, by category. */
export function overstock({ products, names }: ShopPicture): Idea[] {
  const excess = products.filter((product) => (product.stock ?? 0) >= LEAST_UNITS && coverDays(product) > COVER_DAYS);
  const worth = (product: PictureProduct) => (product.stock ?? 0) * (product.costMinor ?? product.priceMinor);
  return [...Map.groupBy(excess, ({ categoryKey }) => categoryKey)].map(([key, found]): Idea => {
    const worst = found.toSorted((a, b) => worth(b) - worth(a)).slice(0, MOST_PRODUCTS);
    const units = worst.reduce((sum, { stock }) => sum + (stock ?? 0), 0);
    const median = worst.map(coverDays).sort((a, b) => a - b)[Math.floor(worst.length / 2)] ?? 0;
    const name = names.categories?.[key] ?? worst[0]?.name ?? key;
    return {
      occasion: 'overstock',
      label: asLabel(name),
      scope: { kind: 'skus', skus: worst.map(({ sku }) => sku) },
      products: worst,
      kinds: ['percent_off', 'flash_sale'],
      segment: null,
      gift: null,
      reasons: [
        {
          en: `${units.toLocaleString('en')} units of ${worst.length} products in ${name} lie in stock, enough for about ${Math.min(999, Math.round(median))} days at the forecast pace.`,
          zh: `${name} 有 ${worst.length} 款商品共 ${units} 件库存，按预测约可售 ${Math.min(999, Math.round(median))} 天。`,
        },
      ],
    };
  });
}
