import { COMMIT_USE, RESERVE_USE } from './m0010-use-functions.ts';

/**
 * Orders that are known of a user: those that are here, and those the shop told of by `redeem` that have not arrived yet.
 * Joined by the shop's own key and not by the link, so that an order counts once at every moment.
 */
export const KNOWN_ORDERS = `
create view known_orders as
select o.user_id, o.id as order_id, o.external_id, o.placed_at, o.status, o.currency, o.total_minor from orders o
union all
select r.user_id, null, r.order_external_id, min(r.committed_at), 'placed', null, 0 from redemptions r
where r.order_id is null and r.order_external_id is not null and not exists (select from orders o where o.external_id = r.order_external_id)
group by r.user_id, r.order_external_id`;

/**
 * Has this user ordered since the promotion was decided upon? Two orders of one user ask in turn, whatever their campaigns: who asks
 * later sees the other's order. Cancelled ones count too, so that the number only grows. The minute is for clocks of other requests.
 */
export const HAS_ORDERED_SINCE = `
create function has_ordered_since(in_user uuid, in_seen integer, in_order uuid, in_order_external text, in_at timestamptz) returns boolean
language plpgsql set lock_timeout = '3s' as $$
begin
  if in_seen is null or in_user is null then return false; end if;
  perform pg_advisory_xact_lock(hashtextextended('orders of ' || in_user, 0)); -- guard: orders of one user in turn
  return in_seen < (select count(*) from known_orders k where k.user_id = in_user and k.placed_at <= in_at + interval '1 minute'
    and (in_order is null or k.order_id is distinct from in_order) and k.external_id is distinct from in_order_external);
end $$`;

/** The same function with these lines changed, each found once. */
function withChanges(text: string, changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((changed, [from, to]) => {
    if (changed.split(from).length !== 2) throw new Error(`not once in the function: ${from}`);
    return changed.replace(from, () => to);
  }, text);
}

export const RESERVE_USE_17 = withChanges(RESERVE_USE, [
  ['in_limits jsonb\n)', 'in_limits jsonb, in_orders_seen integer\n)'],
  [
    '  insert into limit_counters as c',
    `  if has_ordered_since(in_user, in_orders_seen, in_order, null, in_at) then return query select null::uuid, 'CONDITION_NOT_MET'; return; end if; -- guard: orders seen
  insert into limit_counters as c`,
  ],
  ['units, limit_keys)\n', 'units, orders_seen, limit_keys)\n'],
  ['shared.id, in_units,\n', 'shared.id, in_units, in_orders_seen,\n'],
]);

// What was reserved for this very order was asked a moment ago, in the same statement.
export const COMMIT_USE_17 = withChanges(COMMIT_USE, [
  ['in_units integer)\n', 'in_units integer, in_order_external text, in_orders_seen integer)\n'],
  [
    "'EXPIRED'; return; end if; -- guard: expiry\n",
    `'EXPIRED'; return; end if; -- guard: expiry
  if (redemption.order_id is null or redemption.order_id <> in_order) and has_ordered_since(redemption.user_id, coalesce(in_orders_seen, redemption.orders_seen), in_order, in_order_external, in_at) then return query select in_redemption, 'CONDITION_NOT_MET'; return; end if; -- guard: orders seen at commit
`,
  ],
  [
    'order_id = coalesce(in_order, r.order_id), amount_minor',
    'order_id = coalesce(in_order, r.order_id), order_external_id = in_order_external, amount_minor',
  ],
]);
