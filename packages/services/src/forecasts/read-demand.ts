import { categoryPath } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { literal, readColumns } from '../shared/read-columns.ts';
import { readSettings } from '../shared/settings.ts';

const MOST_DAYS = 730;
const DAY_MS = 86_400_000;
const OFF_PRICE_SHARE = 0.03; // A price this far below the usual one counts as a promotion day, as a coupon does.

/** Units and prices per product and day in the shop's zone, up to yesterday. Row-major [products × days]. */
export type Demand = {
  days: number;
  /** First day, YYYY-MM-DD; `forecastFrom` is the day after the last. */
  firstDay: string;
  forecastFrom: string;
  productIds: string[];
  isActive: boolean[];
  units: Float64Array;
  /** The shelf's price before any discount; 0 for a product whose price was never known. */
  price: Float64Array;
  /** 1 on days with a discount or a price clearly below the usual one. */
  promoted: Uint8Array;
  /** Day index since which a product exists. [products] */
  since: Int32Array;
  categoryIds: string[];
  categoryKeys: string[];
  /** Index of the product's own category, −1 for none. [products] */
  categoryOfProduct: Int32Array;
  /** Own category and its ancestors. [products] */
  categoryPaths: number[][];
};

/** `asOf` and later are not read. Null without a single order. */
export async function readDemand(deps: Deps, asOf: Date): Promise<Demand | null> {
  const { timeZone } = await readSettings(deps);
  const zone = literal(timeZone);
  const [[firstDay], [lastDay]] = await readColumns(
    deps,
    `
    select greatest(min((placed_at at time zone ${zone})::date), (${literal(asOf)}::timestamptz at time zone ${zone})::date - ${MOST_DAYS}), (${literal(asOf)}::timestamptz at time zone ${zone})::date
    from orders where status = 'placed' and placed_at < ${literal(asOf)} having count(*) > 0`,
    ['text', 'text'],
  );
  if (!firstDay || !lastDay) return null;
  const days = Math.round((Date.parse(lastDay) - Date.parse(firstDay)) / DAY_MS);
  if (days <= 0) return null;
  const [productIds, active, categoryKey, since] = await readColumns(
    deps,
    `
    select p.id, p.is_active::int, c.key, least(${days}, greatest(0, coalesce((p.launched_at at time zone ${zone})::date - ${literal(firstDay)}::date, 0)))
    from products p left join categories c on c.id = p.category_id order by p.sku`,
    ['text', 'int32', 'key', 'int32'],
  );
  const [categoryIds, categoryKeys, parentKeys] = await readColumns(
    deps,
    'select c.id, c.key, p.key from categories c left join categories p on p.id = c.parent_id order by c.key',
    ['text', 'text', 'text'],
  );
  const sold = await readColumns(
    deps,
    `
    with p as (select id, (row_number() over (order by sku) - 1)::int n from products)
    select p.n, (o.placed_at at time zone ${zone})::date - ${literal(firstDay)}::date as day, sum(l.quantity)::float8, sum(l.quantity * l.unit_price_minor)::float8, sum(l.discount_minor)::float8
    from orders o join order_lines l on l.order_id = o.id join p on p.id = l.product_id
    where o.status = 'placed' and not l.is_gift and o.placed_at < ${literal(asOf)} and (o.placed_at at time zone ${zone})::date >= ${literal(firstDay)} and (o.placed_at at time zone ${zone})::date < ${literal(lastDay)}
    group by 1, 2`,
    ['int32', 'int32', 'float64', 'float64', 'float64'],
  );
  const changes = await readColumns(
    deps,
    `
    with p as (select id, (row_number() over (order by sku) - 1)::int n from products)
    select p.n, (c.at at time zone ${zone})::date - ${literal(firstDay)}::date, c.price_minor from product_prices c join p on p.id = c.product_id where c.at < ${literal(asOf)} order by 1, c.at`,
    ['int32', 'int32', 'float64'],
  );
  const indexOfKey = new Map(categoryKeys.map((key, index) => [key, index]));
  const parentOf = (key: string) => parentKeys[indexOfKey.get(key) ?? -1] || null;
  const paths = Array.from(categoryKey.codes, (code) =>
    code < 0 ? [] : categoryPath(categoryKey.values[code], parentOf).flatMap((key) => indexOfKey.get(key) ?? []),
  );
  return {
    days,
    firstDay,
    forecastFrom: lastDay,
    productIds,
    isActive: Array.from(active, (value) => value === 1),
    categoryIds,
    categoryKeys,
    categoryOfProduct: Int32Array.from(paths, (path) => path[0] ?? -1),
    categoryPaths: paths,
    ...fill(productIds.length, days, since, sold, changes),
  };
}

