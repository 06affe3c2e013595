import type { Scope } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { type ProductRecord, PRODUCT_COLUMNS } from '../products/read-products.ts';

export type ScopeOf = { id: string; scope: Scope };

/** Rows `wanted(id, everything, skus, keys)` and `below(wanted_id, id)`: every category of a scope with all that lie in it. */
const WANTED = `with recursive wanted as (select * from jsonb_to_recordset($1::jsonb) w(id text, everything boolean, skus jsonb, keys jsonb)),
  below as (select w.id as wanted_id, c.id from wanted w join categories c on w.keys ? c.key union select b.wanted_id, k.id from categories k join below b on k.parent_id = b.id)`;
const IS_IN = '(w.everything or w.skus ? p.sku or exists (select from below b where b.wanted_id = w.id and b.id = p.category_id))';

const wantedOf = (scopes: readonly ScopeOf[]): string =>
  JSON.stringify(
    scopes.map(({ id, scope }) => ({
      id,
      everything: scope.kind === 'all',
      skus: scope.kind === 'skus' ? scope.skus : [],
      keys: scope.kind === 'categories' ? scope.categoryKeys : [],
    })),
  );

/** The first active products by name of each scope, in one statement. */
export async function productsOfScopes(
  { sql }: Pick<Deps, 'sql'>,
  scopes: readonly ScopeOf[],
  first: number,
): Promise<{ scopeId: string; product: ProductRecord }[]> {
  if (scopes.length === 0) return [];
  const { rows } = await sql.query<ProductRecord & { scopeId: string }>(
    `${WANTED} select w.id "scopeId", found.* from wanted w cross join lateral (
       select ${PRODUCT_COLUMNS} from products p where p.is_active and ${IS_IN} order by p.name, p.id limit $2) found`,
    [wantedOf(scopes), first],
  );
  return rows.map(({ scopeId, ...product }) => ({ scopeId, product }));
}

/** Scope id → number of its active products. */
export async function productCountsOfScopes(
  { sql }: Pick<Deps, 'sql'>,
  scopes: readonly ScopeOf[],
): Promise<{ scopeId: string; count: number }[]> {
  if (scopes.length === 0) return [];
  const { rows } = await sql.query<{ scopeId: string; count: number }>(
    `${WANTED} select w.id "scopeId", (select count(*)::int from products p where p.is_active and ${IS_IN}) count from wanted w`,
    [wantedOf(scopes)],
  );
  return rows;
}
