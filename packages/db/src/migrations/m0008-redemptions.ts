import { Migration } from '@mikro-orm/migrations';

export class M0008Redemptions extends Migration {
  override name = 'm0008-redemptions';

  override up(): void {
    this.createCounters();
    this.createRedemptions();
    this.createDecisions();
  }

  override down(): void {
    this.addSql('drop table decisions, idempotency_keys, ledger_entries, redemptions, codes, user_counters, campaign_counters');
  }

  private createCounters(): void {
    this.addSql(`
      create table campaign_counters (
        campaign_id uuid primary key references campaigns on delete cascade,
        currency char(3) not null,
        budget_minor bigint not null check (budget_minor >= 0),
        reserved_minor bigint not null default 0 check (reserved_minor >= 0),
        spent_minor bigint not null default 0 check (spent_minor >= 0),
        redemption_limit integer check (redemption_limit >= 0),
        reserved_uses integer not null default 0 check (reserved_uses >= 0),
        used integer not null default 0 check (used >= 0),
        constraint campaign_counters_budget check (reserved_minor + spent_minor <= budget_minor),
        constraint campaign_counters_limit check (reserved_uses + used <= redemption_limit)
      )`);
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
      create table codes (
        id uuid primary key,
        campaign_id uuid not null references campaigns on delete cascade,
        promotion_id uuid not null references promotions on delete cascade,
        code text not null unique,
        use_limit integer,
        used integer not null default 0 check (used >= 0),
        assigned_user_id uuid references users,
        revoked_at timestamptz,
        constraint codes_limit check (used <= use_limit)
      )`);
    this.addSql('create index codes_campaign on codes (campaign_id)');
  }

  private createRedemptions(): void {
    this.addSql(`
      create table redemptions (
        id uuid primary key,
        campaign_id uuid not null references campaigns,
        campaign_version integer not null,
        promotion_id uuid references promotions,
        order_id uuid,
        user_id uuid,
        anonymous_id text,
        user_key text not null,
        code_id uuid references codes,
        decision_id uuid,
        status text not null check (status in ('reserved', 'committed', 'released')),
        amount_minor bigint not null check (amount_minor >= 0),
        refunded_minor bigint not null default 0 check (refunded_minor >= 0),
        currency char(3) not null,
        reserved_at timestamptz not null,
        expires_at timestamptz not null,
        committed_at timestamptz,
        released_at timestamptz,
        idempotency_key text not null,
        unique (campaign_id, idempotency_key),
        constraint redemptions_refund check (refunded_minor <= amount_minor)
      )`);
    this.addSql('create index redemptions_campaign on redemptions (campaign_id, reserved_at desc)');
    this.addSql("create index redemptions_expiring on redemptions (expires_at) where status = 'reserved'");
    this.addSql('create index redemptions_order on redemptions (order_id) where order_id is not null');
    this.addSql('create index redemptions_user on redemptions (user_key, reserved_at desc)');
    this.addSql(`
      create table ledger_entries (
        id uuid primary key,
        campaign_id uuid not null references campaigns,
        redemption_id uuid not null references redemptions,
        kind text not null check (kind in ('reserve', 'commit', 'release', 'refund')),
        amount_minor bigint not null,
        uses integer not null,
        at timestamptz not null
      )`);
    this.addSql('create index ledger_entries_campaign on ledger_entries (campaign_id, at desc)');
    this.addSql('create index ledger_entries_redemption on ledger_entries (redemption_id)');
    this.addSql(
      'create trigger ledger_entries_append_only before update or delete on ledger_entries for each row execute function refuse_change()',
    );
    this.addSql(
      'create trigger ledger_entries_no_truncate before truncate on ledger_entries for each statement execute function refuse_change()',
    );
    this.addSql(`
      create table idempotency_keys (
        actor text not null,
        operation text not null,
        key text not null,
        body_hash text not null,
        response jsonb,
        created_at timestamptz not null default now(),
        primary key (actor, operation, key)
      )`);
  }

  private createDecisions(): void {
    this.addSql(`
      create table decisions (
        id uuid primary key,
        decided_at timestamptz not null,
        kind text not null,
        user_id uuid,
        anonymous_id text,
        user_key text not null,
        input jsonb not null,
        input_hash text not null,
        ruleset_hash text not null,
        policy text not null,
        probability real not null,
        offers jsonb not null default '[]',
        result jsonb not null default '{}',
        model_versions jsonb not null default '{}'
      )`);
    this.addSql('create index decisions_user on decisions (user_key, decided_at desc)');
    this.addSql('create index decisions_newest on decisions (decided_at)');
  }
}
