import { Migration } from '@mikro-orm/migrations';

export class M0009Jobs extends Migration {
  override name = 'm0009-jobs';

  override up(): void {
    this.addSql(`
      create table job_runs (
        id uuid primary key,
        name text not null,
        status text not null default 'requested' check (status in ('requested', 'running', 'succeeded', 'failed', 'cancelled')),
        progress real not null default 0 check (progress between 0 and 1),
        stage text,
        log jsonb not null default '[]',
        payload jsonb not null default '{}',
        inputs_hash text,
        result jsonb,
        error jsonb,
        attempt integer not null default 0,
        requested_by uuid references managers,
        created_at timestamptz not null default now(),
        started_at timestamptz,
        finished_at timestamptz,
        cancel_requested_at timestamptz,
        heartbeat_at timestamptz,
        fence bigint not null default 0
      )`);
    this.addSql('create index job_runs_newest on job_runs (created_at desc, id desc)');
    this.addSql("create index job_runs_unfinished on job_runs (name, created_at) where status in ('requested', 'running')");
    this.addSql(`
      create table imports (
        id uuid primary key,
        job_run_id uuid references job_runs,
        format text not null,
        source_name text not null,
        options jsonb not null default '{}',
        status text not null default 'requested' check (status in ('requested', 'running', 'succeeded', 'failed', 'cancelled')),
        report jsonb,
        rejects_path text,
        content_hash text,
        created_at timestamptz not null default now(),
        finished_at timestamptz
      )`);
    this.addSql('create index imports_newest on imports (created_at desc)');
    this.addSql(`
      create table outbox (
        id uuid primary key,
        job_name text not null,
        payload jsonb not null,
        created_at timestamptz not null default now(),
        dispatched_at timestamptz,
        attempts integer not null default 0
      )`);
    this.addSql('create index outbox_undispatched on outbox (id) where dispatched_at is null');
    this.addSql(`
      create table settings (
        key text primary key,
        value jsonb not null,
        lock_version integer not null default 1,
        updated_at timestamptz not null default now(),
        updated_by uuid references managers
      )`);
  }

  override down(): void {
    this.addSql('drop table settings, outbox, imports, job_runs');
  }
}
