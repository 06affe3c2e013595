import {
  type CampaignContent,
  type CampaignStatus,
  canonicalHash,
  type FactNeeds,
  factNeedsOf,
  giftSkusOf,
  type GiftSupply,
  type LivePromotion,
  type Names,
  namedInSentence,
  normalCode,
  unitCounterOf,
} from '@promolift/domain';
import type { Pool } from 'pg';
import { categoryNames } from '../products/catalogue.ts';
import type { Secrets } from '../shared/deps.ts';
import { processCache } from '../shared/process-cache.ts';
import { isLimited, type Limited } from './shopper-state.ts';
import { type CampaignState, contentsOf, promotionsOfState, type VersionKey, versionKey } from './rules-state.ts';

/** The rules in force, what was left of them, what their sentences name, and the hash of the rules. */
export type Ruleset = {
  promotions: readonly LivePromotion[];
  states: readonly CampaignState[];
  names: Names;
  hash: string;
  /** What the conditions in force ask for; null where there are none. */
  needs: FactNeeds | null;
  contents: Limited['contents'];
  limitedIds: Limited['limitedIds'];
};

type CampaignRow = {
  id: string;
  version: number;
  is_killed: boolean;
  shared_key: string | null;
  shared_left_minor: number | null;
} & (
  | {
      budget_minor: number;
      reserved_minor: number;
      spent_minor: number;
      redemption_limit: number | null;
      reserved_uses: number;
      used: number;
    }
  | { budget_minor: null; redemption_limit: null }
);
type Live = { row: CampaignRow; content: CampaignContent };
type LiveRules = Omit<Ruleset, 'promotions'> & { byVersion: ReadonlyMap<string, CampaignContent> };

// A kill is acknowledged at once and seen by every process within this time; the redemption statement itself refuses at once.
const RULESET_TTL_MS = 500;

const liveRules = processCache<LiveRules>(RULESET_TTL_MS, (sql) => readRules(sql, ['live']));

/** The rules of all campaigns in these states; of those that never ran, nothing is used up. */
async function readRules(sql: Pool, statuses: readonly CampaignStatus[]): Promise<LiveRules> {
  const { rows } = await sql.query<CampaignRow>(
    `select c.id, coalesce(c.live_version, c.current_version) as version, c.is_killed, k.budget_minor, k.reserved_minor, k.spent_minor, k.redemption_limit, k.reserved_uses, k.used,
       b.key shared_key, b.budget_minor - b.reserved_minor - b.spent_minor shared_left_minor
     from campaigns c left join campaign_counters k on k.campaign_id = c.id left join shared_budgets b on b.id = k.shared_budget_id
     where c.status = any($1) order by c.id`,
    [statuses],
  );
  const byVersion = await contentsOf(sql, rows.map(keyOf));
  const live = rows.flatMap((row) => {
    const content = byVersion.get(versionKey(keyOf(row)));
    return content ? [{ row, content }] : [];
  });
  const [gifts, sold, codes, names] = await Promise.all([
    giftSupplies(sql, live),
    soldUnits(sql, live),
    codeUses(sql, live),
    namesOf(sql, live),
  ]);
  return {
    byVersion,
    contents: new Map(live.map(({ row, content }) => [row.id, content])),
    limitedIds: live.flatMap(({ row, content }) => (isLimited(content) ? [row.id] : [])),
    names,
    needs: needsOf(live),
    states: live.map((one) => stateOf(one, gifts, sold, codes)),
    hash: canonicalHash(rows.map((row) => [row.id, row.version, row.is_killed])),
  };
}

/** The same for a dry run: read now, kept nowhere. */
export async function promotionsIn(
  sql: Pool,
  secrets: Pick<Secrets, 'holdoutSalt'>,
  statuses: readonly CampaignStatus[],
): Promise<Ruleset> {
  const { byVersion, ...rules } = await readRules(sql, statuses);
  return { ...rules, promotions: promotionsOfState(rules.states, byVersion, secrets) };
}

/** Drops what is cached, for the process that just changed a campaign. */
export const forgetLivePromotions = (sql: Pool): void => liveRules.drop(sql);

const rulesets = new WeakMap<LiveRules, Ruleset>();

/** Promotions of live campaigns as the engine wants them. */
export async function livePromotions(sql: Pool, secrets: Pick<Secrets, 'holdoutSalt'>): Promise<Ruleset> {
  const found = await liveRules.get(sql);
  const known = rulesets.get(found);
  if (known) return known;
  const { byVersion, ...rules } = found;
  const made = { ...rules, promotions: promotionsOfState(rules.states, byVersion, secrets) };
  rulesets.set(found, made);
  return made;
}

