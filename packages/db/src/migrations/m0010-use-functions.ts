/**
 * The four statements that change counters, each with its ledger entry or not at all.
 *
 * Locks go in one order everywhere: shared budget, campaign counter, then redemption, code and limits; whoever holds the
 * campaign's counter alone changes its limits and redemptions. A function's statements each see what was committed before
 * them, so that every guard is asked after the locks are held and reads what is true then. Waiting is bounded: 55P03.
 *
 * `-- lock: x` and `-- guard: x` name the lines that `npm run test:guards` takes out to see a test go red.
 */
const FUNCTION_TAIL = `language plpgsql set lock_timeout = '3s' as $$
#variable_conflict use_column`;

/** For a transaction that will use several campaigns. */
export const LOCK_COUNTERS = `
create function lock_counters(in_campaigns uuid[]) returns void ${FUNCTION_TAIL}
begin
  perform b.id from shared_budgets b where b.id in (select c.shared_budget_id from campaign_counters c where c.campaign_id = any(in_campaigns))
    order by b.id for update; -- lock: shared budgets of an order
  perform c.campaign_id from campaign_counters c where c.campaign_id = any(in_campaigns) order by c.campaign_id
    for update; -- lock: campaigns of an order
end $$`;

export const RESERVE_USE = `
create function reserve_use(
  in_campaign uuid, in_version integer, in_promotion uuid, in_order uuid, in_user uuid, in_anonymous text, in_user_key text,
  in_code uuid, in_decision uuid, in_amount bigint, in_at timestamptz, in_expires timestamptz, in_key text, in_units integer, in_limits jsonb
) returns table (id uuid, outcome text) ${FUNCTION_TAIL}
declare
  shared shared_budgets; counter campaign_counters; campaign campaigns; code codes; found_id uuid; refusal text;
begin
  select b.* into shared from campaign_counters c join shared_budgets b on b.id = c.shared_budget_id where c.campaign_id = in_campaign
    for update of b; -- lock: shared budget
  select c.* into counter from campaign_counters c where c.campaign_id = in_campaign
    for update; -- lock: campaign counter
  if counter.campaign_id is null then return query select null::uuid, 'NOT_LIVE'; return; end if;
  select r.id into found_id from redemptions r where r.campaign_id = in_campaign and r.idempotency_key = in_key;
  if found_id is not null then return query select found_id, 'REPEAT'; return; end if; -- guard: repeat
  if counter.shared_budget_id is distinct from shared.id then raise exception 'the shared budget changed' using errcode = 'serialization_failure'; end if;
  select k.* into campaign from campaigns k where k.id = in_campaign;
  if exists (select from settings s where s.key = 'shop' and (s.value ->> 'killSwitch')::boolean) then return query select null::uuid, 'KILLED'; return; end if; -- guard: kill switch
  if campaign.is_killed then return query select null::uuid, 'KILLED'; return; end if; -- guard: killed
  if campaign.status <> 'live' or campaign.live_version <> in_version then return query select null::uuid, 'NOT_LIVE'; return; end if; -- guard: live version
  if in_at < campaign.starts_at or in_at >= campaign.ends_at then return query select null::uuid, 'NOT_LIVE'; return; end if; -- guard: window
  if counter.reserved_uses + counter.used >= counter.redemption_limit then return query select null::uuid, 'LIMIT_REACHED'; return; end if; -- guard: redemption limit
  if counter.reserved_minor + counter.spent_minor + in_amount > counter.budget_minor then return query select null::uuid, 'BUDGET_EXHAUSTED'; return; end if; -- guard: budget
  if shared.reserved_minor + shared.spent_minor + in_amount > shared.budget_minor then return query select null::uuid, 'BUDGET_EXHAUSTED'; return; end if; -- guard: shared budget
  if in_code is not null then
    select d.* into code from codes d where d.id = in_code and d.campaign_id = in_campaign for update;
    if code.id is null or code.revoked_at is not null or code.assigned_user_id <> coalesce(in_user, '00000000-0000-0000-0000-000000000000') then return query select null::uuid, 'CODE_NOT_VALID'; return; end if; -- guard: code valid
    if code.used >= code.use_limit then return query select null::uuid, 'CODE_LIMIT_REACHED'; return; end if; -- guard: code limit
  end if;
  select w.refusal into refusal
  from jsonb_to_recordset(in_limits) as w(key text, refusal text, "maxUses" integer, "maxMinor" bigint, "maxUnits" integer)
  left join limit_counters c on c.campaign_id = in_campaign and c.key = w.key
  where coalesce(c.uses, 0) >= w."maxUses" or coalesce(c.minor, 0) + in_amount > w."maxMinor" or coalesce(c.units, 0) + in_units > w."maxUnits"
  order by w.key limit 1;
  if refusal is not null then return query select null::uuid, refusal; return; end if; -- guard: limits
  insert into limit_counters as c (campaign_id, key, max_uses, max_minor, max_units, uses, minor, units)
  select in_campaign, w.key, w."maxUses", w."maxMinor", w."maxUnits", 1, in_amount, in_units
  from jsonb_to_recordset(in_limits) as w(key text, "maxUses" integer, "maxMinor" bigint, "maxUnits" integer)
  on conflict (campaign_id, key) do update set uses = c.uses + 1, minor = c.minor + excluded.minor, units = c.units + excluded.units,
    max_uses = excluded.max_uses, max_minor = excluded.max_minor, max_units = excluded.max_units;
  update shared_budgets b set reserved_minor = b.reserved_minor + in_amount where b.id = shared.id;
  update campaign_counters c set reserved_minor = c.reserved_minor + in_amount, reserved_uses = c.reserved_uses + 1 where c.campaign_id = in_campaign;
  update codes d set used = d.used + 1 where d.id = code.id;
  found_id := uuid_v7(in_at);
  insert into redemptions (id, campaign_id, campaign_version, promotion_id, order_id, user_id, anonymous_id, user_key, code_id, decision_id, status,
    amount_minor, currency, reserved_at, expires_at, idempotency_key, shared_budget_id, units, limit_keys)
  values (found_id, in_campaign, in_version, in_promotion, in_order, in_user, in_anonymous, in_user_key, in_code, in_decision, 'reserved',
    in_amount, counter.currency, in_at, in_expires, in_key, shared.id, in_units,
    array(select w ->> 'key' from jsonb_array_elements(in_limits) w));
  insert into ledger_entries (id, campaign_id, redemption_id, kind, amount_minor, uses, at)
  values (uuid_v7(in_at), in_campaign, found_id, 'reserve', in_amount, 1, in_at);
  return query select found_id, 'DONE';
end $$`;

