import { categoryPath } from '@promolift/domain';
import { processCache } from '../shared/process-cache.ts';

export type ProductFacts = { id: string; sku: string; name: string; isActive: boolean; isInStock: boolean; categoryKeys: string[] };

/** What ranking needs of every product, at most five seconds old. Prices are never taken from here. */
export const productFacts = processCache(5_000, async (sql) => {
  const [{ rows }, { rows: categories }] = await Promise.all([
    sql.query<{ id: string; sku: string; name: string; is_active: boolean; in_stock: boolean; key: string | null }>(
      'select p.id, p.sku, p.name, p.is_active, coalesce(p.stock > 0, true) in_stock, c.key from products p left join categories c on c.id = p.category_id',
    ),
    sql.query<{ key: string; parent_key: string | null }>(
      'select c.key, p.key parent_key from categories c left join categories p on p.id = c.parent_id',
    ),
  ]);
  const parents = new Map(categories.map((row) => [row.key, row.parent_key]));
  const facts = rows.map(
    (row): ProductFacts => ({
      id: row.id,
      sku: row.sku,
      name: row.name,
      isActive: row.is_active,
      isInStock: row.in_stock,
      categoryKeys: row.key ? categoryPath(row.key, (key) => parents.get(key)) : [],
    }),
  );
  return { byId: new Map(facts.map((product) => [product.id, product])), bySku: new Map(facts.map((product) => [product.sku, product])) };
});
