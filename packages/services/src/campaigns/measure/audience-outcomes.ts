import { copyColumns } from '@promolift/db';
import { isHeldOut, userKey } from '@promolift/domain';
import type { Pool } from 'pg';
import { campaignHoldoutSalt } from '../../promotions/rules-state.ts';

export type MeasuredCampaign = {
  id: string;
  startsAt: Date;
  until: Date;
  segmentKeys: 'all' | readonly string[];
  holdoutBasisPoints: number;
  currency: string;
};

/** Sums of one user; margin = paid − cost of what was kept, gifts' cost included, returns taken back. */
export type Outcome = { margin: number; revenue: number; units: number };

export type AudienceUser = Outcome & {
  id: string;
  isHeldOut: boolean;
  /** The same sums in the weeks before. */
  before: Outcome;
  /** Margin on each day of the window. */
  marginByDay: Float64Array;
};

const BEFORE_DAYS = 56;
const DAY_MS = 86_400_000;

/** Everybody the campaign was meant for when it started, split as the offers were, with what they did before and during. */
export async function readAudienceOutcomes(sql: Pool, campaign: MeasuredCampaign, installationSalt: string): Promise<AudienceUser[]> {
  const days = Math.max(1, Math.ceil((campaign.until.getTime() - campaign.startsAt.getTime()) / DAY_MS));
  const salt = campaignHoldoutSalt(installationSalt, campaign.id);
  const ids = await audienceIds(sql, campaign);
  const users = ids.map(
    (id): AudienceUser => ({
      id,
      isHeldOut: isHeldOut(salt, userKey({ userId: id, anonymousId: null }) ?? '', campaign.holdoutBasisPoints),
      margin: 0,
      revenue: 0,
      units: 0,
      before: { margin: 0, revenue: 0, units: 0 },
      marginByDay: new Float64Array(days),
    }),
  );
  const position = new Map(ids.map((id, index) => [id, index]));
  const beforeMs = Math.max(BEFORE_DAYS * DAY_MS, campaign.until.getTime() - campaign.startsAt.getTime());
  await eachOrderSum(
    sql,
    {
      currency: campaign.currency,
      from: new Date(campaign.startsAt.getTime() - beforeMs),
      startsAt: campaign.startsAt,
      until: campaign.until,
    },
    (id, day, outcome) => {
      const user = users[position.get(id) ?? -1];
      if (!user) return;
      const into: Outcome = day < 0 ? user.before : user;
      into.margin += outcome.margin;
      into.revenue += outcome.revenue;
      into.units += outcome.units;
      if (day < 0) return;
      const at = Math.min(day, days - 1);
      user.marginByDay[at] = (user.marginByDay[at] ?? 0) + outcome.margin;
    },
  );
  return users;
}

async function audienceIds(sql: Pool, { startsAt, segmentKeys }: MeasuredCampaign): Promise<string[]> {
  const { rows } =
    segmentKeys === 'all'
      ? await sql.query<{ id: string }>('select id from users where erased_at is null and created_at <= $1 order by id', [startsAt])
      : await sql.query<{ id: string }>(
          `select distinct u.id from users u join segment_members m on m.user_id = u.id join segments s on s.id = m.segment_id
       where s.key = any($2) and u.has_consent and u.erased_at is null and m.valid_from <= $1 and (m.valid_to is null or m.valid_to > $1) order by u.id`,
          [startsAt, segmentKeys],
        );
  return rows.map((row) => row.id);
}

type Window = { currency: string; from: Date; startsAt: Date; until: Date };

/** One call per user and day, days counted from the start, −1 for all before it. What is returned counts on the day it was ordered. */
async function eachOrderSum(
  sql: Pool,
  { currency, from, startsAt, until }: Window,
  use: (userId: string, day: number, outcome: Outcome) => void,
): Promise<void> {
  const start = `timestamptz '${startsAt.toISOString()}'`;
  const client = await sql.connect();
  try {
    const [users, day, margin, revenue, units] = await copyColumns(
      client,
      `select o.user_id, case when o.placed_at < ${start} then -1 else floor(extract(epoch from o.placed_at - ${start}) / 86400)::int end,
         sum(l.quantity * l.unit_price_minor - l.discount_minor - coalesce(l.cost_minor, p.cost_minor, l.unit_price_minor) * l.quantity
           - coalesce(r.refund, 0) + coalesce(r.quantity, 0) * coalesce(l.cost_minor, p.cost_minor, l.unit_price_minor))::float8,
         sum(l.quantity * l.unit_price_minor - l.discount_minor - coalesce(r.refund, 0))::float8,
         sum(case when l.is_gift then 0 else l.quantity - coalesce(r.quantity, 0) end)::float8
       from orders o join order_lines l on l.order_id = o.id join products p on p.id = l.product_id
       left join (select order_id, line_number, sum(refund_minor) refund, sum(quantity) quantity from returns where order_id is not null group by 1, 2) r on r.order_id = l.order_id and r.line_number = l.line_number
       where o.status = 'placed' and o.user_id is not null and o.currency = '${currency.replaceAll("'", "''")}'
         and o.placed_at >= timestamptz '${from.toISOString()}' and o.placed_at < timestamptz '${until.toISOString()}'
       group by 1, 2`,
      ['key', 'int32', 'float64', 'float64', 'float64'],
    );
    for (let row = 0; row < day.length; row += 1) {
      use(users.values[users.codes[row] ?? -1] ?? '', day[row] ?? -1, {
        margin: margin[row] ?? 0,
        revenue: revenue[row] ?? 0,
        units: units[row] ?? 0,
      });
    }
  } finally {
    client.release();
  }
}
