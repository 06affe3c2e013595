/** A wall clock's reading. `weekday`: 0 = Sunday … 6 = Saturday; `month` and `day` from 1; `hour` 0 to 23. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

/** One evaluation asks for one instant many times; reading a clock costs about 5 µs. */
const latest = new Map<string, { readonly at: number; readonly time: LocalTime }>();

/** What clocks in an IANA zone show at this instant, daylight saving included. Throws RangeError for an unknown zone. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const known = latest.get(timeZone);
  if (known?.at === at.getTime()) return known.time;
  const parts = Object.fromEntries(
    formatterFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0 } = parts;
  const time = { year, month, day, hour, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
  latest.set(timeZone, { at: at.getTime(), time });
  return time;
}
