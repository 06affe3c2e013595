import { z } from 'zod';

/** Which lines of a cart a promotion is about. */
export const Scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('categories'), categoryKeys: z.array(z.string().min(1)).min(1).max(500) }),
  z.object({ kind: z.literal('skus'), skus: z.array(z.string().min(1)).min(1).max(5_000) }),
]);
export type Scope = z.infer<typeof Scope>;

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(names: readonly string[]): ReadonlySet<string> {
  const known = sets.get(names);
  if (known) return known;
  const made = new Set(names);
  sets.set(names, made);
  return made;
}

/** `categoryKeys`: the product's category and all its ancestors. */
export function isInScope(scope: Scope, product: { sku: string; categoryKeys: readonly string[] }): boolean {
  if (scope.kind === 'all') return true;
  if (scope.kind === 'skus') return has(scope.skus, product.sku);
  return product.categoryKeys.some((key) => has(scope.categoryKeys, key));
}

/** Most scopes name one thing: looking through a few costs less than finding their set. */
const FEW = 4;
const has = (names: readonly string[], name: string): boolean => (names.length <= FEW ? names.includes(name) : setOf(names).has(name));

/** What keys and skus are called; without an entry the key itself is shown. Plain JSON, so that a kept decision holds them. */
export interface Names {
  readonly categories?: Readonly<Record<string, string>>;
  readonly products?: Readonly<Record<string, string>>;
}

export const productName = (sku: string, names?: Names): string => names?.products?.[sku] ?? sku;
export const categoryName = (key: string, names?: Names): string => names?.categories?.[key] ?? key;

const MOST_LISTED = 3;

/** The scope as the tail of a sentence: "everything", "Snacks", "Oat bar and Rye crisps", "Oat bar, Rye crisps and 3 more". */
export function scopeText(scope: Scope, names?: Names): { en: string; zh: string } {
  if (scope.kind === 'all') return { en: 'everything', zh: '全部商品' };
  const [keys, called] =
    scope.kind === 'skus'
      ? [scope.skus, (sku: string) => productName(sku, names)]
      : [scope.categoryKeys, (key: string) => categoryName(key, names)];
  const listed = keys.slice(0, keys.length > MOST_LISTED ? MOST_LISTED - 1 : MOST_LISTED).map(called);
  if (keys.length > MOST_LISTED)
    return { en: `${listed.join(', ')} and ${keys.length - listed.length} more`, zh: `${listed.join('、')}等 ${keys.length} 项` };
  const last = listed.at(-1) ?? '';
  return { en: listed.length < 2 ? last : `${listed.slice(0, -1).join(', ')} and ${last}`, zh: listed.join('、') };
}

/** Of these keys, those that `scopeText` may name. */
export const listedKeys = (keys: readonly string[]): readonly string[] => keys.slice(0, MOST_LISTED);
