import { birthdayWindow, daysFromBirthday, type FactNeeds, type ShopperFacts, type ShopSettings, UNKNOWN_SHOPPER } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { readBirthday } from '../users/birthday.ts';
import type { Shopper } from '../users/shopper.ts';

type FactRow = {
  birthday_encrypted: Buffer | null;
  orders: number;
  orders_seen: number;
  value_minor: number;
  by_window: Record<string, number> | null;
};
/** `ordersSeen`: all orders known of this shopper, cancelled ones too; null where nothing asks for them. */
export type SeenFacts = { facts: ShopperFacts; ordersSeen: number | null };

/**
 * What live conditions ask of this shopper, by one statement, and none where they ask for nothing that is kept.
 * Guests and shoppers without consent stay unknown. Of the birthday only the window leaves that conditions ask for.
 */
export async function shopperFacts(
  { sql, secrets }: Pick<Deps, 'sql' | 'secrets'>,
  needs: FactNeeds,
  shopper: Shopper,
  settings: Pick<ShopSettings, 'currency' | 'timeZone'>,
  now: Date,
): Promise<SeenFacts> {
  if (shopper.userId === null || !shopper.hasConsent) return { facts: UNKNOWN_SHOPPER, ordersSeen: null };
  const known: ShopperFacts = { ...UNKNOWN_SHOPPER, segmentKeys: shopper.segmentKeys };
  if (!needs.isHistoryNeeded && needs.birthdayWindowsDays.length === 0) return { facts: known, ordersSeen: null };
  const { rows } = await sql.query<FactRow>(
    `select u.birthday_encrypted, h.orders, h.orders_seen, h.value_minor - r.refund_minor as value_minor, w.by_window
     from users u
     cross join lateral (select count(*) filter (where o.status = 'placed')::int orders, count(*)::int orders_seen,
       coalesce(sum(o.total_minor) filter (where o.status = 'placed' and o.currency = $2), 0)::bigint value_minor
       from known_orders o where $5 and o.user_id = u.id and o.placed_at <= $3) h
     cross join lateral (select coalesce(sum(b.refund_minor), 0)::bigint refund_minor
       from returns b join orders o on o.id = b.order_id and o.status = 'placed' where $5 and o.user_id = u.id and b.currency = $2 and b.returned_at <= $3) r
     cross join lateral (select jsonb_object_agg(days, (select count(*) from known_orders o where o.user_id = u.id and o.status = 'placed'
         and o.placed_at > $3::timestamptz - days * interval '24 hours' and o.placed_at <= $3)) by_window from unnest($4::int[]) days) w
     where u.id = $1`,
    [shopper.userId, settings.currency, now, needs.windowsDays, needs.isHistoryNeeded],
  );
  const row = rows[0];
  if (!row) return { facts: known, ordersSeen: null };
  const born = needs.birthdayWindowsDays.length > 0 ? readBirthday(secrets, row.birthday_encrypted) : null;
  const facts = {
    ...known,
    history: needs.isHistoryNeeded
      ? { orders: row.orders, ordersByWindowDays: row.by_window ?? {}, lifetimeValueMinor: row.value_minor, currency: settings.currency }
      : null,
    withinDaysOfBirthday: born && birthdayWindow(daysFromBirthday(born, now, settings.timeZone), needs.birthdayWindowsDays),
  };
  return { facts, ordersSeen: needs.isHistoryNeeded ? row.orders_seen : null };
}
