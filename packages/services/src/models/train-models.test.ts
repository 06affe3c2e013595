import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { elasticityOf } from '../forecasts/elasticity.ts';
import { forecastPoints, listForecasts } from '../forecasts/read-forecasts.ts';
import { popularProducts } from '../recommendations/popular-products.ts';
import { recommend } from '../recommendations/recommend.ts';
import { forgetServingRecommender } from '../recommendations/serving-model.ts';
import { listSegments, segmentsOfUsers } from '../segments/read-segments.ts';
import { importRows } from '../activity/import-rows.ts';
import { readinessOf } from '../shared/readiness.ts';
import { flushDecisions } from '../shared/record-decision.ts';
import { readTrackingToken } from '../shared/tracking-token.ts';
import { aRun, openSmallShop, type SmallShop } from '../testing/small-shop.ts';
import { eraseUser } from '../users/erase-user.ts';
import { exportUser } from '../users/export-user.ts';
import { userProfilesOf } from '../users/read-profiles.ts';
import { trainModels, type TrainingResult } from './train-models.ts';

let shop: SmallShop;
let trained: TrainingResult;

const rowsOf = async <Row extends object>(text: string, values: unknown[] = []) => (await shop.deps.sql.query<Row>(text, values)).rows;
const countOf = async (table: string) => (await rowsOf<{ count: number }>(`select count(*) from ${table}`))[0]?.count;
const userWith = async (condition: string) =>
  (
    await rowsOf<{ id: string; external_id: string }>(
      `select u.id, u.external_id from users u where ${condition} order by u.external_id limit 1`,
    )
  )[0] ?? { id: '', external_id: '' };
const BUYER = 'u.has_consent and u.erased_at is null and (select count(*) from orders o where o.user_id = u.id) >= 5';

beforeAll(async () => {
  shop = await openSmallShop(tmpdir());
  await importRows(shop.deps, shop.rows(), { source: 'test' });
  trained = await trainModels(shop.deps, aRun());
}, 60_000);
afterAll(() => shop.stop());

test('the same rows imported again change nothing', async () => {
  const tables = ['products', 'product_prices', 'users', 'orders', 'order_lines', 'returns', 'events'];
  const before = await Promise.all(tables.map(countOf));
  const counts = await importRows(shop.deps, shop.rows(), { source: 'test' });
  expect(await Promise.all(tables.map(countOf))).toEqual(before);
  expect({ orders: counts.orders, lines: counts.orderLines, events: counts.events, returns: counts.returns }).toEqual({
    orders: 0,
    lines: 0,
    events: 0,
    returns: 0,
  });
  expect((await readinessOf(shop.deps)).models.filter(({ isReady }) => !isReady)).toEqual([]);
}, 30_000);

test('a recommender serves: a better one than popularity, or popularity itself', async () => {
  const result = trained.recommendation;
  if (!result) throw new Error('no recommender was trained');
  if (result.ndcg > result.popularityNdcg && result.judgedUsers >= 30) expect(result.algorithm).not.toBe('popularity');
  else expect(result).toMatchObject({ algorithm: 'popularity', refused: { status: 'refused' } });
  expect(result.served.status).toBe('champion');
  expect(await rowsOf("select kind from models where status = 'champion' group by kind having count(*) > 1")).toEqual([]);
});

test('every model that serves passed a gate or is the baseline', async () => {
  const models = await rowsOf<{ kind: string; gate: { passed: boolean; checks: unknown[] }; artefact_hash: string; algorithm: string }>(
    "select kind, gate, artefact_hash, algorithm from models where status = 'champion'",
  );
  expect(models.map(({ kind }) => kind).sort()).toEqual(expect.arrayContaining(['demand', 'propensity', 'recommendation']));
  for (const { gate, artefact_hash: hash } of models) expect([gate.passed, hash.length]).toEqual([true, 64]);
});

test('who buys what is foretold by the better of two models, judged on the same rows', async () => {
  const [model] = await rowsOf<{ algorithm: string; metrics: { logLoss: number; contest: Record<string, number> } }>(
    "select algorithm, metrics from models where kind = 'propensity' order by version desc limit 1",
  );
  const contest = model?.metrics.contest ?? {};
  expect(Object.keys(contest).sort()).toEqual(['gradient-boosting', 'logistic-regression']);
  const best = Math.min(...Object.values(contest));
  expect(model?.metrics.logLoss).toBe(best);
  expect(contest[model?.algorithm ?? '']).toBe(best);
});

