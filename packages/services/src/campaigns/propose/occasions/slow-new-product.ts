import { unitsBetween } from '../demand-history.ts';
import type { PictureProduct } from '../products.ts';
import type { ShopPicture } from '../shop-picture.ts';
import { asLabel, type Idea, percent } from './idea.ts';

const NEW_DAYS = 75;
const LEAST_DAYS = 14;
const SLOW_SHARE = 0.6;
const DAY_MS = 86_400_000;

/** Products launched lately that sell well below their neighbours, and products not launched yet. */
export function slowNewProduct({ products, history, now }: ShopPicture): Idea[] {
  const ageDays = (product: PictureProduct) =>
    product.launchedAt === null ? Number.POSITIVE_INFINITY : (now.getTime() - product.launchedAt.getTime()) / DAY_MS;
  const rate = (product: PictureProduct) => unitsBetween(history, [product], 28, 0) / Math.min(28, Math.max(1, ageDays(product)));
  const medians = new Map(
    [...Map.groupBy(products, ({ categoryKey }) => categoryKey)].map(([key, found]) => [
      key,
      found.map(rate).sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0,
    ]),
  );
  return products.flatMap((product): Idea[] => {
    const age = ageDays(product);
    const base = {
      label: asLabel(product.name),
      scope: { kind: 'skus' as const, skus: [product.sku] },
      products: [product],
      segment: null,
      gift: null,
      occasion: 'slow_new_product' as const,
    };
    if (age < 0 && age > -HORIZON_OF_LAUNCH_DAYS) {
      return [
        {
          ...base,
          kinds: ['pre_sale'],
          reasons: [
            { en: `${product.name} is launched in ${Math.ceil(-age)} days.`, zh: `${product.name} 将在 ${Math.ceil(-age)} 天后上市。` },
          ],
        },
      ];
    }
    const usual = medians.get(product.categoryKey) ?? 0;
    if (age < LEAST_DAYS || age > NEW_DAYS || usual <= 0 || rate(product) > SLOW_SHARE * usual) return [];
    return [
      {
        ...base,
        kinds: ['percent_off', 'flash_sale'],
        reasons: [
          {
            en: `${product.name}, new since ${Math.round(age)} days, sells ${percent(1 - rate(product) / usual)} less than the middle product of its category.`,
            zh: `${product.name} 上架 ${Math.round(age)} 天，销量比同类中位商品低 ${percent(1 - rate(product) / usual)}。`,
          },
        ],
      },
    ];
  });
}

const HORIZON_OF_LAUNCH_DAYS = 60;
