import { categoryPath, Measure } from '@promolift/domain';
import type { Pool } from 'pg';
import type { Deps } from '../shared/deps.ts';
import { processCache } from '../shared/process-cache.ts';

/** A product as carts price it: our own catalogue, never the storefront's claims. `categoryKeys` holds the category and all its ancestors. */
export type PricedProduct = {
  id: string;
  sku: string;
  name: string;
  currency: string;
  priceMinor: number;
  costMinor: number | null;
  floorMinor: number | null;
  stock: number | null;
  isActive: boolean;
  /** How much one unit holds; null where the catalogue does not say. */
  measure: Measure | null;
  categoryKeys: string[];
  attributes: Record<string, string>;
};

const categoryPaths = processCache(5_000, async (sql) => {
  const { rows } = await sql.query<{ id: string; key: string; parent_key: string | null; name: string }>(
    'select c.id, c.key, c.name, p.key parent_key from categories c left join categories p on p.id = c.parent_id',
  );
  const parents = new Map(rows.map((row) => [row.key, row.parent_key]));
  return {
    pathById: new Map(rows.map((row) => [row.id, categoryPath(row.key, (key) => parents.get(key))])),
    nameByKey: new Map(rows.map((row) => [row.key, row.name])),
  };
});

/** Category key → its name. */
export const categoryNames = async (sql: Pool): Promise<ReadonlyMap<string, string>> => (await categoryPaths.get(sql)).nameByKey;

type ProductRow = {
  id: string;
  sku: string;
  name: string;
  currency: string;
  price_minor: number;
  cost_minor: number | null;
  floor_minor: number | null;
  stock: number | null;
  is_active: boolean;
  measure_amount: number | null;
  measure_unit: string | null;
  category_id: string | null;
  attributes: Record<string, string>;
};

const COLUMNS =
  'id, sku, name, currency, price_minor, cost_minor, floor_minor, stock, is_active, measure_amount, measure_unit, category_id, attributes';

async function priced(sql: Pool, rows: ProductRow[]): Promise<PricedProduct[]> {
  const { pathById } = await categoryPaths.get(sql);
  return rows.map((row) => ({
    id: row.id,
    sku: row.sku,
    name: row.name,
    currency: row.currency,
    priceMinor: row.price_minor,
    costMinor: row.cost_minor,
    floorMinor: row.floor_minor,
    stock: row.stock,
    isActive: row.is_active,
    measure: row.measure_amount === null ? null : Measure.parse({ amount: row.measure_amount, unit: row.measure_unit }),
    attributes: row.attributes,
    categoryKeys: row.category_id ? (pathById.get(row.category_id) ?? []) : [],
  }));
}

/** The products of these skus; unknown skus are missing from the map. */
export async function pricedProducts({ sql }: Pick<Deps, 'sql'>, skus: readonly string[]): Promise<Map<string, PricedProduct>> {
  const { rows } = await sql.query<ProductRow>(`select ${COLUMNS} from products where sku = any($1)`, [[...new Set(skus)]]);
  return new Map((await priced(sql, rows)).map((product) => [product.sku, product]));
}
