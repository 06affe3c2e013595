import { z } from 'zod';
import { SCOPE_ARGUMENT, sumUnits } from '../rule-parts.ts';
import { isInScope, Scope, scopeText } from '../scope.ts';
import { atLeast, type ConditionKind, unknown } from './condition-kind.ts';

const schema = z.object({ kind: z.literal('units_in_cart'), minimumUnits: z.int().min(1).max(100_000), scope: Scope });
export type UnitsInCart = z.infer<typeof schema>;

export const unitsInCart = {
  kind: 'units_in_cart',
  schema,
  name: { en: 'Units in the cart', zh: '购物车件数' },
  arguments: [{ name: 'minimumUnits', label: { en: 'At least', zh: '至少' }, unit: 'count', isRequired: true }, SCOPE_ARGUMENT],
  isAboutCart: true,
  isPersonal: false,
  test({ minimumUnits, scope }, { cart }) {
    if (!cart) return unknown(minimumUnits);
    const actual = sumUnits(cart.lines.filter((line) => isInScope(scope, line)));
    const [only, another] = scope.kind === 'skus' ? scope.skus : [];
    const sku = another === undefined ? (only ?? null) : null;
    return atLeast(minimumUnits, actual, { unit: 'units', required: minimumUnits, actual, sku, scope });
  },
  sentence({ minimumUnits, scope }, names) {
    const text = scopeText(scope, names);
    return { en: `with at least ${minimumUnits} of ${text.en}`, zh: `${text.zh}满 ${minimumUnits} 件` };
  },
  scopeOf: ({ scope }) => scope,
} satisfies ConditionKind<UnitsInCart>;
