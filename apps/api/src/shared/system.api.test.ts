import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { markDemo } from '@promolift/services';
import { aModel } from '@promolift/testing';
import { Model } from '@promolift/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countSqlStatements, startTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Payload<Name extends string, Value> = Record<Name, Value & { userErrors: { code: string; field: string[] | null }[] }>;

describe('jobs', () => {
  const TRAIN =
    'mutation ($key: String!) { trainModels(idempotencyKey: $key) { job { id name status progress requestedBy { email } } userErrors { code } } }';
  type Train = Payload<'trainModels', { job: { id: string; name: string; status: string } }>;

  test('the same key gives the same job, with one outbox message', async () => {
    const token = await api.tokenOf('analyst');
    const answers = await Promise.all([1, 2].map(() => api.ask<Train>(TRAIN, { token, variables: { key: 'train-1' } })));
    const done = answers.find(({ status }) => status === 200);
    for (const { status, errors } of answers.filter((answer) => answer.status !== 200))
      expect([status, errors[0]?.extensions.code]).toEqual([409, 'IN_PROGRESS']);
    const again = await api.ask<Train>(TRAIN, { token, variables: { key: 'train-1' } });
    expect(again.data.trainModels.job.id).toBe(done?.data.trainModels.job.id);
    const { rows } = await api.installation.database.pool.query('select job_name, payload from outbox');
    expect(rows).toEqual([{ job_name: 'train-models', payload: { jobRunId: again.data.trainModels.job.id } }]);
  });

  test.each(['', ' ', 'x'.repeat(256), 'ключ'])('the key %j is refused', async (key) => {
    const answer = await api.ask(TRAIN, { token: await api.tokenOf('analyst'), variables: { key } });
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('a training is told to accept the data only when somebody says so', async () => {
    const token = await api.tokenOf('analyst');
    const ACCEPT =
      'mutation ($key: String!, $accept: Boolean) { trainModels(idempotencyKey: $key, acceptData: $accept) { job { id } userErrors { code } } }';
    const inputOf = async (key: string, accept?: boolean) => {
      const { data } = await api.ask<Train>(ACCEPT, { token, variables: { key, accept } });
      const { rows } = await api.installation.database.pool.query('select payload from job_runs where id = $1', [data.trainModels.job.id]);
      return rows[0]?.payload;
    };
    expect([await inputOf('plain'), await inputOf('told', true)]).toEqual([{}, { acceptData: true }]);
  });

  test('what the last training learned from is told with the worst finding first', async () => {
    const token = await api.tokenOf('viewer');
    const ask = () =>
      api.ask<{ trainingData: object | null }>('{ trainingData { asOf orders checks { code level message { en } } } }', { token });
    expect((await ask()).data.trainingData).toBeNull();
    const check = (level: string) => ({ code: 'SCALE', subject: 'orderValue', level, message: { en: level, zh: level } });
    const profile = { asOf: '2026-01-01T00:00:00.000Z', users: 1, products: 1, orders: 7, events: 1, missing: {}, features: {} };
    await api.installation.database.pool.query(
      "insert into job_runs (id, name, status, finished_at, result) values (gen_random_uuid(), 'train-models', 'succeeded', now(), $1)",
      [{ data: { profile, checks: [check('ok'), check('stop')] } }],
    );
    expect((await ask()).data.trainingData).toMatchObject({
      orders: 7,
      checks: [{ level: 'stop', code: 'SCALE', message: { en: 'stop' } }, { level: 'ok' }],
    });
  });

  test('a waiting job is cancelled once', async () => {
    const token = await api.tokenOf('analyst');
    const { data } = await api.ask<Train>(TRAIN, { token, variables: { key: 'train-2' } });
    const cancel = () =>
      api.ask<Payload<'cancelJob', { job: { status: string } | null }>>(
        'mutation ($id: ID!) { cancelJob(id: $id) { job { status } userErrors { code field } } }',
        { token, variables: { id: data.trainModels.job.id } },
      );
    expect((await cancel()).data.cancelJob.job?.status).toBe('cancelled');
    expect((await cancel()).data.cancelJob).toEqual({ job: null, userErrors: [{ code: 'ALREADY_FINISHED', field: ['id'] }] });
  });

  test('a list of jobs takes as many statements for 20 rows as for 2', async () => {
    const token = await api.tokenOf('analyst');
    const query = 'query ($first: Int!) { jobs(first: $first) { id requestedBy { email } } }';
    const count = (first: number) => countSqlStatements(() => api.ask(query, { token, variables: { first } }));
    for (let n = 0; n < 20; n += 1) await api.ask(TRAIN, { token, variables: { key: `many-${n}` } });
    await count(1);
    const few = await count(2);
    expect(few).toBeGreaterThanOrEqual(3);
    expect(await count(20)).toBe(few);
  });

  test('node finds by the plain id, and an unknown id is null', async () => {
    const token = await api.tokenOf('analyst');
    const { data } = await api.ask<Train>(TRAIN, { token, variables: { key: 'train-1' } });
    const node = (id: string) =>
      api.ask('query ($id: ID!) { node(id: $id) { __typename id ... on Job { name } } }', { token, variables: { id } });
    expect((await node(data.trainModels.job.id)).data).toEqual({
      node: { __typename: 'Job', id: data.trainModels.job.id, name: 'train-models' },
    });
    expect((await node('01a206d3-197e-7e56-8c8c-184844824d32')).data).toEqual({ node: null });
    expect((await node('42')).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('imports', () => {
  const IMPORT =
    'mutation ($input: ImportDataInput!) { importData(input: $input) { import { id format sourceName status job { id } } job { name } userErrors { code field } } }';

  test('an uploaded file becomes an import with its job', async () => {
    const token = await api.tokenOf('analyst');
    const uploaded = await fetch(`${api.url}/uploads`, {
      method: 'POST',
      body: 'sku,quantity\nA,1\n',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(uploaded.status).toBe(201);
    const { uploadId } = (await uploaded.json()) as { uploadId: string };
    const answer = await api.ask<{ importData: object }>(IMPORT, {
      token,
      variables: { input: { idempotencyKey: 'import-1', format: 'csv', uploadId, currency: 'EUR' } },
    });
    expect(answer.data.importData).toMatchObject({
      import: { format: 'csv', status: 'requested' },
      job: { name: 'import-dataset' },
      userErrors: [],
    });
  });

  test('uploads are for those who may import', async () => {
    const send = (token?: string) =>
      fetch(`${api.url}/uploads`, { method: 'POST', body: 'x', headers: token ? { authorization: `Bearer ${token}` } : {} });
    expect((await send()).status).toBe(401);
    expect((await send(await api.tokenOf('viewer'))).status).toBe(403);
    expect((await send(await api.keyOf('secret'))).status).toBe(403);
  });

  test.each(['/etc/passwd', '../../etc/passwd', 'no-such-file'])('a path outside the installation is refused: %s', async (path) => {
    const answer = await api.ask<{ importData: object }>(IMPORT, {
      token: await api.tokenOf('analyst'),
      variables: { input: { idempotencyKey: `path-${path.length}`, format: 'csv', path } },
    });
    expect(answer.data.importData).toEqual({ import: null, job: null, userErrors: [{ code: 'SOURCE_MISSING', field: ['path'] }] });
  });

  test('a refused request does not use its key up', async () => {
    const token = await api.tokenOf('analyst');
    const send = (format: string, path: string) =>
      api.ask<Payload<'importData', object>>(IMPORT, { token, variables: { input: { idempotencyKey: 'retry', format, path } } });
    expect((await send('parquet', 'x')).data.importData.userErrors[0]?.field).toEqual(['format']);
    const path = join(api.installation.homeDirectory, 'data', 'orders.csv');
    await mkdir(join(path, '..'));
    await writeFile(path, 'sku\n');
    expect((await send('csv', path)).data.importData.userErrors).toEqual([]);
    expect((await send('shopify', path)).errors[0]?.extensions.code).toBe('IDEMPOTENCY_MISMATCH');
  });
});

describe('settings', () => {
  const UPDATE =
    'mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { version marginFloorBasisPoints proposalBudget { amountMinor currency formatted(locale: "de") } } userErrors { code field } } }';

  test('a change counts the version up; an old version and bad values are refused', async () => {
    const token = await api.tokenOf('admin');
    const update = (input: object) => api.ask<{ updateSettings: object }>(UPDATE, { token, variables: { input } });
    expect((await update({ expectedVersion: 0, marginFloorBasisPoints: 800, proposalBudgetMinor: 125_000 })).data.updateSettings).toEqual({
      settings: {
        version: 1,
        marginFloorBasisPoints: 800,
        proposalBudget: { amountMinor: 125_000, currency: 'USD', formatted: '1.250,00\u00a0$' },
      },
      userErrors: [],
    });
    expect((await update({ expectedVersion: 0, marginFloorBasisPoints: 900 })).data.updateSettings).toEqual({
      settings: null,
      userErrors: [{ code: 'CONFLICT', field: ['expectedVersion'] }],
    });
    expect((await update({ expectedVersion: 1, marginFloorBasisPoints: 9_501 })).data.updateSettings).toEqual({
      settings: null,
      userErrors: [{ code: 'BAD_USER_INPUT', field: ['marginFloorBasisPoints'] }],
    });
  });

  test('the kill switch may be pressed by an approver and released by an admin only', async () => {
    const [approver, admin] = [await api.tokenOf('approver'), await api.tokenOf('admin')];
    const press = 'mutation { killAllCampaigns { settings { isEverythingKilled } } }';
    const release = 'mutation { releaseKillSwitch { settings { isEverythingKilled } } }';
    expect((await api.ask(press, { token: approver })).data).toEqual({ killAllCampaigns: { settings: { isEverythingKilled: true } } });
    expect((await api.ask(release, { token: approver })).status).toBe(403);
    expect((await api.ask(release, { token: admin })).data).toEqual({ releaseKillSwitch: { settings: { isEverythingKilled: false } } });
  });

  test("only a demo shop's clock can be moved", async () => {
    const token = await api.tokenOf('admin');
    const advance = () =>
      api.ask<Payload<'advanceShopClock', { settings: { shopNow: string } | null }>>(
        'mutation { advanceShopClock(days: 28) { settings { shopNow } userErrors { code } } }',
        { token },
      );
    expect((await advance()).data.advanceShopClock.userErrors[0]?.code).toBe('NOT_A_DEMO');
    await markDemo(api.deps());
    const moved = (await advance()).data.advanceShopClock.settings?.shopNow ?? '';
    expect(Math.round((Date.parse(moved) - Date.now()) / 86_400_000)).toBe(28);
    expect((await api.ask('{ me { manager { id } } }', { token })).status).toBe(200);
  });

  test('the overview counts an empty shop', async () => {
    const { data } = await api.ask<{ overview: object }>('{ overview { orderCount userCount revenue28Days { amountMinor currency } } }', {
      token: await api.tokenOf('viewer'),
    });
    expect(data.overview).toEqual({ orderCount: 0, userCount: 0, revenue28Days: { amountMinor: 0, currency: 'USD' } });
  });
});

describe('models', () => {
  test('a model that passed its gate can serve, and the one before it can be put back', async () => {
    const em = api.deps().em;
    const [first, second, failed] = [true, true, false].map((passed, index) =>
      em.create(Model, { ...aModel({ kind: 'demand', version: index + 1 }), gate: { passed } }),
    );
    await em.flush();
    const token = await api.tokenOf('approver');
    type Serve = Record<string, { model: { version: number } | null; userErrors: { code: string }[] }>;
    const promote = (id = '') =>
      api.ask<Serve>('mutation ($id: ID!) { promoteModel(id: $id) { model { version status } userErrors { code } } }', {
        token,
        variables: { id },
      });
    const rollback = () =>
      api.ask<Serve>('mutation { rollbackModel(kind: "demand") { model { version } userErrors { code } } }', { token });
    expect((await promote(first?.id)).data['promoteModel']?.model?.version).toBe(1);
    expect((await promote(second?.id)).data['promoteModel']?.model?.version).toBe(2);
    expect((await promote(failed?.id)).data['promoteModel']?.userErrors[0]?.code).toBe('GATE_NOT_PASSED');
    expect((await rollback()).data['rollbackModel']?.model?.version).toBe(1);
    expect((await rollback()).data['rollbackModel']?.userErrors[0]?.code).toBe('NOTHING_TO_ROLL_BACK');
    const { data } = await api.ask<{ models: { version: number; status: string }[] }>('{ models { version status } }', { token });
    expect(data.models.filter(({ status }) => status === 'champion').map(({ version }) => version)).toEqual([1]);
  });
});
