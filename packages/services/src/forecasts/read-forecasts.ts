import type { Deps } from '../shared/deps.ts';
import { listPage, type PageRequest } from '../shared/list-page.ts';
import type { Page } from '../shared/page.ts';

type Reading = Pick<Deps, 'sql'>;

export type ForecastRecord = {
  id: string;
  modelId: string;
  productId: string | null;
  categoryId: string | null;
  algorithm: string;
  mase: number | null;
  baselineMase: number | null;
  createdAt: Date;
};
/** `day` as YYYY-MM-DD. */
export type ForecastPointRecord = {
  seriesId: string;
  day: string;
  mean: number;
  lower80: number;
  upper80: number;
  lower95: number;
  upper95: number;
};
export type ForecastLevelName = 'PRODUCT' | 'CATEGORY';

const COLUMNS =
  's.id, s.model_id "modelId", s.product_id "productId", s.category_id "categoryId", s.algorithm, s.mase, s.baseline_mase "baselineMase", s.created_at "createdAt"';
const SERVING = "forecast_series s join models m on m.id = s.model_id and m.kind = 'demand' and m.status = 'champion'";

const ORDERS = {
  // A series too short to be judged stands behind every judged one, either way round.
  WORST_FIRST: { expression: 'coalesce(s.mase, -1)', type: 'real', isDescending: true },
  BEST_FIRST: { expression: 'coalesce(s.mase, 1e9)', type: 'real', isDescending: false },
  LARGEST: {
    expression: '(select coalesce(sum(p.mean), 0) from forecast_points p where p.series_id = s.id)',
    type: 'real',
    isDescending: true,
  },
} as const;
export type ForecastSortName = keyof typeof ORDERS;

/** A page of the champion's forecasts. */
export function listForecasts(
  { sql }: Reading,
  request: PageRequest & { level?: ForecastLevelName; sort?: ForecastSortName },
): Promise<Page<ForecastRecord>> {
  const column = request.level === 'CATEGORY' ? 'category_id' : 'product_id';
  return listPage<ForecastRecord>(sql, request, {
    columns: COLUMNS,
    from: `${SERVING} where s.${column} is not null`,
    values: [],
    order: ORDERS[request.sort ?? 'WORST_FIRST'],
  });
}

export async function forecastsOfProducts({ sql }: Reading, productIds: readonly string[]): Promise<ForecastRecord[]> {
  return (await sql.query<ForecastRecord>(`select ${COLUMNS} from ${SERVING} where s.product_id = any($1::uuid[])`, [productIds])).rows;
}

export async function forecastsOfCategories({ sql }: Reading, categoryIds: readonly string[]): Promise<ForecastRecord[]> {
  return (await sql.query<ForecastRecord>(`select ${COLUMNS} from ${SERVING} where s.category_id = any($1::uuid[])`, [categoryIds])).rows;
}

/** Points of these series, in order of day. */
export async function forecastPoints({ sql }: Reading, seriesIds: readonly string[]): Promise<ForecastPointRecord[]> {
  const { rows } = await sql.query<ForecastPointRecord>(
    `select series_id "seriesId", to_char(day, 'YYYY-MM-DD') as day, mean, lower80, upper80, lower95, upper95 from forecast_points where series_id = any($1::uuid[]) order by series_id, day`,
    [seriesIds],
  );
  return rows;
}
