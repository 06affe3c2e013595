import { z } from 'zod';
import { localTime } from '../../shared/zoned-time.ts';
import { type ConditionKind, unknown } from './condition-kind.ts';

const schema = z.object({
  kind: z.literal('birthday'),
  /** Days before and after the birthday on which it holds too; 0 = that day only. */
  withinDays: z.int().min(0).max(60),
});
export type BirthdayCondition = z.infer<typeof schema>;

export const birthday = {
  kind: 'birthday',
  schema,
  name: { en: 'Birthday', zh: '生日' },
  arguments: [{ name: 'withinDays', label: { en: 'Days before and after', zh: '前后天数' }, unit: 'count', isRequired: true }],
  isAboutCart: false,
  isPersonal: true,
  test({ withinDays }, { shopper: { withinDaysOfBirthday } }) {
    if (withinDaysOfBirthday === null) return unknown(withinDays);
    return { holds: withinDaysOfBirthday <= withinDays, required: withinDays, actual: withinDaysOfBirthday };
  },
  sentence: ({ withinDays }) =>
    withinDays === 0
      ? { en: 'on the birthday', zh: '生日当天' }
      : { en: `within ${withinDays} days of the birthday`, zh: `生日前后 ${withinDays} 天内` },
  needsOf: ({ withinDays }) => ({ birthdayWindowsDays: [withinDays] }),
} satisfies ConditionKind<BirthdayCondition>;

const DAY_MS = 86_400_000;
const isLeapYear = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;

/** Days from the nearest birthday on clocks of a zone, negative before it. Who was born on 29 February celebrates on the 28th in other years. */
export function daysFromBirthday(born: { readonly month: number; readonly day: number }, now: Date, timeZone: string): number {
  const today = localTime(now, timeZone);
  const distances = [-1, 0, 1].map((step) => {
    const year = today.year + step;
    const day = born.month === 2 && born.day === 29 && !isLeapYear(year) ? 28 : born.day;
    return (Date.UTC(today.year, today.month - 1, today.day) - Date.UTC(year, born.month - 1, day)) / DAY_MS;
  });
  return distances.reduce((nearest, distance) => (Math.abs(distance) < Math.abs(nearest) ? distance : nearest));
}

/** The least of these windows that holds the distance, one more than the largest where none does. `windowsDays`: sorted. */
export const birthdayWindow = (distanceDays: number, windowsDays: readonly number[]): number =>
  windowsDays.find((days) => Math.abs(distanceDays) <= days) ?? (windowsDays.at(-1) ?? 0) + 1;
