import { z } from 'zod';
import { type ConditionKind, unknown } from './condition-kind.ts';

const schema = z.object({ kind: z.literal('segment'), segmentKeys: z.array(z.string().min(1)).min(1).max(200) });
export type SegmentCondition = z.infer<typeof schema>;

export const segmentCondition = {
  kind: 'segment',
  schema,
  name: { en: 'Segment', zh: '人群' },
  arguments: [{ name: 'segmentKeys', label: { en: 'Any of these segments', zh: '属于任一人群' }, unit: 'texts', isRequired: true }],
  isAboutCart: false,
  isPersonal: true,
  test({ segmentKeys }, { shopper }) {
    const required = segmentKeys.join(',');
    if (!shopper.segmentKeys) return unknown(required);
    const own = shopper.segmentKeys;
    return { holds: segmentKeys.some((key) => own.includes(key)), required, actual: own.join(',') };
  },
  // Shoppers read this sentence too, and are not told how they are grouped.
  sentence: () => ({ en: 'for selected shoppers', zh: '特定顾客' }),
} satisfies ConditionKind<SegmentCondition>;
