import type { Pool } from 'pg';
import { type DemandHistory, unitsBetween } from './demand-history.ts';
import type { PictureProduct } from './products.ts';

/** The longest window proposals use. */
export const HORIZON_DAYS = 14;
const RECENT_DAYS = 28;
/** Width of an 80% interval in standard deviations of a normal distribution. */
const WIDTH_80 = 2 * 1.2815515655;

/** Fills `expected` and `deviation` of every product: the demand champion's forecast where it covers the days, else the last four weeks by weekday. */
export async function forecastDemand(
  sql: Pool,
  products: readonly PictureProduct[],
  history: DemandHistory,
  days: readonly string[],
): Promise<void> {
  const { rows } = await sql.query<{ product_id: string; day: string; mean: number; lower80: number; upper80: number }>(
    `select s.product_id, to_char(p.day, 'YYYY-MM-DD') "day", p.mean, p.lower80, p.upper80
     from forecast_points p join forecast_series s on s.id = p.series_id join models m on m.id = s.model_id
     where m.kind = 'demand' and m.status = 'champion' and s.product_id is not null and p.day >= $1::date and p.day <= $2::date`,
    [days[0], days.at(-1)],
  );
  const byProduct = Map.groupBy(rows, (row) => row.product_id);
  const position = new Map(days.map((day, index) => [day, index]));
  const shape = weekdayShape(products, history);
  for (const product of products) {
    fillFromRecent(product, history, shape, days.length);
    const points = byProduct.get(product.id) ?? [];
    product.isModelForecast = points.length === days.length;
    for (const point of points) {
      const at = position.get(point.day);
      if (at === undefined) continue;
      product.expected[at] = Math.max(0, point.mean);
      product.deviation[at] = Math.max(0, point.upper80 - point.lower80) / WIDTH_80;
    }
    product.expectedPerDay = product.expected.reduce((a, b) => a + b, 0) / days.length;
  }
}

/** Relative demand of each day of the week, mean 1, today first. */
function weekdayShape(products: readonly PictureProduct[], history: DemandHistory): number[] {
  const sums = Array.from({ length: 7 }, () => 0);
  for (let ago = 1; ago <= 2 * RECENT_DAYS; ago += 1)
    sums[(7 - (ago % 7)) % 7] = (sums[(7 - (ago % 7)) % 7] ?? 0) + unitsBetween(history, products, ago, ago - 1);
  const mean = sums.reduce((a, b) => a + b, 0) / 7;
  return sums.map((sum) => (mean > 0 ? sum / mean : 1));
}

function fillFromRecent(product: PictureProduct, history: DemandHistory, shape: readonly number[], length: number): void {
  const perDay = unitsBetween(history, [product], RECENT_DAYS, 0) / RECENT_DAYS;
  product.expected = Float64Array.from({ length }, (_, day) => perDay * (shape[day % 7] ?? 1));
  product.deviation = product.expected.map((mean) => Math.sqrt(mean + (0.25 * mean) ** 2));
}
