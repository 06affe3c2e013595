export const DAY_MS = 86_400_000;

/** Whole days from `start` to `at` (UTC), negative before the start. */
export const dayIndexOf = (start: Date, at: Date) => Math.floor((at.getTime() - start.getTime()) / DAY_MS);

export const dateOfDay = (start: Date, day: number) => new Date(start.getTime() + day * DAY_MS);

/** 0 on the first of January. */
export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS);
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher), UTC midnight. */
export function easter(year: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return new Date(Date.UTC(year, month - 1, ((h + l - 7 * m + 114) % 31) + 1));
}

export type Holiday = 'christmas' | 'easter' | 'halloween' | 'black-friday';

function isBlackFridayWeek(date: Date): boolean {
  const november = new Date(Date.UTC(date.getUTCFullYear(), 10, 1));
  const firstFriday = 1 + ((5 - november.getUTCDay() + 7) % 7);
  const friday = firstFriday + 21;
  return date.getUTCMonth() === 10 && date.getUTCDate() >= friday - 4 && date.getUTCDate() <= friday + 3;
}

/** The shopping season a day belongs to, if any. */
export function holidayOf(date: Date): Holiday | null {
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  if (month === 11 && day <= 24) return 'christmas';
  if (month === 9 && day >= 20) return 'halloween';
  if (isBlackFridayWeek(date)) return 'black-friday';
  const untilEaster = (easter(date.getUTCFullYear()).getTime() - date.getTime()) / DAY_MS;
  return untilEaster >= 0 && untilEaster < 14 ? 'easter' : null;
}
