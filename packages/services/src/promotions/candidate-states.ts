import {
  type CampaignContent,
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
import type { LiveCampaign, Ruleset } from './live-promotions.ts';
import type { Deps } from '../shared/deps.ts';
import { type CampaignState, promotionsOfState, versionKey } from './rules-state.ts';
import { isLimited, type Limited } from './shopper-state.ts';

/** What is left of the candidates of one cart, and what their sentences name. */
export type CandidateStates = { states: CampaignState[]; promotions: LivePromotion[]; names: Names };

type Candidate = LiveCampaign & { campaignId: string; promotionIds: ReadonlySet<string> };
type StateRow = { id: string; is_killed: boolean; units: Record<string, number> | null; codes: Record<string, number> | null } & (
  | {
      budget_minor: number;
      reserved_minor: number;
      spent_minor: number;
      redemption_limit: number | null;
      reserved_uses: number;
      used: number;
    }
  | { budget_minor: null; redemption_limit: null }
) & { shared_key: string | null; shared_left_minor: number | null };

/** Reads, in one statement, what is left of these promotions' campaigns; in another what gifts and sentences need, if any do. */
export async function candidateStates(
  { sql, secrets }: Pick<Deps, 'sql' | 'secrets'>,
  { live }: Pick<Ruleset, 'live'>,
  promotions: readonly LivePromotion[],
): Promise<CandidateStates> {
  const candidates = [...Map.groupBy(promotions, ({ campaignId }) => campaignId)].flatMap(([campaignId, own]): Candidate[] => {
    const found = live.get(campaignId);
    return found ? [{ ...found, campaignId, promotionIds: new Set(own.map(({ promotionId }) => promotionId)) }] : [];
  });
  candidates.sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1));
  const [rows, { names, gifts }] = await Promise.all([readStates(sql, candidates), readProducts(sql, promotions)]);
  const states = candidates.flatMap((candidate) => {
    const row = rows.get(candidate.campaignId);
    return row ? [stateOf(candidate, row, gifts)] : [];
  });
  const byVersion = new Map(candidates.map((candidate) => [versionKey(candidate), candidate.content]));
  return {
    states,
    promotions: promotionsOfState(states, byVersion, secrets),
    names,
  };
}

/** The contents of these promotions' campaigns, and which of them limit more than themselves. */
export function limitedOf({ live }: Pick<Ruleset, 'live'>, promotions: readonly LivePromotion[]): Limited {
  const contents = new Map(
    promotions.flatMap(({ campaignId }) => {
      const found = live.get(campaignId);
      return found ? [[campaignId, found.content]] : [];
    }),
  );
  return { contents, limitedIds: [...contents].flatMap(([id, content]) => (isLimited(content) ? [id] : [])) };
}

/** What the conditions of these promotions ask for; null where there are none. */
export function needsOf(promotions: readonly LivePromotion[]): FactNeeds | null {
  const conditions = promotions.flatMap(({ condition }) => condition ?? []);
  return conditions.length === 0 ? null : factNeedsOf(conditions);
}

const promotionsOf = ({ content, promotionIds }: Candidate): CampaignContent['promotions'] =>
  content.promotions.filter(({ id }) => promotionIds.has(id));

async function readStates(sql: Pool, candidates: readonly Candidate[]): Promise<Map<string, StateRow>> {
  if (candidates.length === 0) return new Map();
  const own = candidates.flatMap(promotionsOf);
  const { rows } = await sql.query<StateRow>(
    `with wanted(id) as (select unnest($1::uuid[])),
       sold as (select campaign_id, jsonb_object_agg(key, units) units from limit_counters where campaign_id = any($1::uuid[]) and key = any($2) group by 1),
       typed as (select campaign_id, jsonb_object_agg(code, case when revoked_at is null then greatest(0, use_limit - used) else 0 end) codes
         from codes where code = any($3) and (use_limit is not null or revoked_at is not null) group by 1)
     select c.id, c.is_killed, k.budget_minor, k.reserved_minor, k.spent_minor, k.redemption_limit, k.reserved_uses, k.used,
       b.key shared_key, b.budget_minor - b.reserved_minor - b.spent_minor shared_left_minor, sold.units, typed.codes
     from wanted join campaigns c using (id) left join campaign_counters k on k.campaign_id = c.id left join shared_budgets b on b.id = k.shared_budget_id
     left join sold on sold.campaign_id = c.id left join typed on typed.campaign_id = c.id`,
    [
      candidates.map(({ campaignId }) => campaignId),
      own.flatMap((promotion) => unitCounterOf(promotion)?.key ?? []),
      own.flatMap(({ rule }) => (rule.kind === 'coupon' ? [normalCode(rule.code)] : [])),
    ],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function stateOf(candidate: Candidate, row: StateRow, gifts: ReadonlyMap<string, GiftSupply>): CampaignState {
  const { campaignId, version, content } = candidate;
  const promotions = promotionsOf(candidate);
  return {
    campaignId,
    version,
    ...(promotions.length < content.promotions.length && { promotionIds: promotions.map(({ id }) => id) }),
    isKilled: row.is_killed,
    budgetMinor: row.budget_minor === null ? content.budget.budgetMinor : row.budget_minor - row.reserved_minor - row.spent_minor,
    uses:
      row.budget_minor === null
        ? content.budget.maxRedemptions
        : row.redemption_limit === null
          ? null
          : row.redemption_limit - row.reserved_uses - row.used,
    units: Object.fromEntries(
      promotions.flatMap((promotion) => {
        const { id, rule } = promotion;
        if (rule.kind !== 'flash_sale') return [];
        const key = unitCounterOf(promotion)?.key ?? '';
        return [[id, Math.max(0, rule.stockCapUnits - (row.units?.[key] ?? 0))]];
      }),
    ),
    codeUses: row.codes ?? {},
    ...(row.shared_key !== null && { sharedBudget: { key: row.shared_key, remainingMinor: row.shared_left_minor ?? 0 } }),
    gifts: promotions.flatMap(({ rule }) => giftSkusOf(rule).flatMap((sku) => gifts.get(sku) ?? [])),
  };
}

type ProductRow = { sku: string; name: string; stock: number | null; cost_minor: number | null };

async function readProducts(sql: Pool, promotions: readonly LivePromotion[]): Promise<{ names: Names; gifts: Map<string, GiftSupply> }> {
  const named = promotions.map(({ rule, condition }) => namedInSentence(rule, condition));
  const given = new Set(promotions.flatMap(({ rule }) => giftSkusOf(rule)));
  const skus = [...new Set([...given, ...named.flatMap((one) => one.skus)])];
  const [categories, { rows }] = await Promise.all([
    categoryNames(sql),
    skus.length === 0
      ? { rows: [] }
      : sql.query<ProductRow>('select sku, name, stock, cost_minor from products where sku = any($1)', [skus]),
  ]);
  const keys = new Set(named.flatMap((one) => one.categoryKeys));
  return {
    names: {
      categories: Object.fromEntries([...keys].flatMap((key) => (categories.has(key) ? [[key, categories.get(key) ?? key]] : []))),
      products: Object.fromEntries(rows.map(({ sku, name }) => [sku, name])),
    },
    gifts: new Map(
      rows.flatMap(({ sku, name, stock, cost_minor }) => (given.has(sku) ? [[sku, { sku, name, stock, costMinor: cost_minor }]] : [])),
    ),
  };
}