function needsOf(live: readonly Live[]): FactNeeds | null {
  const conditions = live.flatMap(({ content }) => content.promotions.flatMap(({ condition }) => condition ?? []));
  return conditions.length === 0 ? null : factNeedsOf(conditions);
}

const keyOf = (row: CampaignRow): VersionKey => ({ campaignId: row.id, version: row.version });

function stateOf(
  { row, content }: Live,
  gifts: ReadonlyMap<string, GiftSupply>,
  sold: ReadonlyMap<string, number>,
  codes: readonly CodeRow[],
): CampaignState {
  const { promotions } = content;
  return {
    ...keyOf(row),
    isKilled: row.is_killed,
    budgetMinor: row.budget_minor === null ? content.budget.budgetMinor : row.budget_minor - row.reserved_minor - row.spent_minor,
    uses:
      row.budget_minor === null
        ? content.budget.maxRedemptions
        : row.redemption_limit === null
          ? null
          : row.redemption_limit - row.reserved_uses - row.used,
    units: Object.fromEntries(
      promotions.flatMap(({ id, rule }) =>
        rule.kind === 'flash_sale' ? [[id, Math.max(0, rule.stockCapUnits - (sold.get(id) ?? 0))]] : [],
      ),
    ),
    codeUses: Object.fromEntries(codes.flatMap(({ campaign_id, code, uses }) => (campaign_id === row.id ? [[code, uses]] : []))),
    ...(row.shared_key !== null && { sharedBudget: { key: row.shared_key, remainingMinor: row.shared_left_minor ?? 0 } }),
    gifts: promotions.flatMap(({ rule }) => giftSkusOf(rule).flatMap((sku) => gifts.get(sku) ?? [])),
  };
}

async function giftSupplies(sql: Pool, live: readonly Live[]): Promise<Map<string, GiftSupply>> {
  const skus = live.flatMap(({ content }) => content.promotions.flatMap(({ rule }) => giftSkusOf(rule)));
  if (skus.length === 0) return new Map();
  const found = await sql.query<{ sku: string; name: string; stock: number | null; cost_minor: number | null }>(
    'select sku, name, stock, cost_minor from products where sku = any($1)',
    [skus],
  );
  return new Map(found.rows.map((row) => [row.sku, { sku: row.sku, name: row.name, stock: row.stock, costMinor: row.cost_minor }]));
}

/** Units that flash sales sold or set aside so far. */
async function soldUnits(sql: Pool, live: readonly Live[]): Promise<Map<string, number>> {
  const counters = new Map(
    live.flatMap(({ content }) =>
      content.promotions.flatMap((promotion) => {
        const counter = unitCounterOf(promotion);
        return counter ? [[promotion.id, counter.key] as const] : [];
      }),
    ),
  );
  if (counters.size === 0) return new Map();
  const found = await sql.query<{ key: string; units: number }>(
    'select key, units from limit_counters where campaign_id = any($1::uuid[]) and key = any($2)',
    [live.map(({ row }) => row.id), [...counters.values()]],
  );
  const sold = new Map(found.rows.map((row) => [row.key, row.units]));
  return new Map([...counters].map(([id, key]) => [id, sold.get(key) ?? 0]));
}

type CodeRow = { campaign_id: string; code: string; uses: number };

/** Codes that have a limit or were revoked. */
async function codeUses(sql: Pool, live: readonly Live[]): Promise<CodeRow[]> {
  const codes = live.flatMap(({ content }) =>
    content.promotions.flatMap(({ rule }) => (rule.kind === 'coupon' ? [normalCode(rule.code)] : [])),
  );
  if (codes.length === 0) return [];
  const { rows } = await sql.query<CodeRow>(
    `select campaign_id, code, case when revoked_at is null then greatest(0, use_limit - used) else 0 end as uses
     from codes where code = any($1) and (use_limit is not null or revoked_at is not null)`,
    [codes],
  );
  return rows;
}

async function namesOf(sql: Pool, live: readonly Live[]): Promise<Names> {
  const named = live.flatMap(({ content }) => content.promotions.map(({ rule, condition }) => namedInSentence(rule, condition)));
  const skus = [...new Set(named.flatMap((one) => one.skus))];
  const [categories, { rows }] = await Promise.all([
    categoryNames(sql),
    skus.length === 0
      ? { rows: [] }
      : sql.query<{ sku: string; name: string }>('select sku, name from products where sku = any($1)', [skus]),
  ]);
  return {
    categories: Object.fromEntries(
      named.flatMap((one) => one.categoryKeys).flatMap((key) => (categories.has(key) ? [[key, categories.get(key) ?? key]] : [])),
    ),
    products: Object.fromEntries(rows.map(({ sku, name }) => [sku, name])),
  };
}