const LOCK_REDEMPTION = `
  select * into redemption from redemptions r where r.id = in_redemption;
  if redemption.id is null then return query select in_redemption, 'NOT_FOUND'; return; end if;
  select b.* into shared from shared_budgets b where b.id = redemption.shared_budget_id for update;
  select c.* into counter from campaign_counters c where c.campaign_id = redemption.campaign_id for update;
  select * into redemption from redemptions r where r.id = in_redemption for update;`;

export const COMMIT_USE = `
create function commit_use(in_redemption uuid, in_at timestamptz, in_order uuid, in_amount bigint, in_units integer)
returns table (id uuid, outcome text) ${FUNCTION_TAIL}
declare
  redemption redemptions; shared shared_budgets; counter campaign_counters; more_minor bigint; more_units integer; final_minor bigint; is_above boolean;
begin${LOCK_REDEMPTION}
  if redemption.status = 'committed' then return query select in_redemption, 'REPEAT'; return; end if; -- guard: committed once
  if redemption.status = 'released' then return query select in_redemption, 'ALREADY_RELEASED'; return; end if; -- guard: commit of a released one
  if redemption.expires_at <= in_at then return query select in_redemption, 'EXPIRED'; return; end if; -- guard: expiry
  final_minor := coalesce(in_amount, redemption.amount_minor);
  more_minor := final_minor - redemption.amount_minor;
  more_units := coalesce(in_units, redemption.units) - redemption.units;
  if counter.reserved_minor + counter.spent_minor + more_minor > counter.budget_minor then return query select in_redemption, 'BUDGET_EXHAUSTED'; return; end if; -- guard: budget at commit
  if shared.reserved_minor + shared.spent_minor + more_minor > shared.budget_minor then return query select in_redemption, 'BUDGET_EXHAUSTED'; return; end if; -- guard: shared budget at commit
  is_above := exists (select from limit_counters c where c.campaign_id = redemption.campaign_id and c.key = any(redemption.limit_keys)
    and (c.minor + greatest(more_minor, 0) > c.max_minor or c.units + greatest(more_units, 0) > c.max_units));
  if is_above then return query select in_redemption, 'LIMIT_REACHED'; return; end if; -- guard: limits at commit
  update limit_counters c set minor = c.minor + more_minor, units = c.units + more_units
  where c.campaign_id = redemption.campaign_id and c.key = any(redemption.limit_keys) and (more_minor <> 0 or more_units <> 0);
  update shared_budgets b set reserved_minor = b.reserved_minor - redemption.amount_minor, spent_minor = b.spent_minor + final_minor where b.id = shared.id;
  update campaign_counters c set reserved_minor = c.reserved_minor - redemption.amount_minor, spent_minor = c.spent_minor + final_minor,
    reserved_uses = c.reserved_uses - 1, used = c.used + 1 where c.campaign_id = redemption.campaign_id;
  update redemptions r set status = 'committed', committed_at = in_at, order_id = coalesce(in_order, r.order_id), amount_minor = final_minor,
    units = r.units + more_units where r.id = in_redemption;
  insert into ledger_entries (id, campaign_id, redemption_id, kind, amount_minor, uses, at)
  values (uuid_v7(in_at), redemption.campaign_id, in_redemption, 'commit', final_minor, 1, in_at);
  return query select in_redemption, 'DONE';
end $$`;

