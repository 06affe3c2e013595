import type { EventType } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';

export type EventRecord = {
  id: string;
  userId: string;
  type: EventType;
  occurredAt: Date;
  productId: string | null;
  quantity: number | null;
  valueMinor: number | null;
  currency: string | null;
  rating: number | null;
  query: string | null;
};

/** The newest events of each user, newest first. */
export async function eventsOfUsers({ sql }: Pick<Deps, 'sql'>, userIds: readonly string[], first: number): Promise<EventRecord[]> {
  const { rows } = await sql.query<EventRecord>(
    `select found.* from unnest($1::uuid[]) wanted(id)
     cross join lateral (select e.id, e.user_id "userId", e.type, e.occurred_at "occurredAt", e.product_id "productId", e.quantity, e.value_minor "valueMinor", e.currency, e.rating, e.query
       from events e where e.user_id = wanted.id order by e.occurred_at desc limit $2) found`,
    [userIds, first],
  );
  return rows;
}
