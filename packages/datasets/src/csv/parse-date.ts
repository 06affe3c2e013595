import { wallMsOf } from '../shared/local-time.ts';
import type { DateFormat } from './mapping.ts';

const ISO = /^(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/;
const SLASHED = /^(\d\d?)[./-](\d\d?)[./-](\d{4})(?:[ T](\d\d?):(\d\d)(?::(\d\d))?)?$/;

/** A parsed time: an instant when the text names its offset, else a wall-clock time read as if it were UTC. */
export interface ParsedDate {
  ms: number;
  isInstant: boolean;
}

export function parseDate(text: string, format: DateFormat): ParsedDate | null {
  const trimmed = text.trim();
  if (format === 'epoch_seconds') return /^\d{9,10}$/.test(trimmed) ? { ms: Number(trimmed) * 1_000, isInstant: true } : null;
  const match = (format === 'iso' ? ISO : SLASHED).exec(trimmed);
  if (!match) return null;
  const part = (at: number): number => Number(match[at] ?? 0);
  const [year, month, day] =
    format === 'iso' ? [part(1), part(2), part(3)] : format === 'dmy' ? [part(3), part(2), part(1)] : [part(3), part(1), part(2)];
  const ms = wallMsOf(year, month, day, part(4), part(5), part(6));
  if (ms === null) return null;
  const offset = format === 'iso' ? match[7] : undefined;
  return offset ? { ms: ms - offsetMs(offset), isInstant: true } : { ms, isInstant: false };
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000;
}
