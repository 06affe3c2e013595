/** Minutes that `timeZone` is ahead of UTC at an instant. */
function offsetMinutes(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((candidate) => candidate.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return Math.round((local - at) / 60_000);
}

/** `2026-11-23T09:00` on the wall clock of `timeZone`, as an ISO instant. In a skipped hour: the moment after it. */
export function toInstant(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`);
  if (Number.isNaN(asUtc)) return local;
  const first = asUtc - offsetMinutes(asUtc, timeZone) * 60_000;
  // The offset before and after the guess differ on the day a zone changes its clock.
  return new Date(asUtc - offsetMinutes(first, timeZone) * 60_000).toISOString();
}

/** The reverse: an instant as the wall clock of `timeZone` shows it. */
export function toLocal(instant: string, timeZone: string): string {
  const at = Date.parse(instant);
  return new Date(at + offsetMinutes(at, timeZone) * 60_000).toISOString().slice(0, 16);
}
