import type { Pool } from 'pg';
import type { MeasuredCampaign } from './audience-outcomes.ts';

/** Held-out users whom the campaign reached all the same. */
export type HoldoutLeaks = {
  /** Those who redeemed it, or hold a reservation. */
  redeemedCount: number;
  /** Those to whom a cart or an offer list showed it, by the decisions that are kept. */
  exposedCount: number;
  /** Either of both. */
  leakedCount: number;
};

// A leak dilutes the measured effect by its share of the holdout: one in a thousand is far inside every interval, and may be a user
// who was given another identity by an import.
const MOST_LEAKED_SHARE = 0.001;

/** Were the held out left alone? The split by hash cannot tell: it says who should have been. */
export const isHoldoutKept = ({ leakedCount }: HoldoutLeaks, heldOutCount: number): boolean =>
  leakedCount <= heldOutCount * MOST_LEAKED_SHARE;

/** Counts the leaks of a campaign until the end of the measured time, among these held-out users. */
export async function readHoldoutLeaks(
  sql: Pool,
  { id, startsAt, until }: Pick<MeasuredCampaign, 'id' | 'startsAt' | 'until'>,
  heldOutIds: ReadonlySet<string>,
): Promise<HoldoutLeaks> {
  const { rows } = await sql.query<{ userId: string; isExposed: boolean }>(
    `select distinct user_id "userId", false "isExposed" from redemptions where campaign_id = $1 and user_id is not null and status <> 'released'
     union all
     select distinct user_id, true from decisions where decided_at >= $2 and decided_at < $3 and user_id is not null
       and offers @> jsonb_build_array(jsonb_build_object('campaignId', $1::text))`,
    [id, startsAt, until],
  );
  const leaked = rows.filter(({ userId }) => heldOutIds.has(userId));
  const exposedCount = leaked.filter(({ isExposed }) => isExposed).length;
  return {
    redeemedCount: leaked.length - exposedCount,
    exposedCount,
    leakedCount: new Set(leaked.map(({ userId }) => userId)).size,
  };
}
