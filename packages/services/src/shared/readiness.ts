import type { Deps } from './deps.ts';

type ReadinessItem = {
  model: 'recommendation' | 'segmentation' | 'demand' | 'elasticity' | 'propensity';
  isReady: boolean;
  missing: string | null;
};
export type Readiness = {
  users: number;
  consentingUsers: number;
  products: number;
  productsWithCost: number;
  orders: number;
  historyDays: number;
  models: ReadinessItem[];
};

type Counts = Omit<Readiness, 'models'> & { price_changes: number; buyers: number };

/** What can be learned from the data at hand, and what is missing for the rest. */
export async function readinessOf({ sql }: Pick<Deps, 'sql'>): Promise<Readiness> {
  const { rows } = await sql.query<Counts>(
    `select (select count(*) from users where erased_at is null) users, (select count(*) from users where erased_at is null and has_consent) "consentingUsers",
       (select count(*) from products) products, (select count(cost_minor) from products) "productsWithCost", (select count(*) from orders) orders,
       (select coalesce(extract(day from max(placed_at) - min(placed_at)), 0)::int from orders) "historyDays",
       (select count(distinct o.user_id) from orders o join users u on u.id = o.user_id where u.has_consent) buyers,
       (select count(*) - count(distinct product_id) from product_prices) price_changes`,
  );
  const counts = rows[0];
  if (!counts) throw new Error('the readiness query gave no row');
  const { price_changes: priceChanges, buyers, ...shown } = counts;
  const item = (model: ReadinessItem['model'], missing: (string | false)[]): ReadinessItem => {
    const first = missing.find((text) => text !== false);
    return { model, isReady: first === undefined, missing: first || null };
  };
  const fewBuyers = buyers < 100 && `at least 100 consenting users with an order are needed, there are ${buyers}`;
  const short = (days: number) =>
    counts.historyDays < days && `at least ${days} days of orders are needed, there are ${counts.historyDays}`;
  return {
    ...shown,
    models: [
      item('recommendation', [fewBuyers, short(56)]),
      item('segmentation', [fewBuyers]),
      item('demand', [short(56)]),
      item('elasticity', [short(56), priceChanges === 0 && 'no price has ever changed']),
      item('propensity', [fewBuyers, short(112)]),
    ],
  };
}
