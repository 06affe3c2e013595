import { Migration } from '@mikro-orm/migrations';

export class M0011CodeBatches extends Migration {
  override name = 'm0011-code-batches';

  override up(): void {
    // What an assigned code says of its owner: small, never given twice, and meaningless outside this database.
    this.addSql('alter table users add column number bigint not null generated always as identity unique');
    this.addSql(`
      create table code_batches (
        id uuid primary key,
        number integer not null generated always as identity (maxvalue 1048575) unique,
        campaign_id uuid not null references campaigns on delete cascade,
        promotion_id uuid not null references promotions on delete cascade,
        variant text not null check (variant in ('open', 'assigned')),
        size integer check (size > 0),
        use_limit integer not null check (use_limit > 0),
        prefix text,
        starts_at timestamptz,
        ends_at timestamptz check (ends_at > starts_at),
        created_by uuid references managers,
        created_at timestamptz not null,
        constraint code_batches_size check ((variant = 'open') = (size is not null))
      )`);
    this.addSql('create index code_batches_campaign on code_batches (campaign_id, number desc)');
    this.addSql(`
      create table code_revocations (
        id uuid primary key,
        batch_number integer not null references code_batches (number) on delete cascade,
        first bigint not null check (first >= 0),
        last bigint not null check (last >= first),
        revoked_by uuid references managers,
        revoked_at timestamptz not null
      )`);
    this.addSql('create index code_revocations_range on code_revocations (batch_number, first)');
    this.addSql(
      'alter table codes add column batch_number integer references code_batches (number) on delete cascade, add column counter bigint',
    );
    this.addSql('alter table codes add constraint codes_generated check ((batch_number is null) = (counter is null))');
    this.addSql('create unique index codes_counter on codes (batch_number, counter) where batch_number is not null');
  }

  override down(): void {
    // A generated code is nothing without its batch, and redemptions that used one only lose the word for it.
    this.addSql('update redemptions set code_id = null where code_id in (select id from codes where batch_number is not null)');
    this.addSql('delete from codes where batch_number is not null');
    this.addSql('alter table codes drop column counter, drop column batch_number');
    this.addSql('drop table code_revocations, code_batches');
    this.addSql('alter table users drop column number');
  }
}
