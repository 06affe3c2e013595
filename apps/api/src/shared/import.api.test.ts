import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { importDataset } from '@promolift/services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const HEADER = 'Order ID,Order date,SKU,Product name,Quantity,Unit price,Customer ID';
const SALES = `${HEADER}
1,2026-01-02,a-1,"=HYPERLINK(""http://x"")",2,9.99,c-1
1,2026-01-02,a-2,Tea,no,3.50,c-1
2,2026-01-03,a-2,Tea,1,3.50,c-2
`;
const PREVIEW = `query ($input: PreviewImportInput!) { previewImport(input: $input) {
  preview { detectedFormat format header mappedRows mapping fault columns { field column confidence isRequired }
    counts { rowsRead kept repaired rejected } reasons { reason outcome count } problems { row column reason value } rowsOut { kind count } }
  userErrors { code field } } }`;
type Preview = {
  previewImport: {
    preview: {
      fault: string | null;
      format: string | null;
      mapping: unknown;
      columns: { field: string; column: string | null; confidence: number | null }[];
    } | null;
    userErrors: { code: string }[];
  };
};
const IMPORT = 'mutation ($input: ImportDataInput!) { importData(input: $input) { import { id sourceName } userErrors { code field } } }';
type Imported = { importData: { import: { id: string; sourceName: string } | null; userErrors: { code: string }[] } };

async function upload(
  body: string | Uint8Array<ArrayBuffer>,
  token: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; uploadId: string }> {
  const answer = await fetch(`${api.url}/uploads`, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, ...headers } });
  const parsed = (await answer.json()) as { uploadId?: string };
  return { status: answer.status, uploadId: parsed.uploadId ?? '' };
}
const uploadsKept = async (): Promise<string[]> => readdir(join(api.installation.homeDirectory, 'uploads')).catch(() => []);
const preview = async (input: object) =>
  (await api.ask<Preview>(PREVIEW, { token: await api.tokenOf('analyst'), variables: { input } })).data.previewImport;
const runImport = (importId: string) =>
  importDataset(api.deps(), {
    payload: { importId },
    assertCurrent: () => Promise.resolve(),
    checkpoint: { finished: {}, finish: () => Promise.resolve() },
    progress: { report: () => Promise.resolve() },
  });

describe('previewImport', () => {
  test('detects, proposes, counts by reason and writes nothing', async () => {
    const { uploadId } = await upload(gzipSync(SALES), await api.tokenOf('analyst'));
    const { preview: shown } = await preview({ uploadId });
    expect(shown).toMatchObject({
      detectedFormat: 'csv',
      format: 'csv',
      mappedRows: 'sales',
      fault: null,
      counts: { rowsRead: 3, kept: 2, repaired: 0, rejected: 1 },
      reasons: [{ reason: 'quantity_not_positive', outcome: 'rejected', count: 1 }],
      problems: [{ row: 3, column: 'Quantity', reason: 'quantity_not_positive', value: 'no' }],
    });
    expect(shown?.columns.find(({ field }) => field === 'unitPrice')).toMatchObject({ column: 'Unit price', confidence: 1 });
    const { rows } = await api.installation.database.pool.query(
      'select (select count(*) from orders) + (select count(*) from imports) as kept',
    );
    expect(rows[0].kept).toBe(0);
  });

  test('says which fields have no column, and reads once a person has mapped them', async () => {
    const text = 'a,b,c,d,e\n1,2026-01-02,x,2,9.99\n';
    const { uploadId } = await upload(text, await api.tokenOf('analyst'));
    const unknown = (await preview({ uploadId })).preview;
    expect([unknown?.mapping, unknown?.fault]).toEqual([null, null]);
    const mapping = { rows: 'sales', columns: { order: 'a', at: 'b', sku: 'c', quantity: 'd', unitPrice: 'e' } };
    expect((await preview({ uploadId, format: 'csv', mapping })).preview).toMatchObject({ counts: { kept: 1 } });
    const wrong = (await preview({ uploadId, format: 'csv', mapping: { rows: 'sales', columns: { order: 'a' } } })).preview;
    expect(wrong?.fault).toContain('columns.at');
    // The columns stay, so that the mapping can be finished.
    expect(wrong?.columns.map(({ field }) => field)).toContain('order');
  });

  test.each([
    ['a web page', '<!DOCTYPE html><html><body>sign in</body></html>'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 1, 1])],
    ['gzip cut off', gzipSync(Buffer.from(SALES.repeat(2_000))).subarray(0, 60)],
    ['gzip of a web page', gzipSync('<html></html>')],
    ['UTF-16', Buffer.from(`\uFEFF${SALES}`, 'utf16le')],
    ['a cell of 50 MB', `${HEADER}\n1,2026-01-02,"${'a'.repeat(50_000_000)}`],
  ])('names what is wrong with %s and stays up', async (_, body) => {
    const { uploadId } = await upload(body, await api.tokenOf('analyst'));
    const { preview: shown } = await preview({ uploadId });
    expect(shown?.fault ?? '').toMatch(/web page|program|damaged|UTF-16|longer than/);
    expect(shown?.fault).not.toContain(api.installation.homeDirectory);
  });

  test('refuses paths outside, other formats and other roles', async () => {
    for (const path of [
      '/etc/passwd',
      '../../../../etc/passwd',
      'uploads/../../../../etc/passwd',
      `${api.installation.homeDirectory}-other`,
    ])
      expect((await preview({ path })).userErrors).toMatchObject([{ code: 'SOURCE_MISSING' }]);
    expect((await preview({ uploadId: '../../etc/passwd' })).userErrors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    expect((await preview({ path: '/etc/passwd', format: 'xlsx' })).userErrors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    for (const token of [await api.tokenOf('viewer'), await api.keyOf('secret')])
      expect((await api.ask(PREVIEW, { token, variables: { input: { path: 'x' } } })).status).toBe(403);
  });
});