type Sold = readonly [product: Int32Array, day: Int32Array, units: Float64Array, gross: Float64Array, discount: Float64Array];

function fill(
  products: number,
  days: number,
  launched: Int32Array,
  [product, day, units, gross, discount]: Sold,
  changes: PriceChanges,
): Pick<Demand, 'units' | 'price' | 'promoted' | 'since'> {
  const filled = {
    units: new Float64Array(products * days),
    price: shelfPrices(products, days, changes),
    promoted: new Uint8Array(products * days),
    since: launched.slice(),
  };
  const firstSale = new Int32Array(products).fill(days);
  for (let row = 0; row < product.length; row++) {
    const at = product[row] * days + day[row];
    filled.units[at] = units[row];
    if (!(filled.price[at] > 0)) filled.price[at] = Math.max(1, gross[row] / Math.max(1, units[row]));
    if (discount[row] > OFF_PRICE_SHARE * gross[row]) filled.promoted[at] = 1;
    firstSale[product[row]] = Math.min(firstSale[product[row]], day[row]);
  }
  for (let p = 0; p < products; p++) {
    // A product whose launch is unknown exists since its first sale.
    filled.since[p] = launched[p] === 0 ? firstSale[p] : Math.min(launched[p], firstSale[p]);
    carryPrices(filled, p * days, days);
  }
  return filled;
}

type PriceChanges = readonly [product: Int32Array, day: Int32Array, price: Float64Array];

/** The shelf's price of each day from the price history, which also knows the days without a sale; 0 before the first one known. */
function shelfPrices(products: number, days: number, [product, day, price]: PriceChanges): Float64Array {
  const shelf = new Float64Array(products * days);
  for (let row = 0; row < product.length; row++) {
    const until = product[row + 1] === product[row] ? Math.min(days, day[row + 1]) : days;
    for (let at = Math.max(0, day[row]); at < until; at++) shelf[product[row] * days + at] = price[row];
  }
  return shelf;
}

const NEAR_DAYS = 28;
const NEAR_STEP = 4;

/** Fills days without a known price with the one before; marks days clearly below the usual price of the weeks around as promoted. */
function carryPrices({ price, promoted }: { price: Float64Array; promoted: Uint8Array }, from: number, days: number): void {
  let last = price.subarray(from, from + days).find((value) => value > 0) ?? 0;
  for (let at = from; at < from + days; at++) {
    if (price[at] > 0) last = price[at];
    else price[at] = last;
  }
  const own = price.subarray(from, from + days);
  const [least, most] = own.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Number.POSITIVE_INFINITY, 0]);
  if (least >= most * (1 - OFF_PRICE_SHARE)) return;
  for (let day = 0; day < days; day++) {
    const around: number[] = [];
    for (let other = Math.max(0, day - NEAR_DAYS); other <= Math.min(days - 1, day + NEAR_DAYS); other += NEAR_STEP)
      around.push(price[from + other]);
    const usual = around.sort((a, b) => a - b)[around.length >> 1];
    if (price[from + day] < usual * (1 - OFF_PRICE_SHARE)) promoted[from + day] = 1;
  }
}
