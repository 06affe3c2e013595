import { Migration } from '@mikro-orm/migrations';

export class M0003Users extends Migration {
  override name = 'm0003-users';

  override up(): void {
    this.addSql(`
      create table users (
        id uuid primary key,
        external_id text not null unique,
        pseudonym text not null unique,
        has_consent boolean not null default false,
        personal_encrypted bytea,
        key_version integer,
        attributes jsonb not null default '{}',
        created_at timestamptz not null default now(),
        erased_at timestamptz
      )`);
    this.addSql('create index users_created on users (created_at desc, id desc)');
  }

  override down(): void {
    this.addSql('drop table users');
  }
}
