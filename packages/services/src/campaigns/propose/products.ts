import { categoryPath } from '@promolift/domain';
import type { Pool } from 'pg';

export type PictureProduct = {
  index: number;
  id: string;
  sku: string;
  name: string;
  /** Of its own category; '' without one. */
  categoryKey: string;
  /** Its category and all ancestors. */
  categoryKeys: string[];
  priceMinor: number;
  costMinor: number | null;
  floorMinor: number | null;
  stock: number | null;
  launchedAt: Date | null;
  /** Expected units on each coming day if nothing is done, with the standard deviation of each. */
  expected: Float64Array;
  deviation: Float64Array;
  /** Mean of `expected`. */
  expectedPerDay: number;
  isModelForecast: boolean;
};

type Row = {
  id: string;
  sku: string;
  name: string;
  category_key: string | null;
  price_minor: number;
  cost_minor: number | null;
  floor_minor: number | null;
  stock: number | null;
  launched_at: Date | null;
};

/** Active products in the shop's currency. Without a launch date the first known price counts as one. */
export async function readProducts(sql: Pool, currency: string): Promise<PictureProduct[]> {
  const [found, categories] = await Promise.all([
    sql.query<Row>(
      `select p.id, p.sku, p.name, c.key category_key, p.price_minor, p.cost_minor, p.floor_minor, p.stock,
         coalesce(p.launched_at, (select min(h.at) from product_prices h where h.product_id = p.id)) launched_at
       from products p left join categories c on c.id = p.category_id where p.is_active and p.currency = $1 and p.price_minor > 0 order by p.sku`,
      [currency],
    ),
    sql.query<{ key: string; parent_key: string | null }>(
      'select c.key, p.key parent_key from categories c left join categories p on p.id = c.parent_id',
    ),
  ]);
  const parents = new Map(categories.rows.map((row) => [row.key, row.parent_key]));
  return found.rows.map((row, index) => ({
    index,
    id: row.id,
    sku: row.sku,
    name: row.name,
    categoryKey: row.category_key ?? '',
    categoryKeys: row.category_key ? categoryPath(row.category_key, (key) => parents.get(key)) : [],
    priceMinor: row.price_minor,
    costMinor: row.cost_minor,
    floorMinor: row.floor_minor,
    stock: row.stock,
    launchedAt: row.launched_at,
    expected: new Float64Array(0),
    deviation: new Float64Array(0),
    expectedPerDay: 0,
    isModelForecast: false,
  }));
}
