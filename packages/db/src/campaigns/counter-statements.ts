/**
 * Each statement changes counters, redemption and ledger together or not at all.
 *
 * A statement's own snapshot is older than the locks it waits for. Therefore every guard reads rows it has locked with FOR
 * UPDATE, which PostgreSQL re-reads after waiting (READ COMMITTED), and the user's counter, which may not exist yet, is
 * guarded inside ON CONFLICT. The campaign's counter is always locked before codes and user counters: no deadlock.
 */

/** $1 campaign, $2 version, $3 promotion, $4 order, $5 user, $6 anonymous, $7 user key, $8 code, $9 decision, $10 amount, $11 at, $12 expires, $13 key, $14 user's limit. */
export const RESERVE = `
with existing as (
  select id from redemptions where campaign_id = $1::uuid and idempotency_key = $13::text
), locked as materialized (
  select c.*, k.status, k.is_killed, k.live_version, k.starts_at, k.ends_at
  from campaign_counters c join campaigns k on k.id = c.campaign_id
  where c.campaign_id = $1::uuid and not exists (select from existing)
  for update of c
), code as materialized (
  select d.* from locked l join codes d on d.campaign_id = l.campaign_id and d.id = $8::uuid for update of d
), guards as materialized (
  select l.campaign_id, l.currency, l.is_killed,
    l.status = 'live' and coalesce(l.live_version = $2::int, true)
      and $11::timestamptz >= coalesce(l.starts_at, '-infinity') and $11::timestamptz < coalesce(l.ends_at, 'infinity') as is_live,
    l.redemption_limit is null or l.reserved_uses + l.used < l.redemption_limit as is_within_limit,
    l.reserved_minor + l.spent_minor + $10::bigint <= l.budget_minor as is_within_budget,
    $8::uuid is null or exists (select from code d where d.revoked_at is null and coalesce(d.assigned_user_id = $5::uuid, d.assigned_user_id is null)) as is_valid_code,
    $8::uuid is null or exists (select from code d where d.use_limit is null or d.used < d.use_limit) as is_within_code
  from locked l
), user_use as (
  insert into user_counters (campaign_id, user_key, use_limit, used)
  select g.campaign_id, $7::text, $14::int, 1 from guards g
  where not g.is_killed and g.is_live and g.is_within_limit and g.is_within_budget and g.is_valid_code and g.is_within_code
    and ($14::int is null or $14::int > 0)
  on conflict (campaign_id, user_key) do update set used = user_counters.used + 1, use_limit = excluded.use_limit
    where excluded.use_limit is null or user_counters.used < excluded.use_limit
  returning campaign_id
), counted as (
  update campaign_counters c set reserved_minor = c.reserved_minor + $10::bigint, reserved_uses = c.reserved_uses + 1
  from user_use u where c.campaign_id = u.campaign_id returning c.campaign_id, c.currency
), code_use as (
  update codes d set used = d.used + 1 from user_use u where d.id = $8::uuid and d.campaign_id = u.campaign_id
), redemption as (
  insert into redemptions (id, campaign_id, campaign_version, promotion_id, order_id, user_id, anonymous_id, user_key, code_id, decision_id,
    status, amount_minor, currency, reserved_at, expires_at, idempotency_key)
  select uuid_v7($11::timestamptz), c.campaign_id, $2::int, $3::uuid, $4::uuid, $5::uuid, $6::text, $7::text, $8::uuid, $9::uuid,
    'reserved', $10::bigint, c.currency, $11::timestamptz, $12::timestamptz, $13::text
  from counted c returning id, campaign_id
), entry as (
  insert into ledger_entries (id, campaign_id, redemption_id, kind, amount_minor, uses, at)
  select uuid_v7($11::timestamptz), r.campaign_id, r.id, 'reserve', $10::bigint, 1, $11::timestamptz from redemption r
)
select coalesce((select id from redemption), (select id from existing)) as id,
  case
    when exists (select from existing) then 'REPEAT'
    when not exists (select from guards) then 'NOT_LIVE'
    when (select is_killed from guards) then 'KILLED'
    when not (select is_live from guards) then 'NOT_LIVE'
    when not (select is_within_limit from guards) then 'LIMIT_REACHED'
    when not (select is_within_budget from guards) then 'BUDGET_EXHAUSTED'
    when not (select is_valid_code from guards) then 'CODE_NOT_VALID'
    when not (select is_within_code from guards) then 'CODE_LIMIT_REACHED'
    when not exists (select from redemption) then 'USER_LIMIT_REACHED'
    else 'DONE'
  end as outcome`;

const LOCKED = `
with locked as materialized (
  select r.* from redemptions r where r.id = $1::uuid for update
), counter as materialized (
  select c.* from locked l join campaign_counters c on c.campaign_id = l.campaign_id for update of c
)`;

