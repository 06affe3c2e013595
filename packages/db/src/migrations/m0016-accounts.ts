import { Migration } from '@mikro-orm/migrations';
import { EXPIRE_ACCOUNT, LOCK_ACCOUNTS, POST_ACCOUNT_ENTRY, RELEASE_EARNING, TAKE_EARNING_BACK } from './m0016-account-functions.ts';

/** What the shop owes to shoppers: points and gift cards, as one sort of account with one ledger. */
export class M0016Accounts extends Migration {
  override name = 'm0016-accounts';

  override up(): void {
    this.addSql(`
      create table accounts (
        id uuid primary key,
        kind text not null check (kind in ('points', 'gift_card')),
        user_id uuid references users,
        guest_key text,
        code_hash text unique,
        code_ending text,
        currency char(3),
        balance bigint not null default 0,
        pending bigint not null default 0,
        expires_at timestamptz,
        created_at timestamptz not null,
        constraint accounts_balance check (balance >= 0),
        constraint accounts_pending check (pending >= 0),
        constraint accounts_kind check (case kind when 'points' then user_id is not null and currency is null
          else currency is not null and code_hash is not null and pending = 0 end)
      )`);
    this.addSql("create unique index accounts_points on accounts (user_id) where kind = 'points'");
    this.addSql('create index accounts_user on accounts (user_id)');
    this.addSql('create index accounts_expiring on accounts (expires_at) where expires_at is not null and balance > 0');
    this.addSql(`
      create table account_entries (
        id uuid primary key,
        account_id uuid not null references accounts,
        kind text not null check (kind in ('issue', 'adjust', 'earn', 'refer', 'referred', 'release', 'take_back', 'spend', 'give_back', 'expire')),
        available bigint not null,
        pending bigint not null,
        minor bigint,
        order_id uuid,
        campaign_id uuid,
        promotion_id uuid,
        lines jsonb,
        of_entry uuid references account_entries,
        key text not null,
        at timestamptz not null,
        available_at timestamptz,
        -- Entries of one instant in the order in which they were made.
        place bigint generated always as identity,
        unique (account_id, key)
      )`);
    this.addSql('create index account_entries_order on account_entries (order_id) where order_id is not null');
    this.addSql('create index account_entries_of on account_entries (of_entry) where of_entry is not null');
    for (const [name, when, each] of [
      ['append_only', 'update or delete', 'row'],
      ['no_truncate', 'truncate', 'statement'],
    ] as const)
      this.addSql(
        `create trigger account_entries_${name} before ${when} on account_entries for each ${each} execute function refuse_change()`,
      );
    // A list of what is to do, not of what was done: a row goes when its points are released or all taken back.
    this.addSql(`
      create table pending_earnings (
        entry_id uuid primary key references account_entries,
        account_id uuid not null references accounts,
        available_at timestamptz not null
      )`);
    this.addSql('create index pending_earnings_due on pending_earnings (available_at)');
    for (const create of [LOCK_ACCOUNTS, POST_ACCOUNT_ENTRY, TAKE_EARNING_BACK, RELEASE_EARNING, EXPIRE_ACCOUNT]) this.addSql(create);
  }

  override down(): void {
    this.addSql('drop function lock_accounts, post_account_entry, take_earning_back, release_earning, expire_account');
    this.addSql('drop table pending_earnings, account_entries, accounts');
  }
}
