/** Calendar spans that a limit can start anew with; `none` = the whole life of the campaign. Weeks are ISO weeks, from Monday. */
export const LIMIT_PERIODS = ['none', 'hour', 'day', 'week', 'month', 'year'] as const;
export type LimitPeriod = (typeof LIMIT_PERIODS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * First instant of the period of `at` in an IANA zone; null for `none`. A day of 23 or 25 hours is one day; where clocks go
 * back, the hour that happens twice is two hours; where midnight does not happen, the day starts with its first instant.
 */
export function periodStart(at: Date, period: LimitPeriod, timeZone: string): Date | null {
  if (period === 'none') return null;
  const atMs = at.getTime();
  const local = atMs + offsetMs(atMs, timeZone);
  if (period === 'hour') return new Date(atMs - modulo(local, HOUR_MS));
  const midnight = local - modulo(local, DAY_MS);
  const day = new Date(midnight);
  switch (period) {
    case 'day':
      return firstInstant(midnight, timeZone);
    case 'week':
      return firstInstant(midnight - modulo(day.getUTCDay() - 1, 7) * DAY_MS, timeZone);
    case 'month':
      return firstInstant(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1), timeZone);
    case 'year':
      return firstInstant(Date.UTC(day.getUTCFullYear(), 0, 1), timeZone);
  }
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** The earliest instant whose local time is at or after `localMs` (a local clock reading written as if it were UTC). */
function firstInstant(localMs: number, timeZone: string): Date {
  const before = localMs - offsetMs(localMs - DAY_MS, timeZone);
  const after = localMs - offsetMs(localMs + DAY_MS, timeZone);
  const exact = [before, after].filter((instant) => instant + offsetMs(instant, timeZone) === localMs);
  // Clocks jumped over it: with the offset from before the jump it names the jump itself or later, minutes past the gap's start.
  return new Date(exact.length > 0 ? Math.min(...exact) : jumpBetween(after, before, timeZone));
}

/** The instant in (`low`, `high`] at which the zone's offset changes, to the second. */
function jumpBetween(low: number, high: number, timeZone: string): number {
  const offset = offsetMs(low, timeZone);
  let [from, to] = [low, high];
  while (to - from > 1_000) {
    const middle = from + Math.floor((to - from) / 2_000) * 1_000;
    if (offsetMs(middle, timeZone) === offset) from = middle;
    else to = middle;
  }
  return to;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local clock minus UTC. Building a format is a hundred times the cost of using one. */
function offsetMs(atMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(new Date(atMs))) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1_000) * 1_000;
}