describe('uploads', () => {
  test('are for those who may import: not for viewers, keys and strangers', async () => {
    const before = await uploadsKept();
    expect((await upload(SALES, await api.tokenOf('viewer'))).status).toBe(403);
    expect((await upload(SALES, await api.keyOf('secret'))).status).toBe(403);
    expect((await upload(SALES, 'ps_unknown')).status).toBe(401);
    expect(await uploadsKept()).toEqual(before);
  });

  test('get a name of our own, whatever they are called', async () => {
    const names = ['../../../tmp/evil.csv', '/etc/passwd', 'a\u202Egpj.csv'.normalize(), 'x'.repeat(300)];
    for (const name of names) {
      const { status, uploadId } = await upload(SALES, await api.tokenOf('analyst'), { 'x-file-name': encodeURIComponent(name) });
      expect(status).toBe(201);
      expect(await uploadsKept()).toContain(uploadId);
    }
  });

  test('above the limit are refused before a byte is kept; an aborted or empty one leaves nothing', async () => {
    const token = await api.tokenOf('analyst');
    const before = await uploadsKept();
    expect(await announce(600 * 1_024 * 1_024, token)).toBe(413);
    expect((await upload('', token)).status).toBe(400);
    await announce(1_000, token, true);
    await expect.poll(uploadsKept).toEqual(before);
  });
});

describe('importData', () => {
  test('keeps stated consent and margin, escapes formulas in the rejects, and forgets the upload', async () => {
    const token = await api.tokenOf('analyst');
    const { uploadId } = await upload(`${SALES}=1+1,2026-01-02,a-3,Cup,@SUM(A1),1.00,c-3\n`, token);
    const { mapping } = (await preview({ uploadId })).preview ?? {};
    const input = {
      idempotencyKey: 'once',
      format: 'csv',
      uploadId,
      mapping,
      assumeConsent: true,
      assumedMarginBasisPoints: 4_000,
      fileName: 'C:\\shop\\\u202Esales.csv',
    };
    const made = (await api.ask<Imported>(IMPORT, { token, variables: { input } })).data.importData;
    expect(made).toMatchObject({ import: { sourceName: 'sales.csv' }, userErrors: [] });
    const result = await runImport(made.import?.id ?? '');
    expect(result).toMatchObject({
      rejected: 2,
      counts: { orders: 2, orderLines: 2, users: 2 },
      readiness: { consentingUsers: 2, productsWithCost: 2 },
    });
    expect(existsSync(join(api.installation.homeDirectory, 'uploads', uploadId))).toBe(false);
    expect(await runImport(made.import?.id ?? '')).toMatchObject({ counts: { orders: 2 } });
    const rejects = await fetch(`${api.url}/imports/${made.import?.id}/rejects.csv`, { headers: { authorization: `Bearer ${token}` } });
    expect([rejects.status, rejects.headers.get('content-disposition')]).toEqual([200, 'attachment; filename=rejects.csv']);
    expect(await rejects.text()).toContain("'@SUM(A1)");
    const viewer = await fetch(`${api.url}/imports/${made.import?.id}/rejects.csv`, {
      headers: { authorization: `Bearer ${await api.tokenOf('viewer')}` },
    });
    expect(viewer.status).toBe(403);
  });

  test('without a statement nobody has agreed', async () => {
    const token = await api.tokenOf('analyst');
    const folder = join(api.installation.homeDirectory, 'exports');
    await mkdir(folder);
    await writeFile(join(folder, 'sales.csv'), SALES.replaceAll('c-', 'd-').replaceAll('\n1,', '\n11,').replaceAll('\n2,', '\n12,'));
    const { mapping } = (await preview({ path: join(folder, 'sales.csv') })).preview ?? {};
    const input = { idempotencyKey: 'silent', format: 'csv', path: join(folder, 'sales.csv'), mapping };
    const made = (await api.ask<Imported>(IMPORT, { token, variables: { input } })).data.importData;
    await runImport(made.import?.id ?? '');
    const { rows } = await api.installation.database.pool.query("select has_consent from users where external_id like 'd-%'");
    expect(rows).toEqual([{ has_consent: false }, { has_consent: false }]);
    expect(existsSync(join(folder, 'sales.csv'))).toBe(true);
  });
});

/** Announces a body of so many bytes and sends a few; `isAborted`: hangs up then. */
function announce(bytes: number, token: string, isAborted = false): Promise<number> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, 'content-length': String(bytes) };
    const sent = httpRequest(`${api.url}/uploads`, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode ?? 0);
      sent.destroy();
    });
    sent.on('error', () => resolve(0));
    sent.write('a,b\n');
    if (isAborted) setTimeout(() => sent.destroy(), 100);
  });
}