/** $1 redemption, $2 at, $3 order, $4 final amount or null for the reserved one. */
export const COMMIT = `${LOCKED}, ready as materialized (
  select l.id, l.campaign_id, l.amount_minor, coalesce($4::bigint, l.amount_minor) as final_minor
  from locked l join counter c on c.campaign_id = l.campaign_id
  where l.status = 'reserved' and l.expires_at > $2::timestamptz
    and c.reserved_minor - l.amount_minor + c.spent_minor + coalesce($4::bigint, l.amount_minor) <= c.budget_minor
), counted as (
  update campaign_counters c set reserved_minor = c.reserved_minor - r.amount_minor, spent_minor = c.spent_minor + r.final_minor,
    reserved_uses = c.reserved_uses - 1, used = c.used + 1
  from ready r where c.campaign_id = r.campaign_id
), redemption as (
  update redemptions x set status = 'committed', committed_at = $2::timestamptz, order_id = coalesce($3::uuid, x.order_id), amount_minor = r.final_minor
  from ready r where x.id = r.id
), entry as (
  insert into ledger_entries (id, campaign_id, redemption_id, kind, amount_minor, uses, at)
  select uuid_v7($2::timestamptz), r.campaign_id, r.id, 'commit', r.final_minor, 1, $2::timestamptz from ready r
)
select $1::uuid as id,
  case
    when not exists (select from locked) then 'NOT_FOUND'
    when exists (select from ready) then 'DONE'
    when (select status from locked) = 'committed' then 'REPEAT'
    when (select status from locked) = 'released' then 'ALREADY_RELEASED'
    when (select expires_at from locked) <= $2::timestamptz then 'EXPIRED'
    else 'BUDGET_EXHAUSTED'
  end as outcome`;

/** $1 redemption, $2 at. */
export const RELEASE = `${LOCKED}, ready as materialized (
  select l.* from locked l join counter c on c.campaign_id = l.campaign_id where l.status = 'reserved'
), counted as (
  update campaign_counters c set reserved_minor = c.reserved_minor - r.amount_minor, reserved_uses = c.reserved_uses - 1
  from ready r where c.campaign_id = r.campaign_id
), user_use as (
  update user_counters u set used = u.used - 1 from ready r where u.campaign_id = r.campaign_id and u.user_key = r.user_key
), code_use as (
  update codes d set used = d.used - 1 from ready r where d.id = r.code_id
), redemption as (
  update redemptions x set status = 'released', released_at = $2::timestamptz from ready r where x.id = r.id
), entry as (
  insert into ledger_entries (id, campaign_id, redemption_id, kind, amount_minor, uses, at)
  select uuid_v7($2::timestamptz), r.campaign_id, r.id, 'release', -r.amount_minor, -1, $2::timestamptz from ready r
)
select $1::uuid as id,
  case
    when not exists (select from locked) then 'NOT_FOUND'
    when exists (select from ready) then 'DONE'
    when (select status from locked) = 'committed' then 'ALREADY_COMMITTED'
    else 'ALREADY_RELEASED'
  end as outcome`;

/** $1 redemption, $2 at, $3 amount, $4 whether a whole refund gives the use back, $5 refund id. */
export const REFUND = `${LOCKED}, repeated as (
  select id from ledger_entries where id = $5::uuid
), ready as materialized (
  select l.*, (case when $4::boolean and l.refunded_minor + $3::bigint = l.amount_minor then 1 else 0 end) as returned_uses
  from locked l join counter c on c.campaign_id = l.campaign_id
  where l.status = 'committed' and $3::bigint > 0 and l.refunded_minor + $3::bigint <= l.amount_minor and not exists (select from repeated)
), counted as (
  update campaign_counters c set spent_minor = c.spent_minor - $3::bigint, used = c.used - r.returned_uses
  from ready r where c.campaign_id = r.campaign_id
), user_use as (
  update user_counters u set used = u.used - r.returned_uses from ready r where u.campaign_id = r.campaign_id and u.user_key = r.user_key
), code_use as (
  update codes d set used = d.used - r.returned_uses from ready r where d.id = r.code_id
), redemption as (
  update redemptions x set refunded_minor = x.refunded_minor + $3::bigint from ready r where x.id = r.id
), entry as (
  insert into ledger_entries (id, campaign_id, redemption_id, kind, amount_minor, uses, at)
  select $5::uuid, r.campaign_id, r.id, 'refund', -$3::bigint, -r.returned_uses, $2::timestamptz from ready r
)
select $1::uuid as id,
  case
    when not exists (select from locked) then 'NOT_FOUND'
    when exists (select from repeated) then 'REPEAT'
    when exists (select from ready) then 'DONE'
    when (select status from locked) = 'released' then 'ALREADY_RELEASED'
    when (select status from locked) = 'reserved' then 'NOT_COMMITTED'
    else 'REFUND_ABOVE_AMOUNT'
  end as outcome`;