const GIVE_USE_BACK = `
  update codes d set used = d.used - uses_back where d.id = redemption.code_id and uses_back > 0;
  update limit_counters c set uses = c.uses - uses_back, minor = c.minor - minor_back, units = c.units - uses_back * redemption.units
  where c.campaign_id = redemption.campaign_id and c.key = any(redemption.limit_keys);`;

export const RELEASE_USE = `
create function release_use(in_redemption uuid, in_at timestamptz)
returns table (id uuid, outcome text) ${FUNCTION_TAIL}
declare
  redemption redemptions; shared shared_budgets; counter campaign_counters; uses_back integer := 1; minor_back bigint;
begin${LOCK_REDEMPTION}
  if redemption.status = 'committed' then return query select in_redemption, 'ALREADY_COMMITTED'; return; end if; -- guard: release of a committed one
  if redemption.status = 'released' then return query select in_redemption, 'ALREADY_RELEASED'; return; end if; -- guard: released once
  minor_back := redemption.amount_minor;${GIVE_USE_BACK}
  update shared_budgets b set reserved_minor = b.reserved_minor - minor_back where b.id = shared.id;
  update campaign_counters c set reserved_minor = c.reserved_minor - minor_back, reserved_uses = c.reserved_uses - 1 where c.campaign_id = redemption.campaign_id;
  update redemptions r set status = 'released', released_at = in_at where r.id = in_redemption;
  insert into ledger_entries (id, campaign_id, redemption_id, kind, amount_minor, uses, at)
  values (uuid_v7(in_at), redemption.campaign_id, in_redemption, 'release', -minor_back, -1, in_at);
  return query select in_redemption, 'DONE';
end $$`;

export const REFUND_USE = `
create function refund_use(in_redemption uuid, in_at timestamptz, in_amount bigint, in_returns_use boolean, in_refund uuid)
returns table (id uuid, outcome text) ${FUNCTION_TAIL}
declare
  redemption redemptions; shared shared_budgets; counter campaign_counters; uses_back integer := 0; minor_back bigint := in_amount;
begin${LOCK_REDEMPTION}
  if exists (select from ledger_entries e where e.id = in_refund) then return query select in_redemption, 'REPEAT'; return; end if; -- guard: refunded once
  if redemption.status = 'released' then return query select in_redemption, 'ALREADY_RELEASED'; return; end if;
  if redemption.status = 'reserved' then return query select in_redemption, 'NOT_COMMITTED'; return; end if; -- guard: refund of a reserved one
  if in_amount < 0 or redemption.refunded_minor + in_amount > redemption.amount_minor then return query select in_redemption, 'REFUND_ABOVE_AMOUNT'; return; end if; -- guard: refund
  if in_returns_use and not redemption.is_use_returned and redemption.refunded_minor + in_amount = redemption.amount_minor then uses_back := 1; end if;
  if in_amount = 0 and uses_back = 0 then return query select in_redemption, 'REFUND_ABOVE_AMOUNT'; return; end if;${GIVE_USE_BACK}
  update shared_budgets b set spent_minor = b.spent_minor - minor_back where b.id = shared.id;
  update campaign_counters c set spent_minor = c.spent_minor - minor_back, used = c.used - uses_back where c.campaign_id = redemption.campaign_id;
  update redemptions r set refunded_minor = r.refunded_minor + minor_back, is_use_returned = r.is_use_returned or uses_back > 0 where r.id = in_redemption;
  insert into ledger_entries (id, campaign_id, redemption_id, kind, amount_minor, uses, at)
  values (in_refund, redemption.campaign_id, in_redemption, 'refund', -minor_back, -uses_back, in_at);
  return query select in_redemption, 'DONE';
end $$`;
