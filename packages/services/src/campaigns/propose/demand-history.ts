import { readDemand } from '../../forecasts/read-demand.ts';
import type { Deps } from '../../shared/deps.ts';
import type { PictureProduct } from './products.ts';

/** Units and shelf prices per product and day; the last day is yesterday. Index: product × days + day. */
export type DemandHistory = {
  days: number;
  units: Float64Array;
  price: Float64Array;
  since: Int32Array;
  orderCount: number;
  firstDay: string | null;
};

/** What was sold on each whole day up to yesterday, in the order of `products`. */
export async function readDemandHistory(deps: Deps, now: Date, products: readonly PictureProduct[]): Promise<DemandHistory> {
  const [demand, counted] = await Promise.all([
    readDemand(deps, now),
    deps.sql.query<{ count: number }>("select count(*) count from orders where status = 'placed' and placed_at < $1", [now]),
  ]);
  const days = demand?.days ?? 0;
  const history: DemandHistory = {
    days,
    units: new Float64Array(products.length * days),
    price: new Float64Array(products.length * days),
    since: new Int32Array(products.length),
    orderCount: counted.rows[0]?.count ?? 0,
    firstDay: demand?.firstDay ?? null,
  };
  const position = new Map(products.map(({ id, index }) => [id, index]));
  demand?.productIds.forEach((id, from) => {
    const to = position.get(id);
    if (to === undefined) return;
    history.units.set(demand.units.subarray(from * days, (from + 1) * days), to * days);
    history.price.set(demand.price.subarray(from * days, (from + 1) * days), to * days);
    history.since[to] = demand.since[from] ?? 0;
  });
  return history;
}

/** Units of some products on the days [from, to) counted back from today: `unitsBetween(h, [p], 28, 0)` are the last 28 days. */
export function unitsBetween(history: DemandHistory, products: readonly PictureProduct[], fromDaysAgo: number, toDaysAgo: number): number {
  let sum = 0;
  const start = Math.max(0, history.days - fromDaysAgo);
  const end = Math.max(0, history.days - toDaysAgo);
  for (const { index } of products) for (let day = start; day < end; day += 1) sum += history.units[index * history.days + day] ?? 0;
  return sum;
}
