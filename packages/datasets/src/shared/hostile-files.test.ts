import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRejectWriter } from './reject-writer.ts';
import { aFile, readWhole } from './test-support.ts';

const mapping = {
  rows: 'sales',
  columns: { order: 'o', at: 'd', sku: 's', quantity: 'q', unitPrice: 'p' },
  delimiter: ',',
  decimal: '.',
  dateFormat: 'iso',
} as const;
const HEADER = 'o,d,s,q,p';
const read = (content: string | Uint8Array, name = 'x.csv') =>
  readWhole({ format: 'csv', paths: [aFile(name, content)], options: { mapping } });

test.each([
  ['UTF-16', Buffer.from('\uFEFFo,d\n1,2\n', 'utf16le'), 'WRONG_ENCODING'],
  ['a web page', '<!DOCTYPE html><html></html>', 'NOT_TEXT'],
  ['a program', Buffer.from([0x4d, 0x5a, 0x90, 0, 3]), 'NOT_TEXT'],
  ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 20]), 'NOT_TEXT'],
  ['an empty file', '', 'NO_DATA'],
  ['Latin-1 bytes', Buffer.from(`${HEADER}\n1,2024-01-01,caf\xe9,1,1\n`, 'latin1'), 'WRONG_ENCODING'],
  ['an unclosed quote', `${HEADER}\n1,2024-01-01,"a,1,1\n`, 'BROKEN_QUOTES'],
  ['a cell of 50 MB', `${HEADER}\n1,2024-01-01,"${'a'.repeat(50_000_000)}",1,1\n`, 'ROW_TOO_LARGE'],
  ['duplicate headers', 'o,d,o\n1,2,3\n', 'DUPLICATE_HEADER'],
  ['10,000 columns', `${Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(',')}\n`, 'TOO_MANY_COLUMNS'],
  ['a missing column', 'o,d,s,q\n1,2,3,4\n', 'MISSING_COLUMN'],
  ['gzip cut off', gzipSync(Buffer.from(`${HEADER}\n${'1,2024-01-01,a,1,1\n'.repeat(9_000)}`)).subarray(0, 80), 'BROKEN_GZIP'],
])('%s is refused by its problem', async (_, content, problem) => {
  await expect(read(content)).rejects.toMatchObject({ problem, file: 'x.csv' });
});

test('the error of an unclosed quote names its row', async () => {
  await expect(read(`${HEADER}\n1,2024-01-01,a,1,1\n1,2024-01-01,"b,1,1\n`)).rejects.toMatchObject({ row: 3 });
});

test('BOM, CRLF and gzip under a plain name are read', async () => {
  const { report } = await read(gzipSync(Buffer.from(`\uFEFF${HEADER}\r\n1,2024-01-01,a,1,1.50\r\n`)));
  expect(report).toMatchObject({ rowsOut: { orderLine: 1 }, files: [{ kept: 1 }] });
});

test('every row is kept, repaired or rejected, and the same bytes give the same rows', async () => {
  const cell = fc.oneof(
    fc.constantFrom('1', '-1', '0', '2024-01-01', 'x', '', '1.5', '99999'),
    fc.string({ maxLength: 4 }).map((text) => text.replace(/["\r\n,]/g, '')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: 4, maxLength: 6 }), { minLength: 1, maxLength: 20 }), async (table) => {
      const path = aFile('x.csv', `${HEADER}\n${table.map((row) => `k${row.join(',')}`).join('\n')}\n`);
      const first = await readWhole({ format: 'csv', paths: [path], options: { mapping } });
      const second = await readWhole({ format: 'csv', paths: [path], options: { mapping } });
      const file = first.report.files[0];
      expect(file?.rowsRead).toBe(table.length);
      expect((file?.kept ?? 0) + (file?.repaired ?? 0) + (file?.rejected ?? 0)).toBe(table.length);
      expect(first.rejects).toHaveLength(file?.rejected ?? -1);
      expect(second).toEqual(first);
    }),
    { numRuns: 40 },
  );
});

test('a reject that a spreadsheet would run is escaped', () => {
  const path = aFile('rejects.csv', '');
  const writer = createRejectWriter(path);
  writer.write({ file: 'x.csv', row: 2, column: 'q', reason: 'bad', value: '=HYPERLINK("http://x")' });
  writer.close();
  expect(readFileSync(path, 'utf8')).toBe('row,file,column,reason,value\n2,x.csv,q,bad,"\'=HYPERLINK(""http://x"")"\n');
});
