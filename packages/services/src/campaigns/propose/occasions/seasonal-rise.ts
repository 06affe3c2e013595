import { HORIZON_DAYS } from '../demand-forecast.ts';
import { unitsBetween } from '../demand-history.ts';
import type { ShopPicture } from '../shop-picture.ts';
import { asLabel, type Idea, percent } from './idea.ts';
import { coverDays } from './overstock.ts';

const RISE = 1.12;
const RECENT_DAYS = 28;
const MOST_GIFT_SHARE = 0.35;

/** Categories about to sell more than lately: the moment to make carts larger, not prices lower. */
export function seasonalRise({ products, names, history, carts }: ShopPicture): Idea[] {
  const meanCart = carts.length === 0 ? 0 : carts.reduce((sum, cart) => sum + cart.lines.reduce((a, line) => a + line.unitPriceMinor * line.quantity, 0), 0) / carts.length;
  return [...Map.groupBy(products, ({ categoryKey }) => categoryKey)].flatMap(([key, found]): Idea[] => {
    const expected = found.reduce((sum, product) => sum + product.expected.reduce((a, b) => a + b, 0), 0) / HORIZON_DAYS;
    const recent = unitsBetween(history, found, RECENT_DAYS, 0) / RECENT_DAYS;
    if (key === '' || recent < 1 || expected < RISE * recent) return [];
    const name = names.categories?.[key] ?? key;
    const gift = products.filter((product) => product.costMinor !== null && product.costMinor < MOST_GIFT_SHARE * 0.4 * meanCart && coverDays(product) > 60 && (product.stock ?? 0) > 50).sort((a, b) => coverDays(b) - coverDays(a))[0] ?? null;
    return [{
      occasion: 'seasonal_rise', label: asLabel(name), scope: { kind: 'categories', categoryKeys: [key] }, products: found, kinds: ['spend_x_get_y_off', 'free_gift', 'percent_off', 'flash_sale'], segment: null, gift,
      reasons: [{ en: `${name} is expected to rise ${percent(expected / recent - 1)} above the last four weeks.`, zh: `预计 ${name} 将比过去四周上升 ${percent(expected / recent - 1)}。` }],
    }];
  });
}
