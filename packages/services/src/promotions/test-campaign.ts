import {
  CampaignContent,
  type CampaignContentInput,
  canonicalHash,
  type Condition,
  newId,
  normalCode,
  type PromotionRule,
} from '@promolift/domain';
import { openCounter } from '@promolift/db';
import { fixedClock, startTestDatabase } from '@promolift/testing';
import type { Deps } from '../shared/deps.ts';
import { forgetLivePromotions } from './live-promotions.ts';

const NOON = new Date('2026-03-10T12:00:00Z');
const DAY_MS = 86_400_000;

/** A shop of ten snacks for 10.00 each (cost 1.00) and the users u-0 to u-199; every `deps()` is a request of its own. */
export async function openTestShop() {
  const database = await startTestDatabase();
  const { db } = database;
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const secrets = { pseudonymKey: Buffer.alloc(32, 1), encryptionKey: Buffer.alloc(32, 2), holdoutSalt: 'salt of tests' };
  const clock = fixedClock(NOON);
  const deps = (): Deps => ({ em: db.em(), sql: db.pool, clock, secrets, log, homeDirectory: '', actor: { kind: 'system', name: 'test' } });
  await db.pool.query("insert into categories (id, key, name) values (uuid_v7(), 'snacks', 'Salty snacks')");
  await db.pool.query(
    "insert into products (id, sku, name, category_id, currency, price_minor, cost_minor) select uuid_v7(), 'S-' || n, 'Snack ' || n, (select id from categories), 'EUR', 1000, 100 from generate_series(0, 9) n",
  );
  await db.pool.query(
    "insert into users (id, external_id, pseudonym, has_consent) select uuid_v7(), 'u-' || n, 'p-' || n, true from generate_series(0, 199) n",
  );
  await db.pool.query('select ensure_event_partitions($1, $2)', [NOON, new Date(NOON.getTime() + DAY_MS)]);
  return { deps, pool: db.pool, clock, url: database.url, stop: () => database.stop() };
}
export type TestShop = Awaited<ReturnType<typeof openTestShop>>;

type Wish = Partial<CampaignContentInput['budget']> & {
  rules: PromotionRule[];
  condition?: Condition;
  codeLimit?: number;
  holdoutBasisPoints?: number;
  priority?: number;
  group?: string;
  exclusive?: boolean;
  schedule?: CampaignContentInput['schedule'];
  needsCode?: boolean;
};

/** A campaign that an approver signed and that is live at noon. Returns its id. */
export async function goLive(
  { pool }: TestShop,
  {
    rules,
    condition,
    codeLimit,
    needsCode = false,
    holdoutBasisPoints = 0,
    priority = 0,
    exclusive = false,
    group,
    schedule,
    ...limits
  }: Wish,
): Promise<string> {
  const [id, managerId] = [newId(), newId()];
  const promotions = rules.map((rule) => ({ id: newId(), rule, needsCode, ...(condition && { condition }) }));
  const input: CampaignContentInput = {
    name: 'Test',
    promotions,
    holdoutBasisPoints,
    priority,
    exclusive,
    ...(group !== undefined && { group }),
    audience: { segmentKeys: 'all' },
    budget: { budgetMinor: 1_000_000, currency: 'EUR', ...limits },
    schedule: schedule ?? {
      startsAt: new Date(NOON.getTime() - DAY_MS).toISOString(),
      endsAt: new Date(NOON.getTime() + DAY_MS).toISOString(),
      timeZone: 'UTC',
    },
  };
  const content = CampaignContent.parse(input);
  const hash = canonicalHash(content);
  await pool.query("insert into managers (id, email, name, password_hash, role) values ($1, $2, 'Ana', 'x', 'approver')", [
    managerId,
    `${managerId}@shop.example`,
  ]);
  await pool.query("insert into campaigns (id, name, origin) values ($1, 'Test', 'ai')", [id]);
  await pool.query('insert into campaign_versions (campaign_id, version, content, content_hash) values ($1, 1, $2, $3)', [
    id,
    content,
    hash,
  ]);
  await pool.query(
    "insert into approvals (id, campaign_id, version, content_hash, manager_id, decision) values (uuid_v7(), $1, 1, $2, $3, 'approve')",
    [id, hash, managerId],
  );
  for (const [position, { id: promotionId, rule }] of promotions.entries()) {
    await pool.query('insert into promotions (id, campaign_id, version, position, kind, rule) values ($1, $2, 1, $3, $4, $5)', [
      promotionId,
      id,
      position,
      rule.kind,
      rule,
    ]);
    if (rule.kind === 'coupon') {
      await pool.query('insert into codes (id, campaign_id, promotion_id, code, use_limit) values (uuid_v7(), $1, $2, $3, $4)', [
        id,
        promotionId,
        normalCode(rule.code),
        codeLimit ?? null,
      ]);
    }
  }
  await openCounter(pool, { ...content.budget, id, redemptionLimit: content.budget.maxRedemptions });
  await pool.query("update campaigns set status = 'live', live_version = 1 where id = $1", [id]);
  forgetLivePromotions(pool);
  return id;
}

/** So that the next test starts with none. */
export async function endAll({ pool }: TestShop): Promise<void> {
  await pool.query("update campaigns set status = 'ended'");
  forgetLivePromotions(pool);
}
