import { z } from 'zod';
import { type ConditionKind, unknown } from './condition-kind.ts';

const schema = z.object({ kind: z.literal('first_order') });
export type FirstOrder = z.infer<typeof schema>;

export const firstOrder = {
  kind: 'first_order',
  schema,
  name: { en: 'First order', zh: '首单' },
  arguments: [],
  isAboutCart: false,
  isPersonal: true,
  test(_, { shopper: { history } }) {
    return history ? { holds: history.orders === 0, required: 0, actual: history.orders } : unknown(0);
  },
  sentence: () => ({ en: 'on the first order', zh: '首单' }),
  needsOf: () => ({ isHistoryNeeded: true }),
  endsWithAnOrder: () => true,
} satisfies ConditionKind<FirstOrder>;
