import { Migration } from '@mikro-orm/migrations';

export class M0007Campaigns extends Migration {
  override name = 'm0007-campaigns';

  override up(): void {
    this.createCampaigns();
    this.createApprovals();
    this.createMeasurements();
  }

  override down(): void {
    this.addSql('drop table measurements, approvals, evidence, promotions, campaign_versions, campaigns');
    this.addSql('drop function require_approval()');
  }

  private createCampaigns(): void {
    this.addSql(`
      create table campaigns (
        id uuid primary key,
        name text not null,
        status text not null default 'draft' check (status in
          ('draft', 'in_review', 'changes_requested', 'rejected', 'approved', 'scheduled', 'live', 'paused', 'ended', 'measured', 'expired')),
        origin text not null check (origin in ('ai', 'manager')),
        author_id uuid references managers,
        current_version integer not null default 1 check (current_version >= 1),
        live_version integer,
        lock_version integer not null default 1,
        occasion text,
        priority integer not null default 0,
        starts_at timestamptz,
        ends_at timestamptz,
        is_killed boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    this.addSql("create index campaigns_live on campaigns (starts_at, ends_at) where status in ('scheduled', 'live')");
    this.addSql("create index campaigns_unreviewed on campaigns (created_at) where status = 'in_review'");
    this.addSql('create index campaigns_newest on campaigns (created_at desc, id desc)');
    this.addSql(`
      create table campaign_versions (
        campaign_id uuid not null references campaigns on delete cascade,
        version integer not null,
        content jsonb not null,
        content_hash text not null,
        model_versions jsonb not null default '{}',
        evidence_id uuid,
        created_by uuid references managers,
        created_at timestamptz not null default now(),
        primary key (campaign_id, version)
      )`);
    this.addSql(
      'create trigger campaign_versions_immutable before update on campaign_versions for each row execute function refuse_change()',
    );
    this.addSql(`
      create table promotions (
        id uuid primary key,
        campaign_id uuid not null,
        version integer not null,
        position integer not null,
        kind text not null,
        rule jsonb not null,
        unique (campaign_id, version, position),
        foreign key (campaign_id, version) references campaign_versions on delete cascade
      )`);
    this.addSql('create trigger promotions_immutable before update on promotions for each row execute function refuse_change()');
    // Evidence may be computed before its version row exists, hence no key to campaign_versions.
    this.addSql(`
      create table evidence (
        id uuid primary key,
        campaign_id uuid not null references campaigns on delete cascade,
        version integer not null,
        body jsonb not null,
        hash text not null,
        created_at timestamptz not null default now()
      )`);
    this.addSql('create index evidence_campaign on evidence (campaign_id, version)');
    this.addSql('create trigger evidence_immutable before update on evidence for each row execute function refuse_change()');
  }

  private createApprovals(): void {
    this.addSql(`
      create table approvals (
        id uuid primary key,
        campaign_id uuid not null,
        version integer not null,
        content_hash text not null,
        manager_id uuid not null references managers,
        decision text not null check (decision in ('approve', 'reject', 'request_changes')),
        reason text,
        at timestamptz not null default now(),
        unique (campaign_id, version, manager_id),
        foreign key (campaign_id, version) references campaign_versions on delete cascade
      )`);
    this.addSql('create trigger approvals_immutable before update on approvals for each row execute function refuse_change()');
    // The last lock behind every service: what is served is live_version, or current_version until it is set.
    this.addSql(`
      create function require_approval() returns trigger language plpgsql as $$
      declare served integer := coalesce(new.live_version, new.current_version);
      begin
        if not exists (
          select 1 from campaign_versions v
          join approvals a on a.campaign_id = v.campaign_id and a.version = v.version and a.content_hash = v.content_hash
          where v.campaign_id = new.id and v.version = served and a.decision = 'approve'
            and a.manager_id is distinct from new.author_id and a.manager_id is distinct from v.created_by
        ) then
          raise exception 'campaign % version % has no approval by another manager', new.id, served
            using errcode = 'integrity_constraint_violation', constraint = 'campaigns_require_approval';
        end if;
        return new;
      end $$`);
    this.addSql(`create trigger campaigns_require_approval before insert or update of status, live_version, current_version, author_id on campaigns
      for each row when (new.status in ('scheduled', 'live')) execute function require_approval()`);
  }

  private createMeasurements(): void {
    this.addSql(`
      create table measurements (
        id uuid primary key,
        campaign_id uuid not null references campaigns on delete cascade,
        computed_at timestamptz not null default now(),
        body jsonb not null,
        is_final boolean not null default false
      )`);
    this.addSql('create index measurements_campaign on measurements (campaign_id, computed_at desc)');
  }
}
