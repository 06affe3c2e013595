/** Turns wall-clock times of one IANA zone into UTC. Offsets are asked once an hour of the calendar, then remembered. */
export class LocalTime {
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();

  /** Throws RangeError when the zone is unknown. */
  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /**
   * `wallMs`: the wall-clock time read as if it were UTC. A time the clock skips in spring lands an hour later,
   * a time it shows twice in autumn is the first of both.
   */
  toUtc(wallMs: number): Date {
    const earlier = this.offsetMs(wallMs - 86_400_000);
    const guess = wallMs - earlier;
    if (this.offsetMs(guess) === earlier) return new Date(guess);
    const later = this.offsetMs(wallMs + 86_400_000);
    return new Date(this.offsetMs(wallMs - later) === later ? wallMs - later : guess);
  }

  private offsetMs(utcMs: number): number {
    const hour = Math.floor(utcMs / 3_600_000);
    const known = this.offsets.get(hour);
    if (known !== undefined) return known;
    if (this.offsets.size > 50_000) this.offsets.clear();
    const part: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(hour * 3_600_000)) part[type] = Number(value);
    const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
    const offset = wall - hour * 3_600_000;
    this.offsets.set(hour, offset);
    return offset;
  }
}

const WALL = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;

/** "2011-03-27 14:05:00" read as if it were UTC, in milliseconds; `null` when it is no such time. */
export function wallClockMs(text: string): number | null {
  const match = WALL.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  return wallMsOf(year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0);
}

/** The parts of a wall-clock time as milliseconds, `null` when there is no such day or hour (30 February). */
export function wallMsOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number | null {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(ms).getUTCDate() === day ? ms : null;
}
