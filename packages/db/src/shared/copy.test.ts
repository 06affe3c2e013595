import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { copyColumns } from './copy-columns.ts';
import { copyOut, copyRows, copyText, unescapeText } from './copy.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

test('any text survives the escaping, but for NUL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(copyText(text)).not.toMatch(/[\n\r\t]/);
      expect(unescapeText(copyText(text))).toBe(text.replaceAll('\0', ''));
    }),
  );
});

test('rows go in and come out the same, across block borders', async () => {
  const client = await database.db.pool.connect();
  await client.query('create temporary table notes (n int, body text, raw bytea, extra jsonb, at timestamptz, ok boolean)');
  const at = new Date('2026-03-10T12:00:00.123Z');
  const bodies = ['', '\\N', 'tab\tand\nnewline\r\\', '茶', 'x'.repeat(70_000), null];
  const rows = bodies.map((body, n) => [n, body, Uint8Array.from([0, 92, 255]), { quote: '"\n' }, at, n % 2 === 0]);
  expect(await copyRows(client, 'notes', ['n', 'body', 'raw', 'extra', 'at', 'ok'], rows)).toBe(bodies.length);
  const { rows: kept } = await client.query('select body, raw, extra, at from notes order by n');
  expect(kept.map((row) => row.body)).toEqual(bodies);
  expect(kept[0]).toMatchObject({ raw: Buffer.from([0, 92, 255]), extra: { quote: '"\n' }, at });
  const seen: (string | null)[] = [];
  for await (const [body] of copyOut(client, 'select body from notes order by n')) seen.push(body ?? null);
  expect(seen).toEqual(bodies);
  client.release();
});

test('columns arrive as typed arrays, also when chunks cut lines', async () => {
  const client = await database.db.pool.connect();
  const sql =
    "select n - 5, case when n = 3 then null else n / 4.0 end, 'k' || n % 3, case when n > 1 then repeat('é', n % 50) end, n::real from generate_series(1, 50000) n";
  const [ints, floats, keys, texts, reals] = await copyColumns(client, sql, ['int32', 'float64', 'key', 'text', 'float32']);
  expect(ints).toHaveLength(50_000);
  expect([ints[0], ints[49_999]]).toEqual([-4, 49_995]);
  expect([floats[0], floats[2], floats[49_999]]).toEqual([0.25, Number.NaN, 12_500]);
  expect(keys.values).toEqual(['k1', 'k2', 'k0']);
  expect([...keys.codes.slice(0, 4)]).toEqual([0, 1, 2, 0]);
  expect([texts[0], texts[48]]).toEqual(['', 'é'.repeat(49)]);
  expect(reals[49_999]).toBe(50_000);
  await expect(copyColumns(client, 'select null::int', ['int32'])).rejects.toThrow('not an integer');
  await expect(copyColumns(client, 'select 1, 2', ['int32'])).rejects.toThrow('1 columns');
  client.release();
});
