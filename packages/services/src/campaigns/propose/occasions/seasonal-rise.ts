import { HORIZON_DAYS } from '../demand-forecast.ts';
import { type DemandHistory, unitsBetween } from '../demand-history.ts';
import type { PictureProduct } from '../products.ts';
import type { ShopPicture } from '../shop-picture.ts';
import { asLabel, type Idea, percent } from './idea.ts';
import { coverDays } from './overstock.ts';

const RISE = 1.12;
const RECENT_DAYS = 28;
const MOST_GIFT_SHARE = 0.35;

/** Categories about to sell more than lately: the moment to make carts larger, not prices lower. */
export function seasonalRise({ products, names, history, carts }: ShopPicture): Idea[] {
  const meanCart =
    carts.length === 0
      ? 0
      : carts.reduce((sum, cart) => sum + cart.lines.reduce((a, line) => a + line.unitPriceMinor * line.quantity, 0), 0) / carts.length;
  return [...Map.groupBy(products, ({ categoryKey }) => categoryKey)].flatMap(([key, found]): Idea[] => {
    const expected = found.reduce((sum, product) => sum + product.expectedPerDay, 0);
    const recent = unitsBetween(history, found, RECENT_DAYS, 0) / RECENT_DAYS;
    const lastYear = riseLastYear(history, found);
    if (key === '' || recent < 1 || (expected < RISE * recent && lastYear < RISE)) return [];
    const name = names.categories?.[key] ?? key;
    const gift =
      products
        .filter(
          (product) =>
            product.costMinor !== null &&
            product.costMinor < MOST_GIFT_SHARE * 0.4 * meanCart &&
            coverDays(product) > 60 &&
            (product.stock ?? 0) > 50,
        )
        // Something that goes with what is bought, then what lies longest.
        .sort((a, b) => Number(b.categoryKey === key) - Number(a.categoryKey === key) || coverDays(b) - coverDays(a))[0] ?? null;
    return [
      {
        occasion: 'seasonal_rise',
        label: asLabel(name),
        scope: { kind: 'categories', categoryKeys: [key] },
        products: found,
        kinds: ['spend_x_get_y_off', 'free_gift', 'percent_off', 'flash_sale'],
        segment: null,
        gift,
        reasons: [
          expected >= RISE * recent
            ? {
                en: `${name} is expected to rise ${percent(expected / recent - 1)} above the last four weeks.`,
                zh: `预计 ${name} 将比过去四周上升 ${percent(expected / recent - 1)}。`,
              }
            : {
                en: `At this time last year ${name} rose ${percent(lastYear - 1)} within four weeks.`,
                zh: `去年同期 ${name} 在四周内上升 ${percent(lastYear - 1)}。`,
              },
        ],
      },
    ];
  });
}

const YEAR_DAYS = 364;
const LEAST_UNITS = 40;

/** Two weeks from this day of last year against the four weeks before it; 0 without enough sales then. */
function riseLastYear(history: DemandHistory, products: readonly PictureProduct[]): number {
  if (history.days < YEAR_DAYS + RECENT_DAYS) return 0;
  const before = unitsBetween(history, products, YEAR_DAYS + RECENT_DAYS, YEAR_DAYS);
  return before < LEAST_UNITS
    ? 0
    : unitsBetween(history, products, YEAR_DAYS, YEAR_DAYS - HORIZON_DAYS) / HORIZON_DAYS / (before / RECENT_DAYS);
}