test('segments are large enough, named in two languages, and share out the revenue', async () => {
  const segments = await listSegments(shop.deps);
  expect(segments.length).toBeGreaterThanOrEqual(2);
  for (const { size, name, portrait } of segments) {
    expect(size).toBeGreaterThanOrEqual(50);
    expect(name.en.length * name.zh.length * portrait.sentence.zh.length).toBeGreaterThan(0);
  }
  const byModel = segments.filter(({ kind }) => kind === 'model');
  expect(byModel.reduce((sum, { valueShare }) => sum + valueShare, 0)).toBeCloseTo(1, 6);
  const buyer = await userWith(BUYER);
  expect((await segmentsOfUsers(shop.deps, [buyer.id])).filter(({ kind }) => kind === 'model')).toHaveLength(1);
  expect(
    await rowsOf('select 1 from segment_members m join users u on u.id = m.user_id where m.valid_to is null and not u.has_consent'),
  ).toEqual([]);
});

test('profiles hold what the orders say', async () => {
  const buyer = await userWith(BUYER);
  const [profile] = await userProfilesOf(shop.deps, [buyer.id]);
  const [facts] = await rowsOf<{ frequency: number; monetary: number }>(
    "select count(*) frequency, sum(total_minor)::bigint monetary from orders where user_id = $1 and status = 'placed'",
    [buyer.id],
  );
  expect(profile).toMatchObject({ frequency: facts?.frequency, monetaryMinor: facts?.monetary });
  expect(profile?.propensities.every(({ probability }) => probability >= 0 && probability <= 1)).toBe(true);
  expect(profile?.propensities.length).toBeGreaterThan(0);
});

test('forecasts cover 28 days from today, ranges inside ranges', async () => {
  const { nodes, totalCount } = await listForecasts(shop.deps, { first: 5, level: 'PRODUCT', sort: 'WORST_FIRST' });
  expect(totalCount).toBeGreaterThan(30);
  const points = await forecastPoints(shop.deps, [nodes[0]?.id ?? '']);
  expect(points).toHaveLength(28);
  expect(points[0]?.day).toBe(shop.clock.now().toISOString().slice(0, 10));
  for (const { mean, lower80, upper80, lower95, upper95 } of points)
    expect(
      [lower95, lower80, mean, upper80, upper95].map((value, at, all) => at === 0 || value >= (all[at - 1] ?? 0) - 1e-6),
    ).not.toContain(false);
  expect((await listForecasts(shop.deps, { level: 'CATEGORY' })).totalCount).toBeGreaterThan(0);
});

test('price response is negative where it serves', async () => {
  const [estimate] = await elasticityOf(shop.deps, ['snacks']);
  if (trained.elasticity?.saved.status === 'champion') expect(estimate?.mean).toBeLessThan(0);
  else expect(estimate).toBeNull();
});

