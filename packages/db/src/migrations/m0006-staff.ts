import { Migration } from '@mikro-orm/migrations';

export class M0006Staff extends Migration {
  override name = 'm0006-staff';

  override up(): void {
    this.addSql(`
      create table managers (
        id uuid primary key,
        email text not null unique,
        name text not null,
        password_hash text not null,
        role text not null check (role in ('viewer', 'analyst', 'approver', 'admin')),
        locale text not null default 'en',
        disabled_at timestamptz,
        created_at timestamptz not null default now()
      )`);
    this.addSql(`
      create table sessions (
        id uuid primary key,
        token_hash text not null unique,
        manager_id uuid not null references managers on delete cascade,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        revoked_at timestamptz,
        last_seen_at timestamptz not null default now()
      )`);
    this.addSql('create index sessions_manager on sessions (manager_id)');
    this.addSql(`
      create table api_keys (
        id uuid primary key,
        name text not null,
        prefix text not null,
        key_hash text not null unique,
        kind text not null check (kind in ('publishable', 'secret')),
        created_at timestamptz not null default now(),
        revoked_at timestamptz,
        created_by uuid references managers
      )`);
    this.addSql(`
      create table audit_entries (
        seq bigint primary key,
        at timestamptz not null,
        actor_kind text not null,
        actor_id text,
        action text not null,
        subject_kind text,
        subject_id text,
        details jsonb not null default '{}',
        previous_hash text not null unique,
        hash text not null unique
      )`);
    // jsonb prints one way only, so an entry's text and its hash can be computed again years later.
    this.addSql(`
      create function audit_hash(e audit_entries) returns text language sql immutable as $$
        select encode(sha256(convert_to(jsonb_build_array(e.previous_hash, (extract(epoch from e.at) * 1000000)::bigint,
          e.actor_kind, e.actor_id, e.action, e.subject_kind, e.subject_id, e.details)::text, 'UTF8')), 'hex')
      $$`);
    // One writer at a time until its transaction ends; the numbers have no gaps.
    this.addSql(`
      create function chain_audit_entry() returns trigger language plpgsql as $$
      declare last record;
      begin
        perform pg_advisory_xact_lock(hashtext('audit_entries'));
        select seq, hash into last from audit_entries order by seq desc limit 1;
        new.seq := coalesce(last.seq, 0) + 1;
        new.previous_hash := coalesce(last.hash, '');
        new.hash := audit_hash(new);
        return new;
      end $$`);
    this.addSql('create trigger audit_entries_chain before insert on audit_entries for each row execute function chain_audit_entry()');
    this.addSql('create index audit_entries_subject on audit_entries (subject_kind, subject_id, seq desc)');
    this.addSql(
      'create trigger audit_entries_append_only before update or delete on audit_entries for each row execute function refuse_change()',
    );
    this.addSql(
      'create trigger audit_entries_no_truncate before truncate on audit_entries for each statement execute function refuse_change()',
    );
  }

  override down(): void {
    this.addSql('drop function audit_hash(audit_entries)');
    this.addSql('drop table audit_entries, api_keys, sessions, managers');
    this.addSql('drop function chain_audit_entry()');
  }
}
