import { Migration } from '@mikro-orm/migrations';
import { COMMIT_USE, LOCK_COUNTERS, REFUND_USE, RELEASE_USE, RESERVE_USE } from './m0010-use-functions.ts';

export class M0010Limits extends Migration {
  override name = 'm0010-limits';

  override up(): void {
    this.createCounters();
    this.carryOver();
    this.createBalances();
    this.addSql('create index idempotency_keys_oldest on idempotency_keys (created_at)');
    for (const create of [LOCK_COUNTERS, RESERVE_USE, COMMIT_USE, RELEASE_USE, REFUND_USE]) this.addSql(create);
  }

  override down(): void {
    this.addSql('drop function lock_counters, reserve_use, commit_use, release_use, refund_use');
    this.addSql('drop view redemption_balances');
    this.addSql('drop index idempotency_keys_oldest');
    this.addSql(`
      create table user_counters (
        campaign_id uuid not null references campaigns on delete cascade,
        user_key text not null,
        use_limit integer,
        used integer not null default 0 check (used >= 0),
        primary key (campaign_id, user_key),
        constraint user_counters_limit check (used <= use_limit)
      )`);
    this.addSql(`
      insert into user_counters (campaign_id, user_key, use_limit, used)
      select campaign_id, substring(key from 11), max_uses, uses from limit_counters where key like 'user|none|%'`);
    this.addSql(
      'alter table redemptions drop column shared_budget_id, drop column limit_keys, drop column units, drop column is_use_returned',
    );
    this.addSql('alter table campaign_counters drop column shared_budget_id');
    this.addSql('drop table limit_counters, shared_budgets');
  }

  private createCounters(): void {
    this.addSql(`
      create table shared_budgets (
        id uuid primary key,
        key text not null unique,
        name text not null,
        currency char(3) not null,
        budget_minor bigint not null check (budget_minor >= 0),
        reserved_minor bigint not null default 0 check (reserved_minor >= 0),
        spent_minor bigint not null default 0 check (spent_minor >= 0),
        created_at timestamptz not null default now(),
        constraint shared_budgets_budget check (reserved_minor + spent_minor <= budget_minor)
      )`);
    this.addSql('alter table campaign_counters add column shared_budget_id uuid references shared_budgets');
    // One row a user, guest, code, segment, period or flash sale, by a key that names them; reserved and spent together.
    this.addSql(`
      create table limit_counters (
        campaign_id uuid not null references campaigns on delete cascade,
        key text not null,
        max_uses integer,
        max_minor bigint,
        max_units integer,
        uses integer not null default 0 check (uses >= 0),
        minor bigint not null default 0 check (minor >= 0),
        units integer not null default 0 check (units >= 0),
        primary key (campaign_id, key),
        constraint limit_counters_uses check (uses <= max_uses),
        constraint limit_counters_minor check (minor <= max_minor),
        constraint limit_counters_units check (units <= max_units)
      )`);
    // A cart asks for its shopper's keys over all campaigns.
    this.addSql('create index limit_counters_key on limit_counters (key)');
    // A use remembers what it was counted against, so that it is given back exactly there, whatever has changed since.
    this.addSql(`
      alter table redemptions
        add column shared_budget_id uuid references shared_budgets,
        add column limit_keys text[] not null default '{}',
        add column units integer not null default 0 check (units >= 0),
        add column is_use_returned boolean not null default false`);
  }

  private carryOver(): void {
    this.addSql(`
      update redemptions r set limit_keys = array['user|none|' || r.user_key]
      where exists (select from user_counters u where u.campaign_id = r.campaign_id and u.user_key = r.user_key)`);
    this.addSql(`
      update redemptions r set is_use_returned = true
      where r.status = 'committed' and exists (select from ledger_entries e where e.redemption_id = r.id and e.kind = 'refund' and e.uses < 0)`);
    this.addSql(`
      update redemptions r set limit_keys = array_append(r.limit_keys, 'units|' || r.promotion_id),
        units = coalesce((select sum(l.quantity) from order_lines l where l.order_id = r.order_id and l.discount_minor > 0), 0)
      from promotions p where p.id = r.promotion_id and p.kind = 'flash_sale'`);
    this.addSql(`
      insert into limit_counters (campaign_id, key, max_uses, uses, minor, units)
      select u.campaign_id, 'user|none|' || u.user_key, u.use_limit, u.used, coalesce(sum(r.amount_minor - r.refunded_minor), 0),
        coalesce(sum(r.units) filter (where not r.is_use_returned), 0)
      from user_counters u left join redemptions r on r.campaign_id = u.campaign_id and r.user_key = u.user_key and r.status <> 'released'
      group by u.campaign_id, u.user_key`);
    this.addSql('drop table user_counters');
    this.addSql(`
      insert into limit_counters (campaign_id, key, max_units, uses, minor, units)
      select r.campaign_id, 'units|' || p.id, greatest((p.rule ->> 'stockCapUnits')::int, sum(r.units) filter (where r.is_live)), count(*) filter (where r.is_live),
        coalesce(sum(r.amount_minor - r.refunded_minor) filter (where r.status <> 'released'), 0), coalesce(sum(r.units) filter (where r.is_live), 0)
      from (select *, status <> 'released' and not is_use_returned as is_live from redemptions) r
      join promotions p on p.id = r.promotion_id where p.kind = 'flash_sale' group by r.campaign_id, p.id`);
  }

  private createBalances(): void {
    // What each redemption holds and has spent by its ledger entries alone: counters must equal sums of these.
    this.addSql(`
      create view redemption_balances as
      select r.id as redemption_id, r.campaign_id, r.shared_budget_id, r.limit_keys,
        case when e.is_committed then 0 else e.held_minor end as reserved_minor,
        case when e.is_committed then 0 else e.held_uses end as reserved_uses,
        e.spent_minor, e.used,
        case when (case when e.is_committed then e.used else e.held_uses end) > 0 then r.units else 0 end as units
      from redemptions r cross join lateral (
        select coalesce(bool_or(kind = 'commit'), false) as is_committed,
          coalesce(sum(amount_minor) filter (where kind in ('reserve', 'release')), 0) as held_minor,
          coalesce(sum(uses) filter (where kind in ('reserve', 'release')), 0) as held_uses,
          coalesce(sum(amount_minor) filter (where kind in ('commit', 'refund')), 0) as spent_minor,
          coalesce(sum(uses) filter (where kind in ('commit', 'refund')), 0) as used
        from ledger_entries where redemption_id = r.id
      ) e`);
  }
}
