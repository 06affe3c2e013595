import { z } from 'zod';
import { localTime } from '../../shared/zoned-time.ts';
import type { ConditionKind } from './condition-kind.ts';

/** In the order of `localTime`'s weekdays. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
type Weekday = (typeof WEEKDAYS)[number];

const schema = z.object({ kind: z.literal('weekday'), weekdays: z.array(z.enum(WEEKDAYS)).min(1).max(7) });
export type WeekdayCondition = z.infer<typeof schema>;

const FORMATS = {
  en: new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }),
  zh: new Intl.DateTimeFormat('zh', { weekday: 'long', timeZone: 'UTC' }),
};
/** 7 January 2024 was a Sunday. */
const called = (day: Weekday, locale: keyof typeof FORMATS): string =>
  FORMATS[locale].format(new Date(Date.UTC(2024, 0, 7 + WEEKDAYS.indexOf(day))));

export const weekday = {
  kind: 'weekday',
  schema,
  name: { en: 'Day of the week', zh: '星期' },
  arguments: [
    {
      name: 'weekdays',
      label: { en: "Days, in the campaign's time zone", zh: '星期（活动时区）' },
      unit: 'choices',
      isRequired: true,
      choices: WEEKDAYS.map((value) => ({ value, label: { en: called(value, 'en'), zh: called(value, 'zh') } })),
    },
  ],
  isAboutCart: false,
  isPersonal: false,
  test({ weekdays }, { now, timeZone }) {
    const today = WEEKDAYS[localTime(now, timeZone).weekday];
    return { holds: weekdays.some((day) => day === today), required: weekdays.join(','), actual: today ?? null };
  },
  sentence: ({ weekdays }) => ({
    en: `on ${weekdays.map((day) => called(day, 'en')).join(' or ')}`,
    zh: weekdays.map((day) => called(day, 'zh')).join('或'),
  }),
} satisfies ConditionKind<WeekdayCondition>;
