import { newId, type Role, type ShopRow } from '@promolift/domain';
import {
  type Actor,
  approveCampaign,
  createApiKey,
  createCampaign,
  createManager,
  type Deps,
  importRows,
  requestReview,
  trainModels,
} from '@promolift/services';
import { createShop, history } from '@promolift/simulator';
import type { OpenInstallation } from '../src/shared/open-installation.ts';

const DAY_MS = 86_400_000;
const [USERS, PRODUCTS, DAYS, CAMPAIGNS] = [2_000, 500, 150, 50];
const BATCH_ROWS = 5_000;

export type BenchShop = {
  key: string;
  users: string[];
  skus: string[];
  categories: string[];
  currency: string;
  live: number;
  servedBy: string;
};

/** 500 products, 2,000 users with 150 days of history, a trained recommender and 50 live promotions; made once and kept. */
export async function openBenchShop(installation: OpenInstallation): Promise<BenchShop> {
  const deps = () => installation.deps();
  const { pool } = installation.database;
  const columnOf = async (text: string) => (await pool.query<{ value: string }>(text)).rows.map(({ value }) => value);
  if ((await columnOf('select external_id as value from users limit 1')).length === 0) await fill(deps());
  const live =
    "select p.id as value from campaigns c join promotions p on p.campaign_id = c.id where c.status = 'live' and c.ends_at > now()";
  const skus = await columnOf('select sku as value from products where is_active order by sku');
  const categories = await columnOf('select distinct c.key as value from categories c join products p on p.category_id = c.id order by 1');
  const missing = CAMPAIGNS - (await columnOf(live)).length;
  if (missing > 0) await launch(deps, missing, skus, categories);
  const key = await createApiKey(deps(), 'bench', 'secret');
  if (!key.ok) throw new Error(key.refusal.message);
  return {
    key: key.value.token,
    skus,
    categories,
    users: await columnOf('select external_id as value from users where has_consent order by external_id'),
    currency: (await columnOf('select currency as value from products limit 1'))[0] ?? 'EUR',
    live: (await columnOf(live)).length,
    servedBy: (await columnOf("select algorithm as value from models where kind = 'recommendation' and status = 'champion'"))[0] ?? 'none',
  };
}

async function* batches(): AsyncGenerator<ShopRow[]> {
  const startDate = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - DAYS * DAY_MS);
  let batch: ShopRow[] = [];
  for (const row of history(createShop({ seed: 11, users: USERS, products: PRODUCTS, startDate, days: DAYS }))) {
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

class Enough extends Error {}

async function fill(deps: Deps): Promise<void> {
  await deps.sql.query(`insert into settings (key, value) values ('shop', '{"currency": "EUR"}') on conflict (key) do nothing`);
  await importRows(deps, batches(), { source: 'simulator' });
  // Only the recommender serves requests; the training is left before the forecasts.
  const report = async (fraction: number): Promise<void> => {
    if (fraction >= 0.25) throw new Enough();
  };
  await trainModels(deps, {
    payload: {},
    checkpoint: { finished: {}, finish: async () => undefined },
    assertCurrent: async () => undefined,
    progress: { report },
  }).catch((fault: unknown) => {
    if (!(fault instanceof Enough)) throw fault;
  });
}

/** Every third is a coupon, every third is about a category, the others about twelve products each. */
async function launch(deps: () => Deps, count: number, skus: string[], categories: string[]): Promise<void> {
  const [author, approver] = [await manager(deps(), 'analyst'), await manager(deps(), 'admin')];
  const currency = (await deps().sql.query<{ currency: string }>('select currency from products limit 1')).rows[0]?.currency ?? 'EUR';
  for (let n = 0; n < count; n += 1) {
    const basisPoints = 500 + (n % 10) * 100;
    const rules = [
      {
        kind: 'coupon',
        code: `BENCH${n}-${Date.now().toString(36)}`,
        basisPoints,
        maximumAmounts: { [currency]: 2_000 },
        scope: { kind: 'all' },
      },
      { kind: 'percent_off', basisPoints, scope: { kind: 'categories', categoryKeys: [categories[n % categories.length]] } },
      { kind: 'percent_off', basisPoints, scope: { kind: 'skus', skus: skus.filter((_, at) => at % 41 === n % 41) } },
    ];
    const content = {
      name: `Bench ${n}`,
      promotions: [{ id: newId(), rule: rules[n % rules.length] }],
      audience: { segmentKeys: 'all' },
      schedule: {
        startsAt: new Date(Date.now() - DAY_MS).toISOString(),
        endsAt: new Date(Date.now() + 30 * DAY_MS).toISOString(),
        timeZone: 'UTC',
      },
      budget: { budgetMinor: 100_000, currency, maxPerUser: n % 5 === 0 ? 3 : null },
      priority: n % 7,
    };
    const created = await createCampaign({ ...deps(), actor: author }, { idempotencyKey: newId(), content });
    if (!created.ok) throw new Error(created.refusal.message);
    const id = created.value.campaignId;
    await requestReview({ ...deps(), actor: author }, { id, expectedVersion: 1 });
    const { rows } = await deps().sql.query<{ hash: string }>('select content_hash as hash from campaign_versions where campaign_id = $1', [
      id,
    ]);
    const approved = await approveCampaign({ ...deps(), actor: approver }, { id, expectedVersion: 1, contentHash: rows[0]?.hash ?? '' });
    if (!approved.ok) throw new Error(approved.refusal.message);
  }
}

async function manager(deps: Deps, role: Role): Promise<Actor> {
  const made = await createManager(deps, { email: `${newId()}@bench.example`, name: `Bench ${role}`, password: newId(), role });
  if (!made.ok) throw new Error(made.refusal.message);
  return { kind: 'manager', id: made.value.id, name: made.value.name, principal: { kind: 'manager', managerId: made.value.id, role } };
}
