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

/** The scope as the tail of a sentence: "everything", "snacks", "A1, A2 and 3 more". */
export function scopeText(scope: Scope): { en: string; zh: string } {
  if (scope.kind === 'all') return { en: 'everything', zh: '全部商品' };
  const names = scope.kind === 'skus' ? scope.skus : scope.categoryKeys;
  const shown = names.slice(0, 3);
  const rest = names.length - shown.length;
  return {
    en: rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`,
    zh: rest === 0 ? shown.join('、') : `${shown.join('、')} 等 ${names.length} 项`,
  };
}
