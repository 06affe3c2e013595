import { AppError } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { containing, listPage, type PageRequest } from '../shared/list-page.ts';
import type { Page } from '../shared/page.ts';

type Reading = Pick<Deps, 'sql'>;

export type ProductRecord = {
  id: string;
  sku: string;
  name: string;
  categoryId: string | null;
  currency: string;
  priceMinor: number;
  costMinor: number | null;
  floorMinor: number | null;
  stock: number | null;
  attributes: Record<string, unknown>;
  isActive: boolean;
  launchedAt: Date | null;
  createdAt: Date;
};
export type CategoryRecord = { id: string; key: string; name: string; parentId: string | null };
export type ProductFilter = { search?: string | null; categoryKey?: string | null; isActive?: boolean | null; hasCost?: boolean | null };

export const PRODUCT_COLUMNS = `p.id, p.sku, p.name, p.category_id "categoryId", p.currency, p.price_minor "priceMinor", p.cost_minor "costMinor", p.floor_minor "floorMinor",
  p.stock, p.attributes, p.is_active "isActive", p.launched_at "launchedAt", p.created_at "createdAt"`;
const CATEGORY_COLUMNS = 'c.id, c.key, c.name, c.parent_id "parentId"';

const ORDERS = {
  NAME_ASC: { expression: 'p.name', type: 'text', isDescending: false },
  NAME_DESC: { expression: 'p.name', type: 'text', isDescending: true },
  PRICE_ASC: { expression: 'p.price_minor', type: 'bigint', isDescending: false },
  PRICE_DESC: { expression: 'p.price_minor', type: 'bigint', isDescending: true },
  // Not counted stock stands behind every counted one, either way round.
  STOCK_ASC: { expression: 'coalesce(p.stock, 2147483647)', type: 'integer', isDescending: false },
  STOCK_DESC: { expression: 'coalesce(p.stock, -2147483648)', type: 'integer', isDescending: true },
  NEWEST: { expression: 'coalesce(p.launched_at, p.created_at)', type: 'timestamptz', isDescending: true },
} as const;
export type ProductSort = keyof typeof ORDERS;

/** A page of the catalogue. `categoryKey` includes everything below that category; `search` looks at names and skus. */
export function listProducts(
  { sql }: Reading,
  request: PageRequest & { filter?: ProductFilter | null; sort?: ProductSort },
): Promise<Page<ProductRecord>> {
  const { search, categoryKey, isActive, hasCost } = request.filter ?? {};
  const from = `products p where ($1::text is null or lower(p.name) like $1 or lower(p.sku) like $1)
    and ($2::text is null or p.category_id in (
      with recursive below as (select id from categories where key = $2 union select k.id from categories k join below b on k.parent_id = b.id) select id from below))
    and ($3::boolean is null or p.is_active = $3) and ($4::boolean is null or (p.cost_minor is not null) = $4)`;
  const values = [search?.trim() ? containing(search) : null, categoryKey ?? null, isActive ?? null, hasCost ?? null];
  return listPage<ProductRecord>(sql, request, { columns: PRODUCT_COLUMNS, from, values, order: ORDERS[request.sort ?? 'NAME_ASC'] });
}

export async function productsByIds({ sql }: Reading, ids: readonly string[]): Promise<ProductRecord[]> {
  return (await sql.query<ProductRecord>(`select ${PRODUCT_COLUMNS} from products p where p.id = any($1::uuid[])`, [ids])).rows;
}

export async function productsBySkus({ sql }: Reading, skus: readonly string[]): Promise<ProductRecord[]> {
  return (await sql.query<ProductRecord>(`select ${PRODUCT_COLUMNS} from products p where p.sku = any($1)`, [skus])).rows;
}

/** Exactly one of `id` and `sku`; throws BAD_USER_INPUT otherwise. */
export async function findProduct(deps: Reading, by: { id?: string | null; sku?: string | null }): Promise<ProductRecord | null> {
  if (by.id && by.sku) throw new AppError('BAD_USER_INPUT', 'Give either id or sku.', { field: ['sku'] });
  if (by.id) return (await productsByIds(deps, [by.id]))[0] ?? null;
  if (by.sku) return (await productsBySkus(deps, [by.sku]))[0] ?? null;
  throw new AppError('BAD_USER_INPUT', 'Give id or sku.', { field: ['id'] });
}

export async function listCategories({ sql }: Reading): Promise<CategoryRecord[]> {
  return (await sql.query<CategoryRecord>(`select ${CATEGORY_COLUMNS} from categories c order by c.name, c.id`)).rows;
}

export async function categoriesByIds({ sql }: Reading, ids: readonly string[]): Promise<CategoryRecord[]> {
  return (await sql.query<CategoryRecord>(`select ${CATEGORY_COLUMNS} from categories c where c.id = any($1::uuid[])`, [ids])).rows;
}

/** The first active products by name directly in each of these categories. */
export async function productsOfCategories(
  { sql }: Reading,
  categoryIds: readonly string[],
  first: number,
): Promise<(ProductRecord & { categoryId: string })[]> {
  const { rows } = await sql.query<ProductRecord & { categoryId: string }>(
    `select found.* from unnest($1::uuid[]) wanted(id)
     cross join lateral (select ${PRODUCT_COLUMNS} from products p where p.category_id = wanted.id and p.is_active order by p.name, p.id limit $2) found`,
    [categoryIds, first],
  );
  return rows;
}

export type PricePoint = { productId: string; at: Date; priceMinor: number; currency: string };

/** The newest prices of each product, newest first. */
export async function priceHistory({ sql }: Reading, productIds: readonly string[], first: number): Promise<PricePoint[]> {
  const { rows } = await sql.query<PricePoint>(
    `select found.* from unnest($1::uuid[]) wanted(id)
     cross join lateral (select h.product_id "productId", h.at, h.price_minor "priceMinor", h.currency from product_prices h where h.product_id = wanted.id order by h.at desc limit $2) found`,
    [productIds, first],
  );
  return rows;
}
