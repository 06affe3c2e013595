import { z } from 'zod';
import { type ConditionKind, oneOf } from './condition-kind.ts';

const schema = z.object({ kind: z.literal('payment_method'), paymentMethods: z.array(z.string().trim().min(1).max(50)).min(1).max(50) });
export type PaymentMethod = z.infer<typeof schema>;

export const paymentMethod = {
  kind: 'payment_method',
  schema,
  name: { en: 'Payment method', zh: '支付方式' },
  arguments: [{ name: 'paymentMethods', label: { en: 'Any of these methods', zh: '任一支付方式' }, unit: 'texts', isRequired: true }],
  isAboutCart: true,
  isPersonal: false,
  test: ({ paymentMethods }, { cart }) => oneOf(paymentMethods, cart?.paymentMethod),
  sentence: ({ paymentMethods }) => ({ en: `paid by ${paymentMethods.join(' or ')}`, zh: `使用${paymentMethods.join('或')}支付` }),
} satisfies ConditionKind<PaymentMethod>;
