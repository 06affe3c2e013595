import type { Deps } from './deps.ts';
import { readSettings } from './settings.ts';

export type Overview = {
  orderCount: number;
  revenue28DaysMinor: number;
  currency: string;
  userCount: number;
  productCount: number;
  liveCampaignCount: number;
  eventCount: number;
};

const WINDOW_DAYS = 28;

/** The shop in six numbers. */
export async function shopOverview(deps: Deps): Promise<Overview> {
  const shop = await readSettings(deps);
  const { rows } = await deps.sql.query<Omit<Overview, 'currency'>>(
    `select
       (select count(*) from orders) as "orderCount",
       (select coalesce(sum(total_minor), 0)::bigint from orders where status = 'placed' and currency = $2
          and placed_at > $1::timestamptz - make_interval(days => ${WINDOW_DAYS}) and placed_at <= $1) as "revenue28DaysMinor",
       (select count(*) from users where erased_at is null) as "userCount",
       (select count(*) from products where is_active) as "productCount",
       (select count(*) from campaigns where status = 'live' and not is_killed) as "liveCampaignCount",
       (select count(*) from events) as "eventCount"`,
    [deps.clock.now(), shop.currency],
  );
  const counts = rows[0];
  if (!counts) throw new Error('the overview query gave no row');
  return { ...counts, currency: shop.currency };
}
