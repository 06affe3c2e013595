import { runSql, type SqlRunner } from '../shared/sql.ts';

/** What a campaign may spend in all. */
export type Totals = { budgetMinor: number; redemptionLimit: number | null };

/**
 * Sets the totals of a campaign whatever its redemptions are doing; false where more is used already than one of them
 * allows, or there is no such counter. One guarded statement: what is used cannot grow between the look and the change.
 */
export async function changeTotals(runner: SqlRunner, campaignId: string, totals: Totals): Promise<boolean> {
  const changed = await runSql(
    runner,
    `update campaign_counters set budget_minor = $2::bigint, redemption_limit = $3::int
     where campaign_id = $1::uuid and reserved_minor + spent_minor <= $2::bigint and reserved_uses + used <= coalesce($3::int, 2147483647)
     returning campaign_id`,
    [campaignId, totals.budgetMinor, totals.redemptionLimit],
  );
  return changed.length > 0;
}

/** Opens the counter of an approved version; a campaign that has used more than the new version allows keeps what is used and gives no more. */
export async function openCounter(
  runner: SqlRunner,
  campaign: { id: string; currency: string; sharedBudgetKey: string | null } & Totals,
): Promise<void> {
  await runSql(
    runner,
    `insert into campaign_counters as c (campaign_id, currency, budget_minor, redemption_limit, shared_budget_id)
     values ($1::uuid, $2::text, $3::bigint, $4::int, (select id from shared_budgets where key = $5::text))
     on conflict (campaign_id) do update set budget_minor = greatest(excluded.budget_minor, c.reserved_minor + c.spent_minor),
       redemption_limit = case when excluded.redemption_limit is not null then greatest(excluded.redemption_limit, c.reserved_uses + c.used) end,
       shared_budget_id = excluded.shared_budget_id`,
    [campaign.id, campaign.currency, campaign.budgetMinor, campaign.redemptionLimit, campaign.sharedBudgetKey],
  );
}

export type SharedBudgetRow = {
  id: string;
  key: string;
  name: string;
  currency: string;
  budgetMinor: number;
  reservedMinor: number;
  spentMinor: number;
};

/** Creates a shared budget or changes its name and amount; undefined where it has another currency or more of it is used already. */
export async function saveSharedBudget(
  runner: SqlRunner,
  budget: { key: string; name: string; currency: string; budgetMinor: number },
): Promise<string | undefined> {
  const [saved] = await runSql<{ id: string }>(
    runner,
    `insert into shared_budgets as b (id, key, name, currency, budget_minor) values (uuid_v7(), $1::text, $2::text, $3::text, $4::bigint)
     on conflict (key) do update set name = excluded.name, budget_minor = excluded.budget_minor
       where b.reserved_minor + b.spent_minor <= excluded.budget_minor and b.currency = excluded.currency
     returning id`,
    [budget.key, budget.name, budget.currency, budget.budgetMinor],
  );
  return saved?.id;
}

/** All shared budgets by key. */
export const sharedBudgets = (runner: SqlRunner): Promise<SharedBudgetRow[]> =>
  runSql<SharedBudgetRow>(
    runner,
    `select id, key, name, currency, budget_minor::float8 "budgetMinor", reserved_minor::float8 "reservedMinor", spent_minor::float8 "spentMinor"
     from shared_budgets order by key`,
  );
