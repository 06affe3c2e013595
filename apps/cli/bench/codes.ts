/** Ten million codes to a file, with a proof that no two are equal: `node apps/cli/bench/codes.ts [codes]`, on a database of its own. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, readCode } from '@promolift/domain';
import {
  type CodeBatchRecord,
  codeCipher,
  createCampaign,
  createCodeBatch,
  findCodeBatch,
  lookUpCode,
  readSettings,
} from '@promolift/services';
import { writeCodesFile } from '../src/codes/write-codes-file.ts';
import type { OpenInstallation } from '../src/shared/open-installation.ts';
import { withInstallation } from '../src/shared/with-database.ts';

const CODES = Number(process.argv[2] ?? 10_000_000);
const LIMIT_SECONDS = 60;
const LOOK_UPS = 2_000;
const DAY_MS = 86_400_000;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const HEADER_BYTES = 'code\r\n'.length;
/** XXXX-XXXX-XXXXX and the end of the line; where the 12 symbols before the check symbol stand in it. */
const LINE_BYTES = 17;
const PLACES = [0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13];

async function aBatch({ deps, database }: OpenInstallation): Promise<CodeBatchRecord> {
  const [now, idempotencyKey] = [Date.now(), newId()];
  const rule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
  const schedule = { startsAt: new Date(now).toISOString(), endsAt: new Date(now + DAY_MS).toISOString(), timeZone: 'UTC' };
  const { currency } = await readSettings(deps());
  const content = {
    name: 'Bench',
    promotions: [{ id: 'one', rule, needsCode: true }],
    audience: { segmentKeys: 'all' },
    schedule,
    budget: { budgetMinor: 1_000, currency },
  };
  const made = await createCampaign(deps(), { idempotencyKey, content });
  if (!made.ok) throw new Error(made.refusal.message);
  const { campaignId } = made.value;
  const { rows } = await database.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [campaignId]);
  const batch = await createCodeBatch(deps(), {
    idempotencyKey,
    campaignId,
    promotionId: rows[0]?.id ?? '',
    batch: { variant: 'open', size: CODES },
  });
  const found = batch.ok ? await findCodeBatch(deps(), batch.value.batchId) : null;
  if (!found) throw new Error(JSON.stringify(batch));
  return found;
}

/** Every code of the file as a 64-bit number of its symbols, sorted: equal neighbours would be two equal codes. */
async function countCollisions(path: string): Promise<{ lines: number; collisions: number }> {
  const words = new Uint32Array(CODES * 2);
  const values = new Uint8Array(128);
  for (const [value, symbol] of [...ALPHABET].entries()) values[symbol.charCodeAt(0)] = value;
  let [lines, rest] = [0, Buffer.alloc(0)];
  for await (const chunk of createReadStream(path, { start: HEADER_BYTES, highWaterMark: 1 << 22 })) {
    const bytes = Buffer.concat([rest, chunk]);
    let at = 0;
    for (; at + LINE_BYTES <= bytes.length; at += LINE_BYTES, lines += 1) {
      for (let place = 0; place < PLACES.length; place += 1) {
        const word = 2 * lines + (place < 6 ? 1 : 0);
        words[word] = (words[word] ?? 0) * 32 + (values[bytes[at + (PLACES[place] ?? 0)] ?? 0] ?? 0);
      }
    }
    rest = bytes.subarray(at);
  }
  const sorted = new BigUint64Array(words.buffer).sort();
  let collisions = 0;
  for (let n = 1; n < lines; n += 1) if (sorted[n] === sorted[n - 1]) collisions += 1;
  return { lines, collisions };
}

/** Milliseconds of the middle and of the slowest in a hundred. */
async function lookUpMs({ deps }: OpenInstallation, codes: readonly string[]): Promise<[number, number]> {
  const times: number[] = [];
  for (const code of codes) {
    const startedMs = performance.now();
    if (!(await lookUpCode(deps(), code))) throw new Error(`${code} is not known`);
    times.push(performance.now() - startedMs);
  }
  times.sort((a, b) => a - b);
  return [times[Math.floor(times.length / 2)] ?? 0, times[Math.floor(times.length * 0.99)] ?? 0];
}

async function sample(path: string, count: number): Promise<string[]> {
  let text = '';
  for await (const chunk of createReadStream(path, { start: HEADER_BYTES, end: HEADER_BYTES + count * LINE_BYTES - 1, encoding: 'utf8' }))
    text += chunk;
  return text.split('\r\n').slice(0, -1);
}

await withInstallation(
  async (installation) => {
    const directory = await mkdtemp(join(tmpdir(), 'promolift-codes-'));
    try {
      const batch = await aBatch(installation);
      const path = join(directory, 'codes.csv');
      const startedMs = performance.now();
      await writeCodesFile(installation.deps(), batch, path);
      const seconds = (performance.now() - startedMs) / 1_000;
      const { lines, collisions } = await countCollisions(path);
      const some = await sample(path, LOOK_UPS);
      const encrypt = codeCipher(installation.secrets);
      const inOrder = some.every((code, n) => readCode(code, encrypt)?.counter === n);
      const [p50, p99] = await lookUpMs(installation, some);
      const { rows } = await installation.database.pool.query<{ count: number }>(
        'select count(*)::int count from codes where batch_number = $1',
        [batch.number],
      );
      const megabytes = ((await stat(path)).size / 1e6).toFixed(0);
      console.log(
        `${lines.toLocaleString('en')} codes, ${megabytes} MB, in ${seconds.toFixed(1)} s: ${Math.round(lines / seconds).toLocaleString('en')} codes/s`,
      );
      console.log(`${collisions} collisions, ${rows[0]?.count} rows; look-up of one: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
      if (collisions > 0 || lines !== CODES || !inOrder || rows[0]?.count !== 0 || seconds > LIMIT_SECONDS) process.exitCode = 1;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
  { database: 'bench_codes' },
);
