import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@promolift/domain';
import { type CodeBatchRecord, createCampaign, createCodeBatch, type Deps, findCodeBatch } from '@promolift/services';
import { fixedClock, startTestDatabase } from '@promolift/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCodesFile } from './write-codes-file.ts';

const NOON = new Date('2026-03-10T12:00:00Z');
const SIZE = 30_000;
let database: Awaited<ReturnType<typeof startTestDatabase>>;
let directory: string;
let campaign: { id: string; promotionId: string };
beforeAll(async () => {
  database = await startTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'promolift-codes-'));
  campaign = await aCampaign();
}, 60_000);
afterAll(async () => {
  await database.stop();
  await rm(directory, { recursive: true, force: true });
});

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const secrets = { pseudonymKey: Buffer.alloc(32, 1), encryptionKey: Buffer.alloc(32, 2), holdoutSalt: 'salt' };
const deps = (): Deps => ({
  em: database.db.em(),
  sql: database.db.pool,
  clock: fixedClock(NOON),
  secrets,
  log,
  homeDirectory: directory,
  actor: { kind: 'system', name: 'test' },
});

async function aCampaign(): Promise<{ id: string; promotionId: string }> {
  const content = {
    name: 'Codes',
    promotions: [{ id: 'one', rule: { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } }, needsCode: true }],
    audience: { segmentKeys: 'all' },
    schedule: { startsAt: NOON.toISOString(), endsAt: new Date(NOON.getTime() + 1_000).toISOString(), timeZone: 'UTC' },
    budget: { budgetMinor: 1_000, currency: 'USD' },
  };
  const made = await createCampaign(deps(), { idempotencyKey: newId(), content });
  if (!made.ok) throw new Error(made.refusal.message);
  const { rows } = await database.db.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [
    made.value.campaignId,
  ]);
  return { id: made.value.campaignId, promotionId: rows[0]?.id ?? '' };
}

async function aBatch(batch: object): Promise<CodeBatchRecord> {
  const made = await createCodeBatch(deps(), {
    idempotencyKey: newId(),
    campaignId: campaign.id,
    promotionId: campaign.promotionId,
    batch,
  });
  const found = made.ok ? await findCodeBatch(deps(), made.value.batchId) : null;
  if (!found) throw new Error(JSON.stringify(made));
  return found;
}

test('a stopped export goes on where it stopped, also in the middle of a line, and gives the file it would have been', async () => {
  const batch = await aBatch({ variant: 'open', size: SIZE });
  const [whole, resumed] = [join(directory, 'whole.csv'), join(directory, 'resumed.csv')];
  const seen: number[] = [];
  expect(await writeCodesFile(deps(), batch, whole, { onProgress: ({ counter }) => seen.push(counter) })).toMatchObject({
    codes: SIZE,
    isComplete: true,
  });
  expect(seen.at(-1)).toBe(SIZE - 1);
  expect((await stat(whole)).mode & 0o777).toBe(0o600);
  const stop = new AbortController();
  const first = await writeCodesFile(deps(), batch, resumed, { signal: stop.signal, onProgress: () => stop.abort() });
  expect(first).toMatchObject({ codes: 8_192, isComplete: false, path: `${resumed}.part` });
  await truncate(`${resumed}.part`, (await stat(`${resumed}.part`)).size - 20);
  expect(await writeCodesFile(deps(), batch, resumed)).toMatchObject({ codes: SIZE - 8_190, isComplete: true });
  expect(await readFile(resumed)).toEqual(await readFile(whole));
  await expect(writeCodesFile(deps(), batch, resumed)).rejects.toThrow('is there already');
});

test('names of users that break lines or run as formulas neither break the file nor its resumption', async () => {
  await database.db.pool.query(
    'insert into users (id, external_id, pseudonym, has_consent) select uuid_v7(), n, n, true from unnest($1::text[]) n',
    [['=1+1', 'a\r\nb', 'say "hi", Bo', 'plain']],
  );
  const batch = await aBatch({ variant: 'assigned' });
  const [whole, resumed] = [join(directory, 'users.csv'), join(directory, 'users-resumed.csv')];
  await writeCodesFile(deps(), batch, whole);
  const text = await readFile(whole, 'utf8');
  expect(text.replaceAll(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}/g, 'CODE')).toBe(
    `user_id,code\r\n'=1+1,CODE\r\n"a\r\nb",CODE\r\n"say ""hi"", Bo",CODE\r\nplain,CODE\r\n`,
  );
  for (let length = 0; length < Buffer.byteLength(text); length += 7) {
    await writeFile(`${resumed}.part`, text.slice(0, length));
    await writeCodesFile(deps(), batch, resumed);
    expect(await readFile(resumed, 'utf8')).toBe(text);
    await rm(resumed);
  }
});

test('a part of another batch is left alone', async () => {
  const [one, other] = [await aBatch({ variant: 'open', size: SIZE }), await aBatch({ variant: 'open', size: SIZE })];
  const path = join(directory, 'other.csv');
  await writeCodesFile(deps(), one, path);
  await appendFile(`${path}.part`, await readFile(path));
  await rm(path);
  await expect(writeCodesFile(deps(), other, path)).rejects.toThrow('not of this batch');
  expect((await stat(`${path}.part`)).size).toBeGreaterThan(SIZE * 17);
});
