const DAY_MS = 86_400_000;

/** The shop's calendar day of an instant, `2026-03-10`. */
export const dayOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/** `days` calendar days later; pure calendar arithmetic, so clock changes do not matter. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** `count` days from `from` on. */
export const dayRange = (from: string, count: number): string[] => Array.from({ length: count }, (_, index) => addDays(from, index));

/** The instant at which a calendar day begins in a zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // Twice: the offset at the guess may differ from the offset at the answer when clocks change that night.
  const guess = utc - zoneOffsetMs(new Date(utc), timeZone);
  return new Date(utc - zoneOffsetMs(new Date(guess), timeZone));
}

function zoneOffsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
    Math.floor(at.getTime() / 1_000) * 1_000
  );
}
