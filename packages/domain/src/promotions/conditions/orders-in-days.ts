import { z } from 'zod';
import { type ConditionKind, unknown } from './condition-kind.ts';

const schema = z
  .object({
    kind: z.literal('orders_in_days'),
    /** Length of the window that ends now, in days of 24 hours. */
    windowDays: z.int().min(1).max(3_650),
    minimumOrders: z.int().min(1).max(100_000).optional(),
    maximumOrders: z.int().min(0).max(100_000).optional(),
  })
  .refine((own) => own.minimumOrders !== undefined || own.maximumOrders !== undefined, {
    error: 'needs a least or a most number of orders',
    path: ['minimumOrders'],
  })
  .refine((own) => (own.minimumOrders ?? 0) <= (own.maximumOrders ?? Number.POSITIVE_INFINITY), {
    error: 'the least cannot be more than the most',
    path: ['maximumOrders'],
  });
export type OrdersInDays = z.infer<typeof schema>;

/** `2..5`, `2..` or `..5`. */
const rangeText = ({ minimumOrders, maximumOrders }: OrdersInDays): string => `${minimumOrders ?? ''}..${maximumOrders ?? ''}`;

export const ordersInDays = {
  kind: 'orders_in_days',
  schema,
  name: { en: 'Orders in the last days', zh: '近期订单数' },
  arguments: [
    { name: 'windowDays', label: { en: 'In the last … days', zh: '最近天数' }, unit: 'count', isRequired: true },
    { name: 'minimumOrders', label: { en: 'At least', zh: '至少' }, unit: 'count', isRequired: false },
    { name: 'maximumOrders', label: { en: 'At most', zh: '至多' }, unit: 'count', isRequired: false },
  ],
  isAboutCart: false,
  isPersonal: true,
  test(own, { shopper: { history } }) {
    const required = rangeText(own);
    const actual = history?.ordersByWindowDays[String(own.windowDays)];
    if (actual === undefined) return unknown(required);
    const holds = actual >= (own.minimumOrders ?? 0) && actual <= (own.maximumOrders ?? Number.POSITIVE_INFINITY);
    return { holds, required, actual };
  },
  sentence({ windowDays, minimumOrders, maximumOrders }) {
    const en = [minimumOrders && `at least ${minimumOrders}`, maximumOrders !== undefined && `at most ${maximumOrders}`].filter(Boolean);
    const zh = [minimumOrders && `至少 ${minimumOrders} 单`, maximumOrders !== undefined && `至多 ${maximumOrders} 单`].filter(Boolean);
    return { en: `with ${en.join(' and ')} orders in the last ${windowDays} days`, zh: `最近 ${windowDays} 天${zh.join('且')}` };
  },
  needsOf: ({ windowDays }) => ({ isHistoryNeeded: true, windowsDays: [windowDays] }),
  endsWithAnOrder: ({ maximumOrders }) => maximumOrders !== undefined,
} satisfies ConditionKind<OrdersInDays>;
