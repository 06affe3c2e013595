import { itemPairs } from '@promolift/ml';
import type { ShopPicture } from '../shop-picture.ts';
import type { Idea } from './idea.ts';

const LEAST_CARTS = 8;
const LEAST_LIFT = 1.5;
const MOST_PAIRS = 12;

/** Products that share carts far more often than chance would have it. */
export const basketAffinity = (picture: ShopPicture): Idea[] => [...productPairs(picture), ...categoryPairs(picture)];

function productPairs({ carts, products }: ShopPicture): Idea[] {
  const offsets = [0];
  const items: number[] = [];
  for (const cart of carts) {
    for (const { product } of cart.lines) items.push(product.index);
    offsets.push(items.length);
  }
  const pairs = itemPairs({ offsets, items, itemCount: products.length }, Math.max(LEAST_CARTS, Math.ceil(carts.length / 2_000)));
  return pairs
    .filter(({ lift }) => lift >= LEAST_LIFT)
    .sort((x, y) => y.count - x.count)
    .slice(0, MOST_PAIRS)
    .flatMap(({ a, b, count, lift }): Idea[] => {
      const pair = [products[a], products[b]].filter((product) => product !== undefined);
      const [first, second] = pair;
      if (!first || !second) return [];
      return [
        {
          occasion: 'basket_affinity',
          label: { en: `${first.name} with ${second.name}`, zh: `${first.name} 搭配 ${second.name}` },
          scope: { kind: 'skus', skus: [first.sku, second.sku] },
          products: pair,
          kinds: ['bundle_price'],
          segment: null,
          gift: null,
          reasons: [
            {
              en: `${first.name} and ${second.name} shared ${count} carts in eight weeks, ${lift.toFixed(1)} times as often as by chance.`,
              zh: `${first.name} 与 ${second.name} 八周内同车 ${count} 次，是随机情形的 ${lift.toFixed(1)} 倍。`,
            },
          ],
        },
      ];
    });
}

const LEAST_CATEGORY_LIFT = 1.05;
const LEAST_CATEGORY_SHARE = 0.01;
const MOST_CATEGORY_PAIRS = 4;

/** Categories that share carts: a reward from a minimum spend on both makes carts larger. */
function categoryPairs({ carts, products, names }: ShopPicture): Idea[] {
  const keys = [...new Set(products.map(({ categoryKey }) => categoryKey))].filter((key) => key !== '').sort();
  const position = new Map(keys.map((key, index) => [key, index]));
  const offsets = [0];
  const items: number[] = [];
  for (const cart of carts) {
    for (const { product } of cart.lines) {
      const at = position.get(product.categoryKey);
      if (at !== undefined) items.push(at);
    }
    offsets.push(items.length);
  }
  const pairs = itemPairs(
    { offsets, items, itemCount: keys.length },
    Math.max(LEAST_CARTS, Math.ceil(LEAST_CATEGORY_SHARE * carts.length)),
  );
  return pairs
    .filter(({ lift }) => lift >= LEAST_CATEGORY_LIFT)
    .sort((x, y) => y.count - x.count)
    .slice(0, MOST_CATEGORY_PAIRS)
    .flatMap(({ a, b, count, lift }): Idea[] => {
      const categoryKeys = [keys[a], keys[b]].filter((key) => key !== undefined);
      const [first, second] = categoryKeys.map((key) => names.categories?.[key] ?? key);
      if (first === undefined || second === undefined) return [];
      return [
        {
          occasion: 'basket_affinity',
          label: { en: `${first} with ${second}`, zh: `${first} 搭配 ${second}` },
          scope: { kind: 'categories', categoryKeys },
          products: products.filter(({ categoryKey }) => categoryKeys.includes(categoryKey)),
          kinds: ['spend_x_get_y_off', 'amount_off'],
          segment: null,
          gift: null,
          reasons: [
            {
              en: `${first} and ${second} shared ${count} carts in eight weeks, ${lift.toFixed(1)} times as often as by chance.`,
              zh: `${first} 与 ${second} 八周内同车 ${count} 次，是随机情形的 ${lift.toFixed(1)} 倍。`,
            },
          ],
        },
      ];
    });
}
