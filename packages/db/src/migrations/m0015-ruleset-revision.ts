import { Migration } from '@mikro-orm/migrations';

/** One number that changes whenever the rules in force do, so that processes need not read all rules to learn that none changed. */
export class M0015RulesetRevision extends Migration {
  override name = 'm0015-ruleset-revision';

  override up(): void {
    this.addSql(`
      create table ruleset_revision (
        is_only boolean primary key default true check (is_only),
        revision bigint not null default 0
      )`);
    this.addSql('insert into ruleset_revision default values');
    // Once a transaction, when it commits: nobody waits for this row while holding what another holder of it needs.
    this.addSql(`
      create function revise_ruleset() returns trigger language plpgsql as $$
      begin
        if current_setting('promolift.revised_in', true) is distinct from pg_current_xact_id()::text then
          update ruleset_revision set revision = revision + 1;
          perform set_config('promolift.revised_in', pg_current_xact_id()::text, true);
        end if;
        return null;
      end $$`);
    for (const [event, when] of WHEN)
      this.addSql(`create constraint trigger campaigns_revise_on_${event} after ${event} on campaigns
        deferrable initially deferred for each row when (${when}) execute function revise_ruleset()`);
  }

  override down(): void {
    for (const [event] of WHEN) this.addSql(`drop trigger campaigns_revise_on_${event} on campaigns`);
    this.addSql('drop function revise_ruleset()');
    this.addSql('drop table ruleset_revision');
  }
}

const WHEN = [
  ['insert', "new.status = 'live'"],
  [
    'update',
    `(old.status = 'live' or new.status = 'live') and (old.status, coalesce(old.live_version, old.current_version), old.is_killed)
      is distinct from (new.status, coalesce(new.live_version, new.current_version), new.is_killed)`,
  ],
  ['delete', "old.status = 'live'"],
] as const;
