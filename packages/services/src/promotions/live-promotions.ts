import { CampaignContent, type CampaignRemains, canonicalHash, type GiftSupply, type LivePromotion, livePromotionsOf } from '@promolift/domain';
import type { Pool } from 'pg';
import type { Secrets } from '../shared/deps.ts';
import { processCache } from '../shared/process-cache.ts';

/** The rules in force and their hash: decisions store the hash, so that any of them can be replayed. */
export type Ruleset = { promotions: readonly LivePromotion[]; hash: string; maxPerUser: ReadonlyMap<string, number> };

type CampaignRow = {
  id: string; version: number; content: CampaignContent; is_killed: boolean; budget_minor: number; reserved_minor: number; spent_minor: number;
  redemption_limit: number | null; reserved_uses: number; used: number;
};

// A kill is acknowledged at once and seen by every process within this time; the redemption statement itself refuses at once.
const RULESET_TTL_MS = 500;

const liveRows = processCache(RULESET_TTL_MS, async (sql) => {
  const { rows: found } = await sql.query<Omit<CampaignRow, 'content'> & { content: unknown }>(
    `select c.id, v.version, v.content, c.is_killed, k.budget_minor, k.reserved_minor, k.spent_minor, k.redemption_limit, k.reserved_uses, k.used
     from campaigns c
     join campaign_versions v on v.campaign_id = c.id and v.version = coalesce(c.live_version, c.current_version)
     join campaign_counters k on k.campaign_id = c.id
     where c.status = 'live' order by c.id`,
  );
  const rows = found.map((row): CampaignRow => ({ ...row, content: CampaignContent.parse(row.content) }));
  return { rows, gifts: await giftSupplies(sql, rows), soldUnits: await soldUnits(sql, rows) };
});

/** Drops what is cached, for the process that just changed a campaign. */
export const forgetLivePromotions = (sql: Pool): void => liveRows.drop(sql);

/** Promotions of live campaigns as the engine wants them. Windows are left to the engine: it gets the clock. */
export async function livePromotions(sql: Pool, secrets: Pick<Secrets, 'holdoutSalt'>): Promise<Ruleset> {
  const { rows, gifts, soldUnits: sold } = await liveRows.get(sql);
  const promotions = rows.flatMap((row) => livePromotionsOf(
    row.content,
    { campaignId: row.id, version: row.version, holdoutSalt: campaignHoldoutSalt(secrets.holdoutSalt, row.id) },
    remainsOf(row, row.content, gifts, sold),
  ));
  const maxPerUser = new Map(rows.flatMap((row) => {
    const limit = row.content.budget.maxPerUser;
    return limit === null ? [] : [[row.id, limit] as const];
  }));
  return { promotions, hash: canonicalHash(rows.map((row) => [row.id, row.version, row.is_killed])), maxPerUser };
}

/** One salt a campaign: whoever is held out of one is not thereby held out of all. */
export const campaignHoldoutSalt = (installationSalt: string, campaignId: string): string => `${installationSalt}:${campaignId}`;

const remainsOf = (row: CampaignRow, content: CampaignContent, gifts: ReadonlyMap<string, GiftSupply>, sold: ReadonlyMap<string, number>): CampaignRemains => ({
  budgetMinor: row.budget_minor - row.reserved_minor - row.spent_minor,
  uses: row.redemption_limit === null ? null : row.redemption_limit - row.reserved_uses - row.used,
  userUses: null,
  unitsByPromotionId: new Map(content.promotions.flatMap(({ id, rule }) => (rule.kind === 'flash_sale' ? [[id, Math.max(0, rule.stockCapUnits - (sold.get(id) ?? 0))] as const] : []))),
  giftBySku: gifts,
  isKilled: row.is_killed,
});

async function giftSupplies(sql: Pool, rows: readonly CampaignRow[]): Promise<Map<string, GiftSupply>> {
  const skus = rows.flatMap((row) => row.content.promotions.flatMap(({ rule }) => (rule.kind === 'free_gift' ? [rule.giftSku] : [])));
  if (skus.length === 0) return new Map();
  const found = await sql.query<{ sku: string; name: string; stock: number | null; cost_minor: number | null }>('select sku, name, stock, cost_minor from products where sku = any($1)', [skus]);
  return new Map(found.rows.map((row) => [row.sku, { sku: row.sku, name: row.name, stock: row.stock, costMinor: row.cost_minor }]));
}

/** Units that flash sales sold so far: discounted lines of orders that redeemed the promotion. */
async function soldUnits(sql: Pool, rows: readonly CampaignRow[]): Promise<Map<string, number>> {
  const ids = rows.flatMap((row) => row.content.promotions.flatMap(({ id, rule }) => (rule.kind === 'flash_sale' ? [id] : [])));
  if (ids.length === 0) return new Map();
  const found = await sql.query<{ promotion_id: string; units: number }>(
    `select r.promotion_id, sum(l.quantity)::bigint units from redemptions r join order_lines l on l.order_id = r.order_id and l.discount_minor > 0
     where r.promotion_id = any($1) and r.status = 'committed' group by r.promotion_id`,
    [ids],
  );
  return new Map(found.rows.map((row) => [row.promotion_id, row.units]));
}
