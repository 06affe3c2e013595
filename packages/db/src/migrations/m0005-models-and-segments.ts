import { Migration } from '@mikro-orm/migrations';

export class M0005ModelsAndSegments extends Migration {
  override name = 'm0005-models-and-segments';

  override up(): void {
    this.createModels();
    this.createSegments();
    this.createForecasts();
  }

  override down(): void {
    this.addSql('drop table forecast_points, forecast_series, user_profiles, segment_members, segments, model_artefacts, models');
  }

  private createModels(): void {
    this.addSql(`
      create table models (
        id uuid primary key,
        kind text not null,
        version integer not null,
        status text not null default 'candidate' check (status in ('candidate', 'champion', 'retired', 'refused')),
        algorithm text not null,
        metrics jsonb not null default '{}',
        baseline jsonb not null default '{}',
        data_from timestamptz,
        data_to timestamptz,
        seed bigint not null,
        artefact_hash text,
        backend text,
        created_at timestamptz not null default now(),
        promoted_at timestamptz,
        gate jsonb,
        unique (kind, version)
      )`);
    this.addSql("create unique index models_one_champion on models (kind) where status = 'champion'");
    this.addSql(
      'create table model_artefacts (model_id uuid primary key references models on delete cascade, bytes bytea not null, hash text not null)',
    );
    this.addSql('alter table model_artefacts alter column bytes set storage external');
  }

  private createSegments(): void {
    this.addSql(`
      create table segments (
        id uuid primary key,
        key text not null unique,
        name jsonb not null,
        kind text not null check (kind in ('model', 'rule')),
        definition jsonb not null default '{}',
        model_id uuid references models,
        size integer not null default 0,
        portrait jsonb not null default '{}',
        created_at timestamptz not null default now(),
        retired_at timestamptz
      )`);
    this.addSql(`
      create table segment_members (
        segment_id uuid not null references segments on delete cascade,
        user_id uuid not null,
        valid_from timestamptz not null,
        valid_to timestamptz,
        primary key (segment_id, user_id, valid_from)
      )`);
    this.addSql('create index segment_members_user on segment_members (user_id) where valid_to is null');
    this.addSql('create index segment_members_current on segment_members (segment_id, user_id) where valid_to is null');
    this.addSql(`
      create table user_profiles (
        user_id uuid primary key,
        as_of timestamptz not null,
        recency_days integer,
        frequency integer not null,
        monetary_minor bigint not null,
        tags jsonb not null default '[]',
        propensities jsonb not null default '{}',
        churn_risk real
      )`);
  }

  private createForecasts(): void {
    this.addSql(`
      create table forecast_series (
        id uuid primary key,
        model_id uuid not null references models on delete cascade,
        product_id uuid references products on delete cascade,
        category_id uuid references categories on delete cascade,
        algorithm text not null,
        mase real,
        baseline_mase real,
        created_at timestamptz not null default now(),
        check (num_nonnulls(product_id, category_id) <= 1)
      )`);
    this.addSql('create index forecast_series_model on forecast_series (model_id)');
    this.addSql('create index forecast_series_product on forecast_series (product_id, created_at desc) where product_id is not null');
    this.addSql('create index forecast_series_category on forecast_series (category_id, created_at desc) where category_id is not null');
    this.addSql(`
      create table forecast_points (
        series_id uuid not null references forecast_series on delete cascade,
        day date not null,
        mean real not null,
        lower80 real not null,
        upper80 real not null,
        lower95 real not null,
        upper95 real not null,
        primary key (series_id, day)
      )`);
  }
}
