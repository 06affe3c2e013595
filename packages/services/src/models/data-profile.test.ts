import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importRows } from '../shared/import-rows.ts';
import { requestJob } from '../shared/request-job.ts';
import { runJob } from '../shared/run-job.ts';
import { trainModels as contract } from '@promolift/jobs';
import { openSmallShop, type SmallShop } from '../testing/small-shop.ts';
import { lastTrainingData } from './data-profile.ts';
import { trainModels } from './train-models.ts';

let shop: SmallShop;
beforeAll(async () => {
  shop = await openSmallShop(tmpdir());
  await importRows(shop.deps, shop.rows(), { source: 'test' });
}, 60_000);
afterAll(() => shop.stop());

const one = async <Row extends object>(text: string, values: unknown[] = []) => (await shop.deps.sql.query<Row>(text, values)).rows[0];
const train = async (input: Record<string, unknown> = {}): Promise<string> => {
  const { id } = await requestJob(shop.deps, contract, input);
  await runJob(shop.deps, id, true, (run) => trainModels(shop.deps, run));
  return id;
};
const jobOf = (id: string) =>
  one<{ status: string; error: { message: string; code: string } | null; log: string[] }>(
    'select status, error, log from job_runs where id = $1',
    [id],
  );
const hashes = async () =>
  (
    await shop.deps.sql.query<{ kind: string; artefact_hash: string }>(
      "select kind, artefact_hash from models where status = 'champion' order by kind",
    )
  ).rows;

test('a run after a crash goes on where the last one stopped, and ends with the same models', async () => {
  const { id } = await requestJob(shop.deps, contract);
  const crashed = runJob(shop.deps, id, false, (run) =>
    trainModels(shop.deps, {
      ...run,
      progress: {
        report: async (fraction, stage, line) => {
          await run.progress.report(fraction, stage, line);
          if (stage === 'Learning price response') throw new Error('killed');
        },
      },
    }),
  );
  await expect(crashed).rejects.toThrow('killed');
  expect(
    await one("select status, checkpoint ? 'segmentation' segmentation, checkpoint ? 'demand' demand from job_runs where id = $1", [id]),
  ).toEqual({ status: 'running', segmentation: true, demand: false });
  await runJob(shop.deps, id, true, (run) => trainModels(shop.deps, run));
  const job = await jobOf(id);
  expect(job?.status).toBe('succeeded');
  expect(job?.log.filter((line) => line.endsWith('finished by an earlier run')).length).toBeGreaterThanOrEqual(4);
  expect(await one("select count(*) n from models where kind = 'segmentation'")).toEqual({ n: 1 });
  const resumed = await hashes();
  await train();
  expect(await hashes()).toEqual(resumed);
}, 60_000);

test('the data of the last training are kept, with nothing to complain of when they are the same', async () => {
  const data = await lastTrainingData(shop.deps);
  expect(data?.profile.orders).toBeGreaterThan(0);
  expect(data?.checks.filter(({ level, code }) => level !== 'ok' && code !== 'MISSING')).toEqual([]);
});

test('prices in another unit stop the training before a model is replaced, until somebody accepts them', async () => {
  const before = await hashes();
  await shop.deps.sql.query(
    'update orders set total_minor = total_minor * 100, subtotal_minor = subtotal_minor * 100, discount_minor = discount_minor * 100, shipping_minor = shipping_minor * 100',
  );
  const stopped = await jobOf(await train());
  expect(stopped).toMatchObject({ status: 'failed', error: { code: 'BAD_USER_INPUT' } });
  expect(stopped?.error?.message).toContain('Middle order value in minor units');
  expect(await hashes()).toEqual(before);
  expect((await jobOf(await train({ acceptData: true })))?.status).toBe('succeeded');
  expect((await lastTrainingData(shop.deps))?.checks[0]).toMatchObject({ level: 'stop', code: 'SCALE', subject: 'orderValue' });
}, 60_000);
