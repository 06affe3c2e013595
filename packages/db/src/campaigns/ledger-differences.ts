import { runSql, type SqlRunner } from '../shared/sql.ts';

export type LedgerDifference = { counter: string; field: string; counted: number; ledger: number };

const SUMS = 'sum(b.reserved_minor) reserved_minor, sum(b.spent_minor) spent_minor, sum(b.reserved_uses) reserved_uses, sum(b.used) used';

/**
 * Every counter that is not the sum of its ledger entries; none, unless money was counted outside the statements that
 * write them. One snapshot, so that it may run while orders are taken.
 */
export const ledgerDifferences = (runner: SqlRunner): Promise<LedgerDifference[]> =>
  runSql<LedgerDifference>(
    runner,
    `with balances as materialized (select * from redemption_balances),
     compared as (
       select 'campaign ' || c.campaign_id counter, f.* from campaign_counters c
       left join (select b.campaign_id, ${SUMS} from balances b group by 1) l on l.campaign_id = c.campaign_id
       cross join lateral (values ('reservedMinor', c.reserved_minor, l.reserved_minor), ('spentMinor', c.spent_minor, l.spent_minor),
         ('reservedUses', c.reserved_uses, l.reserved_uses), ('used', c.used, l.used)) f(field, counted, ledger)
       union all
       select 'shared budget ' || s.key, f.* from shared_budgets s
       left join (select b.shared_budget_id, ${SUMS} from balances b group by 1) l on l.shared_budget_id = s.id
       cross join lateral (values ('reservedMinor', s.reserved_minor, l.reserved_minor), ('spentMinor', s.spent_minor, l.spent_minor)) f(field, counted, ledger)
       union all
       select 'limit ' || c.campaign_id || ' ' || c.key, f.* from limit_counters c
       left join (select b.campaign_id, k.key, sum(b.reserved_minor + b.spent_minor) minor, sum(b.reserved_uses + b.used) uses, sum(b.units) units
         from balances b cross join lateral unnest(b.limit_keys) k(key) group by 1, 2) l on l.campaign_id = c.campaign_id and l.key = c.key
       cross join lateral (values ('uses', c.uses, l.uses), ('minor', c.minor, l.minor), ('units', c.units, l.units)) f(field, counted, ledger)
       union all
       select 'account ' || a.id, f.* from accounts a
       left join (select e.account_id, sum(e.available) balance, sum(e.pending) pending from account_entries e group by 1) l on l.account_id = a.id
       cross join lateral (values ('balance', a.balance, l.balance), ('pending', a.pending, l.pending)) f(field, counted, ledger)
     )
     select counter, field, counted::float8 counted, coalesce(ledger, 0)::float8 ledger from compared
     where counted is distinct from coalesce(ledger, 0) order by counter, field`,
  );
