import { type CodeId, codeText, readCode, writeCodes } from '@promolift/domain';
import { appendAudit } from '../../shared/audit.ts';
import type { Deps } from '../../shared/deps.ts';
import { codeCipher } from './code-cipher.ts';
import type { CodeBatchRecord } from './code-batches.ts';
import { HEADER, LINE_END, linesOf } from './code-lines.ts';

const CODES_A_CHUNK = 8_192;

export type CodeExport = {
  /** First line of the file, for an export from the beginning. */
  header: string;
  /** As `countCodes`. */
  total: number;
  /** Of all lines, the header left out; null for an assigned batch, whose users change. */
  lengthBytes: number | null;
  /** Whole lines, a few thousand at a time; `counter` is the last one of them. Stops between two chunks when its reader stops. */
  chunks: AsyncIterable<{ bytes: Uint8Array; codes: number; counter: number }>;
};

/** Codes of a batch as CSV (RFC 4180), in the order of their counters, from `after` + 1 on. Revoked codes are left out. Keeps in the audit log that they left the house. */
export async function exportCodes(deps: Deps, batch: CodeBatchRecord, after = -1): Promise<CodeExport> {
  const total = await countCodes(deps, batch);
  const details = { batchId: batch.id, from: after + 1 };
  await deps.em.transactional((em) =>
    appendAudit({ em, actor: deps.actor }, { action: 'codes.exported', subjectKind: 'campaign', subjectId: batch.campaignId, details }),
  );
  return batch.size === null
    ? { header: `user_id,code${LINE_END}`, total, lengthBytes: null, chunks: assignedChunks(deps, batch, after) }
    : {
        header: HEADER,
        total,
        lengthBytes: linesOf({ ...batch, size: batch.size }).bytesAfter(after),
        chunks: openChunks(deps, batch, batch.size, after),
      };
}

/** The counter of the code at the end of a line, to go on after it; null if the line has none of this batch. */
export function counterOfLine(deps: Pick<Deps, 'secrets'>, batch: Pick<CodeBatchRecord, 'number'>, line: string): number | null {
  const code: CodeId | null = readCode(line.trimEnd().split(',').at(-1) ?? '', codeCipher(deps.secrets));
  return code?.batchNumber === batch.number ? code.counter : null;
}

/** One cell of CSV that neither breaks the row nor runs as a formula in a spreadsheet. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r\n\0＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n\0]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The ranges that reach into these counters: a chunk must not look at all of them for each code. */
const revokedWithin = ({ revoked }: CodeBatchRecord, from: number, to: number) => {
  const near = revoked.filter(({ first, last }) => last >= from && first <= to);
  return (counter: number): boolean => near.some(({ first, last }) => counter >= first && counter <= last);
};

async function* openChunks(deps: Deps, batch: CodeBatchRecord, size: number, after: number): CodeExport['chunks'] {
  const encrypt = codeCipher(deps.secrets);
  const { number: batchNumber, prefix } = batch;
  for (let first = after + 1; first < size; first += CODES_A_CHUNK) {
    const end = Math.min(first + CODES_A_CHUNK, size) - 1;
    const isRevoked = revokedWithin(batch, first, end);
    const counters = Array.from({ length: end - first + 1 }, (_, n) => first + n).filter((counter) => !isRevoked(counter));
    const bytes = writeCodes({ batchNumber, prefix, ending: LINE_END }, counters, encrypt);
    yield { bytes, codes: counters.length, counter: end };
    // Other requests of this process have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function* assignedChunks(deps: Deps, batch: CodeBatchRecord, after: number): CodeExport['chunks'] {
  const encrypt = codeCipher(deps.secrets);
  for (let last = after; ; ) {
    const { rows } = await deps.sql.query<{ number: number; external_id: string }>(
      'select number, external_id from users where number > $1 and erased_at is null order by number limit $2',
      [last, CODES_A_CHUNK],
    );
    const end = rows.at(-1)?.number;
    if (end === undefined) return;
    const isRevoked = revokedWithin(batch, last + 1, end);
    last = end;
    const kept = rows.filter(({ number }) => !isRevoked(number));
    const lines = kept.map((user) => {
      const code = codeText({ batchNumber: batch.number, counter: user.number }, batch.prefix, encrypt);
      return `${csvCell(user.external_id)},${code}${LINE_END}`;
    });
    yield { bytes: new TextEncoder().encode(lines.join('')), codes: kept.length, counter: end };
  }
}

/** Codes a batch has, revoked ones included; of an assigned batch as many as there are users now. */
export async function countCodes({ sql }: Pick<Deps, 'sql'>, { size }: Pick<CodeBatchRecord, 'size'>): Promise<number> {
  if (size !== null) return size;
  const { rows } = await sql.query<{ count: number }>('select count(*)::int count from users where erased_at is null');
  return rows[0]?.count ?? 0;
}
