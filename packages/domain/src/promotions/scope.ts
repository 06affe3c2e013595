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
  if (scope.kind === 'skus') return setOf(scope.skus).has(product.sku);
  const wanted = setOf(scope.categoryKeys);
  return product.categoryKeys.some((key) => wanted.has(key));
}

/** What keys and skus are called; without an entry the key itself is shown. Plain JSON, so that a kept decision holds them. */
export interface Names {
  readonly categories?: Readonly<Record<string, string>>;
  readonly products?: Readonly<Record<string, string>>;
}

export const productName = (sku: string, names?: Names): string => names?.products?.[sku] ?? sku;
export const categoryName = (key: string, names?: Names): string => names?.categories?.[key] ?? key;

/** The scope as the tail of a sentence: "everything", "Snacks", "Oat bar, Rye crisps and 3 more". */
export function scopeText(scope: Scope, names?: Names): { en: string; zh: string } {
  if (scope.kind === 'all') return { en: 'everything', zh: '全部商品' };
  const called =
    scope.kind === 'skus' ? scope.skus.map((sku) => productName(sku, names)) : scope.categoryKeys.map((key) => categoryName(key, names));
  const shown = called.slice(0, 3);
  const rest = called.length - shown.length;
  return {
    en: rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`,
    zh: rest === 0 ? shown.join('、') : `${shown.join('、')} 等 ${called.length} 项`,
  };
}
