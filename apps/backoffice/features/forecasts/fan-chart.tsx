import type { ForecastPartsFragment } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { LineChart } from '@/ui/charts/line-chart.tsx';

/** What was sold, then the forecast with its 80% and 95% bands. */
export async function FanChart({ forecast }: { forecast: ForecastPartsFragment }) {
  const { t, f } = await reader();
  const { history, points } = forecast;
  const days = [...history.map((point) => point.day), ...points.map((point) => point.day)];
  const past = history.map((point): number | null => point.units);
  const gap = history.map((): number | null => null);
  const future = (pick: (point: (typeof points)[number]) => number) => [...gap, ...points.map(pick)];
  const number = (value: number) => f.number(value, value < 10 ? 1 : 0);
  const range = (point: (typeof points)[number]) => `${number(point.lower80)} … ${number(point.upper80)}`;
  return (
    <LineChart
      label={t('forecast.title')}
      days={days}
      unit={t('unit.unitsPerDay')}
      formatValue={(value) => f.number(value, 1)}
      formatDay={f.day}
      window={points.length > 0 ? { from: history.length, to: days.length - 1, label: t('forecast.future') } : undefined}
      series={[
        { label: t('forecast.sold'), colour: 'ink', values: [...past, ...points.map(() => null)] },
        {
          label: t('forecast.expected'),
          colour: 'accent',
          values: future((point) => point.mean),
          bands: [
            { low: future((point) => point.lower95), high: future((point) => point.upper95) },
            { low: future((point) => point.lower80), high: future((point) => point.upper80) },
          ],
        },
      ]}
      caption={t('forecast.bands')}
      stopTexts={[
        ...history.map((point) => `${f.day(point.day)}: ${number(point.units)} ${t('forecast.sold')}`),
        ...points.map(
          (point) =>
            `${f.day(point.day)}: ${number(point.mean)}\n80%: ${range(point)}\n95%: ${number(point.lower95)} … ${number(point.upper95)}`,
        ),
      ]}
      twinLabel={t('chart.asTable')}
      twin={{
        head: [t('unit.day'), t('forecast.sold'), t('forecast.expected'), '80%', '95%'],
        rows: [
          ...history.map((point) => [f.day(point.day), number(point.units), '', '', '']),
          ...points.map((point) => [
            f.day(point.day),
            '',
            number(point.mean),
            range(point),
            `${number(point.lower95)} … ${number(point.upper95)}`,
          ]),
        ],
      }}
    />
  );
}
