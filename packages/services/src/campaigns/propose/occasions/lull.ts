import { unitsBetween } from '../demand-history.ts';
import type { ShopPicture } from '../shop-picture.ts';
import { asLabel, type Idea, percent } from './idea.ts';

const LULL_SHARE = 0.92;
const USUAL_DAYS = 84;

/** Categories whose coming weeks are expected to sell less than usual. */
export function lull({ products, names, history }: ShopPicture): Idea[] {
  return [...Map.groupBy(products, ({ categoryKey }) => categoryKey)].flatMap(([key, found]): Idea[] => {
    const expected = found.reduce((sum, product) => sum + product.expectedPerDay, 0);
    const usual = unitsBetween(history, found, USUAL_DAYS, 0) / USUAL_DAYS;
    if (key === '' || usual < 1 || expected >= LULL_SHARE * usual) return [];
    const name = names.categories?.[key] ?? key;
    return [
      {
        occasion: 'lull',
        label: asLabel(name),
        scope: { kind: 'categories', categoryKeys: [key] },
        products: found,
        kinds: ['percent_off', 'amount_off', 'spend_x_get_y_off', 'coupon'],
        segment: null,
        gift: null,
        reasons: [
          {
            en: `${name} is expected to sell ${expected.toFixed(1)} units a day in the next two weeks, ${percent(1 - expected / usual)} less than in the last twelve.`,
            zh: `预计 ${name} 未来两周日均销量 ${expected.toFixed(1)} 件，比过去十二周低 ${percent(1 - expected / usual)}。`,
          },
        ],
      },
    ];
  });
}