test('a known shopper gets products in stock with reasons, and the answer is kept as a decision', async () => {
  const buyer = await userWith(BUYER);
  const answer = await recommend(shop.deps, { userExternalId: buyer.external_id, first: 8 });
  expect(answer.items.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(new Set(answer.items.map(({ productId }) => productId)).size).toBe(8);
  expect(answer.servedBy).toBe(trained.recommendation?.algorithm === 'popularity' ? 'POPULAR' : 'MODEL');
  for (const { reasons } of answer.items) expect(reasons[0]?.text.zh.length).toBeGreaterThan(0);
  const stock = await rowsOf<{ bad: number }>('select count(*) bad from products where id = any($1) and (not is_active or stock <= 0)', [
    answer.items.map(({ productId }) => productId),
  ]);
  expect(stock[0]?.bad).toBe(0);
  await flushDecisions(shop.deps);
  const token = readTrackingToken(shop.deps.secrets, answer.trackingToken);
  const [decision] = await rowsOf<{ kind: string; user_id: string; offers: { productId: string }[] }>(
    'select kind, user_id, offers from decisions where id = $1',
    [token?.decisionId],
  );
  expect(decision).toMatchObject({ kind: 'recommendations', user_id: buyer.id });
  expect(decision?.offers.map(({ productId }) => productId)).toEqual(answer.items.map(({ productId }) => productId));
  expect(readTrackingToken(shop.deps.secrets, `x${answer.trackingToken}`)).toBeNull();
});

test('filters hold', async () => {
  const all = await recommend(shop.deps, { first: 5 });
  const excluded = all.items[0]?.sku ?? '';
  const { items } = await recommend(shop.deps, { first: 50, filters: { categoryKey: 'snacks', excludeSkus: [excluded] } });
  const categories = await rowsOf<{ key: string }>(
    'select distinct c.key from products p join categories c on c.id = p.category_id where p.id = any($1)',
    [items.map(({ productId }) => productId)],
  );
  expect(categories).toEqual([{ key: 'snacks' }]);
  expect(items.map(({ sku }) => sku)).not.toContain(excluded);
});

test('nobody known and nobody who consented get what sells, with the reason why', async () => {
  const unknown = await recommend(shop.deps, { userExternalId: 'never-seen' });
  expect(unknown).toMatchObject({ servedBy: 'POPULAR', modelVersion: null });
  const silent = await userWith('not u.has_consent');
  const answer = await recommend(shop.deps, { userExternalId: silent.external_id });
  expect(answer.servedBy).toBe('POPULAR');
  if (trained.recommendation?.algorithm !== 'popularity') expect(answer.fallbackReason).toContain('consent');
  expect(answer.items.map(({ sku }) => sku)).toEqual(unknown.items.map(({ sku }) => sku));
});

test('a product page gets what goes with the product, never the product itself', async () => {
  const sku = (await recommend(shop.deps, {})).items[0]?.sku ?? '';
  const answer = await recommend(shop.deps, { context: { productSku: sku }, first: 5 });
  expect(answer.servedBy).toBe('MODEL');
  expect(answer.items[0]?.reasons[0]?.code).toBe('BOUGHT_TOGETHER');
  expect(answer.items.map((item) => item.sku)).not.toContain(sku);
});

test('an erased user leaves no marker', async () => {
  const { id, external_id: externalId } = await userWith(BUYER);
  const exported = await exportUser(shop.deps, externalId);
  expect(exported).toMatchObject({ externalId, hasConsent: true });
  expect([exported?.['orders'], exported?.['events']].every((rows) => Array.isArray(rows) && rows.length > 0)).toBe(true);
  const [before] = await rowsOf<{ sum: number }>('select sum(total_minor)::bigint from orders');
  expect(await eraseUser(shop.deps, externalId)).toBe(1);
  expect(await eraseUser(shop.deps, externalId)).toBe(0);
  expect(await exportUser(shop.deps, externalId)).toBeNull();
  expect(await rowsOf('select sum(total_minor)::bigint from orders')).toEqual([before]);
  for (const table of ['events', 'orders', 'returns', 'user_profiles', 'segment_members', 'decisions', 'redemptions'])
    expect(await rowsOf(`select 1 from ${table} where user_id = $1`, [id])).toEqual([]);
  const everything = await rowsOf<{ text: string }>(
    "select to_jsonb(u)::text || coalesce((select string_agg(to_jsonb(d)::text, ' ') from decisions d), '') text from users u where u.id = $1",
    [id],
  );
  expect(everything[0]?.text).not.toContain(externalId);
});

test('a slow or broken database is answered from the last answers', async () => {
  const before = await recommend(shop.deps, { userExternalId: 'somebody', first: 4 });
  const query = vi.spyOn(shop.deps.sql, 'query').mockImplementation(() => Promise.reject(new Error('connection lost')));
  const answer = await recommend(shop.deps, { userExternalId: 'somebody', first: 4 });
  query.mockRestore();
  expect(answer).toMatchObject({ servedBy: 'CACHE', items: before.items });
  expect(answer.fallbackReason).toContain('connection lost');
});

test('without models the popular products serve and the answer says why', async () => {
  await shop.deps.sql.query('update segments set model_id = null; delete from models');
  forgetServingRecommender(shop.deps.sql);
  popularProducts.drop(shop.deps.sql);
  const buyer = await userWith(BUYER);
  const answer = await recommend(shop.deps, { userExternalId: buyer.external_id, first: 6 });
  expect(answer).toMatchObject({ servedBy: 'POPULAR', fallbackReason: 'no model has been trained yet', modelVersion: null });
  expect(answer.items).toHaveLength(6);
});
