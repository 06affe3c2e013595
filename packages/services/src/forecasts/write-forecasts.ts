import { copyRows } from '@promolift/db';
import { newId } from '@promolift/domain';
import type { SeriesForecast } from '@promolift/ml';
import type { Deps } from '../shared/deps.ts';

type Made = { series: { productId: string | null; categoryId: string | null }; forecast: SeriesForecast };

const DAY_MS = 86_400_000;
const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);

/** Keeps every series with its points in one transaction; points of older models go, their series stay for comparison. */
export async function writeForecasts(deps: Deps, modelId: string, firstDay: string, made: readonly Made[]): Promise<void> {
  const dayOf = Array.from({ length: made[0]?.forecast.mean.length ?? 0 }, (_, step) =>
    new Date(Date.parse(firstDay) + step * DAY_MS).toISOString().slice(0, 10),
  );
  const rows = made.map((one) => ({ ...one, id: newId() }));
  const client = await deps.sql.connect();
  try {
    await client.query('begin');
    const now = new Date();
    await copyRows(
      client,
      'forecast_series',
      ['id', 'model_id', 'product_id', 'category_id', 'algorithm', 'mase', 'baseline_mase', 'created_at'],
      rows.map(({ id, series, forecast }) => {
        const maseOf = (name: string) => finite(forecast.scores.find((score) => score.name === name)?.mase);
        return [
          id,
          modelId,
          series.productId,
          series.categoryId,
          forecast.champion,
          maseOf(forecast.champion),
          maseOf('seasonal-naive'),
          now,
        ];
      }),
    );
    await copyRows(
      client,
      'forecast_points',
      ['series_id', 'day', 'mean', 'lower80', 'upper80', 'lower95', 'upper95'],
      points(rows, dayOf),
    );
    await client.query('delete from forecast_points p using forecast_series s where s.id = p.series_id and s.model_id <> $1', [modelId]);
    await client.query('commit');
  } catch (fault) {
    await client.query('rollback').catch(() => undefined);
    throw fault;
  } finally {
    client.release();
  }
}

function* points(rows: readonly (Made & { id: string })[], days: string[]): Generator<(string | number)[]> {
  for (const {
    id,
    forecast: { mean, lower80, upper80, lower95, upper95 },
  } of rows) {
    for (const [step, day] of days.entries()) yield [id, day, mean[step], lower80[step], upper80[step], lower95[step], upper95[step]];
  }
}
