/**
 * The only statements that change what an account holds, each with its entry or not at all. The account is locked first, and every
 * guard is asked after; an order over several accounts locks them all by id. Waiting is bounded: 55P03. `-- guard: x` names the
 * lines that tests take out to see that they are needed.
 */
const FUNCTION_TAIL = `language plpgsql set lock_timeout = '3s' as $$
#variable_conflict use_column`;

export const POST_ACCOUNT_ENTRY = `
create function post_account_entry(
  in_account uuid, in_kind text, in_available bigint, in_pending bigint, in_minor bigint, in_order uuid, in_campaign uuid, in_promotion uuid, in_lines jsonb,
  in_most integer, in_at timestamptz, in_available_at timestamptz, in_expires timestamptz, in_of uuid, in_key text
) returns table (id uuid, outcome text) ${FUNCTION_TAIL}
declare
  account accounts; found_id uuid;
begin
  select a.* into account from accounts a where a.id = in_account for update; -- lock: account
  if account.id is null then return query select null::uuid, 'NOT_FOUND'; return; end if;
  select e.id into found_id from account_entries e where e.account_id = in_account and e.key = in_key;
  if found_id is not null then return query select found_id, 'REPEAT'; return; end if; -- guard: account entry repeat
  if in_kind = 'spend' and account.expires_at <= in_at then return query select null::uuid, 'ACCOUNT_EXPIRED'; return; end if; -- guard: account expiry
  if account.balance + in_available < 0 or account.pending + in_pending < 0 then return query select null::uuid, 'BALANCE_TOO_SMALL'; return; end if; -- guard: account balance
  if in_most <= (select count(*) from account_entries e where e.account_id = in_account and e.campaign_id = in_campaign and e.kind = 'refer') then return query select null::uuid, 'REFERRER_LIMIT_REACHED'; return; end if; -- guard: rewards of a referrer
  found_id := uuid_v7(in_at);
  update accounts a set balance = a.balance + in_available, pending = a.pending + in_pending,
    expires_at = case when in_kind = 'give_back' then case when a.expires_at is not null then greatest(a.expires_at, in_expires) end else coalesce(in_expires, a.expires_at) end
    where a.id = in_account;
  insert into account_entries (id, account_id, kind, available, pending, minor, order_id, campaign_id, promotion_id, lines, of_entry, key, at, available_at)
  values (found_id, in_account, in_kind, in_available, in_pending, in_minor, in_order, in_campaign, in_promotion, in_lines, in_of, in_key, in_at, in_available_at);
  if in_pending > 0 then insert into pending_earnings (entry_id, account_id, available_at) values (found_id, in_account, in_available_at); end if;
  return query select found_id, 'DONE';
end $$`;

const OPEN_EARNING = `
  select e.* into earned from account_entries e where e.id = in_entry and e.kind in ('earn', 'refer', 'referred');
  if earned.id is null then return query select in_entry, 'NOT_FOUND', 0::bigint; return; end if;
  select a.* into account from accounts a where a.id = earned.account_id for update; -- lock: account`;

/** Takes promised or given points back, up to \`in_lost\` in all; of points that were spent since, what is left. */
export const TAKE_EARNING_BACK = `
create function take_earning_back(in_entry uuid, in_lost bigint, in_at timestamptz, in_key text)
returns table (id uuid, outcome text, taken bigint) ${FUNCTION_TAIL}
declare
  earned account_entries; account accounts; wanted bigint; is_pending boolean; found_id uuid;
begin${OPEN_EARNING.replace('-- lock: account', '-- lock: account of lost points')}
  wanted := least(in_lost, earned.pending) - (select coalesce(-sum(e.available + e.pending), 0) from account_entries e where e.of_entry = in_entry and e.kind = 'take_back');
  is_pending := exists (select from pending_earnings q where q.entry_id = in_entry);
  if not is_pending then wanted := least(wanted, account.balance); end if; -- guard: spent points stay spent
  if wanted <= 0 then return query select in_entry, 'REPEAT', 0::bigint; return; end if; -- guard: points lost once
  found_id := uuid_v7(in_at);
  update accounts a set balance = a.balance - case when is_pending then 0 else wanted end, pending = a.pending - case when is_pending then wanted else 0 end where a.id = account.id;
  insert into account_entries (id, account_id, kind, available, pending, order_id, campaign_id, of_entry, key, at)
  values (found_id, account.id, 'take_back', case when is_pending then 0 else -wanted end, case when is_pending then -wanted else 0 end,
    earned.order_id, earned.campaign_id, in_entry, in_key, in_at);
  if in_lost >= earned.pending then delete from pending_earnings q where q.entry_id = in_entry; end if;
  return query select found_id, 'DONE', wanted;
end $$`;

/** What an order still promises becomes spendable, once, when its time has come. */
export const RELEASE_EARNING = `
create function release_earning(in_entry uuid, in_at timestamptz, in_expires timestamptz)
returns table (id uuid, outcome text, released bigint) ${FUNCTION_TAIL}
declare
  earned account_entries; account accounts; wanted bigint; found_id uuid;
begin${OPEN_EARNING.replace('-- lock: account', '-- lock: account of released points')}
  if not exists (select from pending_earnings q where q.entry_id = in_entry and q.available_at <= in_at) then return query select in_entry, 'REPEAT', 0::bigint; return; end if; -- guard: points released once
  wanted := earned.pending + (select coalesce(sum(e.pending), 0) from account_entries e where e.of_entry = in_entry);
  found_id := uuid_v7(in_at);
  update accounts a set balance = a.balance + wanted, pending = a.pending - wanted, expires_at = coalesce(in_expires, a.expires_at) where a.id = account.id;
  insert into account_entries (id, account_id, kind, available, pending, order_id, campaign_id, of_entry, key, at)
  values (found_id, account.id, 'release', wanted, -wanted, earned.order_id, earned.campaign_id, in_entry, 'release.' || in_entry, in_at);
  delete from pending_earnings q where q.entry_id = in_entry;
  return query select found_id, 'DONE', wanted;
end $$`;

/** Forfeits what an account that ran out still holds. */
export const EXPIRE_ACCOUNT = `
create function expire_account(in_account uuid, in_at timestamptz) returns bigint ${FUNCTION_TAIL}
declare
  account accounts;
begin
  select a.* into account from accounts a where a.id = in_account for update; -- lock: account that expires
  if account.expires_at is null or account.expires_at > in_at or account.balance = 0 then return 0; end if; -- guard: expiry is due
  update accounts a set balance = 0 where a.id = in_account;
  insert into account_entries (id, account_id, kind, available, pending, key, at)
  values (uuid_v7(in_at), in_account, 'expire', -account.balance, 0, 'expire.' || uuid_v7(in_at), in_at);
  return account.balance;
end $$`;

/** For a transaction that will use several accounts. */
export const LOCK_ACCOUNTS = `
create function lock_accounts(in_accounts uuid[]) returns void ${FUNCTION_TAIL}
begin
  perform a.id from accounts a where a.id = any(in_accounts) order by a.id for update; -- lock: accounts of an order
end $$`;
