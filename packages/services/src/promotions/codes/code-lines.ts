import { createHash } from 'node:crypto';
import { BODY_CHARACTERS } from '@promolift/domain';
import type { CodeBatchRecord } from './code-batches.ts';

export const LINE_END = '\r\n';
export const HEADER = `code${LINE_END}`;

type Batch = Pick<CodeBatchRecord, 'id' | 'prefix' | 'revoked'> & { size: number };
type Span = { first: number; last: number };

/** Where each line of an open batch's file lies, without making it: all lines are of one length, revoked codes have none. */
export type CodeLines = {
  /** Of the whole file, the header included. */
  totalBytes: number;
  /** Says that two files are the same, byte for byte. */
  etag: string;
  /** Of all lines after the counter `after`, the header left out. */
  bytesAfter: (after: number) => number;
  /** The file from this byte on: the end of the header, or the counter before its first line and how much of that line is to be left out. */
  from: (byte: number) => { header: string; after: number; skipBytes: number };
};

export function linesOf(batch: Batch): CodeLines {
  const lineBytes = (batch.prefix === null ? 0 : batch.prefix.length + 1) + BODY_CHARACTERS + LINE_END.length;
  const kept = keptSpans(batch);
  const linesAfter = (after: number) => kept.reduce((sum, { first, last }) => sum + Math.max(0, last - Math.max(first, after + 1) + 1), 0);
  return {
    totalBytes: HEADER.length + linesAfter(-1) * lineBytes,
    etag: `"${createHash('sha256')
      .update(JSON.stringify([batch.id, batch.prefix, kept]))
      .digest('base64url')}"`,
    bytesAfter: (after) => linesAfter(after) * lineBytes,
    from: (byte) => {
      if (byte < HEADER.length) return { header: HEADER.slice(byte), after: -1, skipBytes: 0 };
      const place = Math.floor((byte - HEADER.length) / lineBytes);
      return { header: '', after: counterAt(kept, place) - 1, skipBytes: (byte - HEADER.length) % lineBytes };
    },
  };
}

/** The counters that are not revoked, as spans in order; ranges that were revoked may overlap. */
function keptSpans({ size, revoked }: Batch): Span[] {
  const kept: Span[] = [];
  let next = 0;
  for (const { first, last } of [...revoked].sort((a, b) => a.first - b.first)) {
    if (first > next) kept.push({ first: next, last: Math.min(first, size) - 1 });
    next = Math.max(next, last + 1);
  }
  if (next < size) kept.push({ first: next, last: size - 1 });
  return kept.filter(({ first, last }) => first <= last);
}

/** The counter of the line with this place, counted from 0; past the last line, one past the last counter. */
function counterAt(kept: readonly Span[], place: number): number {
  let left = place;
  for (const { first, last } of kept) {
    if (left <= last - first) return first + left;
    left -= last - first + 1;
  }
  return (kept.at(-1)?.last ?? -1) + 1;
}
