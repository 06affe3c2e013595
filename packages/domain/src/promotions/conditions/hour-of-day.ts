import { z } from 'zod';
import { localTime } from '../../shared/zoned-time.ts';
import type { ConditionKind } from './condition-kind.ts';

const schema = z
  .object({
    kind: z.literal('hour_of_day'),
    /** First hour in which it holds. */
    fromHour: z.int().min(0).max(23),
    /** First hour in which it holds no more; before `fromHour` it is the next day's. */
    untilHour: z.int().min(0).max(24),
  })
  .refine((own) => own.fromHour !== own.untilHour, { error: 'an hour later or earlier than the first', path: ['untilHour'] });
export type HourOfDay = z.infer<typeof schema>;

export const hourOfDay = {
  kind: 'hour_of_day',
  schema,
  name: { en: 'Hour of the day', zh: '时段' },
  arguments: [
    {
      name: 'fromHour',
      label: { en: "From hour, in the campaign's time zone", zh: '起始小时（活动时区）' },
      unit: 'count',
      isRequired: true,
    },
    { name: 'untilHour', label: { en: 'Until hour', zh: '结束小时' }, unit: 'count', isRequired: true },
  ],
  isAboutCart: false,
  isPersonal: false,
  test({ fromHour, untilHour }, { now, timeZone }) {
    const { hour } = localTime(now, timeZone);
    const holds = fromHour < untilHour ? hour >= fromHour && hour < untilHour : hour >= fromHour || hour < untilHour;
    return { holds, required: `${fromHour}-${untilHour}`, actual: hour };
  },
  sentence: ({ fromHour, untilHour }) => ({ en: `from ${fromHour}:00 to ${untilHour}:00`, zh: `${fromHour}:00 至 ${untilHour}:00` }),
} satisfies ConditionKind<HourOfDay>;
