import { z } from 'zod';
import { AmountPerCurrency, amountsText, SCOPE_ARGUMENT, sumCurrent } from '../rule-parts.ts';
import { isInScope, Scope, scopeText } from '../scope.ts';
import { atLeast, type ConditionKind, unknown } from './condition-kind.ts';

const schema = z.object({ kind: z.literal('amount_in_cart'), minimumAmounts: AmountPerCurrency, scope: Scope });
export type AmountInCart = z.infer<typeof schema>;

export const amountInCart = {
  kind: 'amount_in_cart',
  schema,
  name: { en: 'Worth in the cart', zh: '购物车金额' },
  arguments: [
    { name: 'minimumAmounts', label: { en: 'At least', zh: '至少' }, unit: 'amountPerCurrency', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  isAboutCart: true,
  isPersonal: false,
  test({ minimumAmounts, scope }, { cart }) {
    const codes = Object.keys(minimumAmounts).sort().join(',');
    const required = cart ? minimumAmounts[cart.currency] : undefined;
    // An amount of another currency says nothing about this cart.
    if (!cart || required === undefined) return unknown(codes);
    const actual = sumCurrent(cart.lines.filter((line) => isInScope(scope, line)));
    return atLeast(required, actual, { unit: 'money', required, actual, scope });
  },
  sentence({ minimumAmounts, scope }, names) {
    const text = scopeText(scope, names);
    return {
      en: `with ${text.en} from ${amountsText(minimumAmounts, 'en')}`,
      zh: `${text.zh}满 ${amountsText(minimumAmounts, 'zh')}`,
    };
  },
  scopeOf: ({ scope }) => scope,
} satisfies ConditionKind<AmountInCart>;
