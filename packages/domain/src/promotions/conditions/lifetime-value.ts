import { z } from 'zod';
import { AmountPerCurrency, amountsText } from '../rule-parts.ts';
import { atLeast, type ConditionKind, unknown } from './condition-kind.ts';

const schema = z.object({ kind: z.literal('lifetime_value'), minimumAmounts: AmountPerCurrency });
export type LifetimeValue = z.infer<typeof schema>;

export const lifetimeValue = {
  kind: 'lifetime_value',
  schema,
  name: { en: 'Spent so far', zh: '累计消费' },
  arguments: [{ name: 'minimumAmounts', label: { en: 'At least', zh: '至少' }, unit: 'amountPerCurrency', isRequired: true }],
  isAboutCart: false,
  isPersonal: true,
  test({ minimumAmounts }, { shopper: { history } }) {
    const required = history ? minimumAmounts[history.currency] : undefined;
    if (!history || required === undefined) return unknown(Object.keys(minimumAmounts).sort().join(','));
    return atLeast(required, history.lifetimeValueMinor);
  },
  sentence: ({ minimumAmounts }) => ({
    en: `for shoppers who spent at least ${amountsText(minimumAmounts, 'en')} so far`,
    zh: `累计消费满 ${amountsText(minimumAmounts, 'zh')}`,
  }),
  needsOf: () => ({ isHistoryNeeded: true }),
} satisfies ConditionKind<LifetimeValue>;
