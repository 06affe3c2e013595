import type { ProductQuery } from '@/generated/graphql.ts';
import { currencyDigits } from '@/lib/format.ts';
import { reader } from '@/lib/reader.ts';
import { LineChart } from '@/ui/charts/line-chart.tsx';

type Product = NonNullable<ProductQuery['product']>;
const DAY_MS = 86_400_000;

export async function DailyUnitsChart({ days, priceHistory }: { days: Product['dailyUnits']; priceHistory: Product['priceHistory'] }) {
  const { t, f } = await reader();
  if (days.length < 2) return <p className="text-muted">{t('product.noSales')}</p>;
  const names = days.map((point) => point.day);
  return (
    <LineChart
      label={t('product.dailyUnits')}
      days={names}
      unit={t('unit.unitsPerDay')}
      formatValue={(value) => f.number(value, 1)}
      formatDay={f.day}
      height={220}
      isHalf
      series={[{ label: t('forecast.sold'), colour: 'accent', values: days.map((point) => point.units) }]}
      events={changesOf(priceHistory).flatMap((point) => {
        const index = names.indexOf(point.at.slice(0, 10));
        return index < 0 ? [] : [{ index, label: f.money(point.price) }];
      })}
      stopTexts={days.map((point) => `${f.day(point.day)}: ${f.number(point.units, 1)}`)}
      twinLabel={t('chart.asTable')}
      twin={{ head: [t('unit.day'), t('forecast.sold')], rows: days.map((point) => [f.day(point.day), f.number(point.units, 1)]) }}
    />
  );
}

/** The prices that differ from the one before, oldest first; the first known price is no change. */
function changesOf(history: Product['priceHistory']): Product['priceHistory'] {
  const sorted = history.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return sorted.filter((point, index) => index > 0 && point.price.amountMinor !== sorted[index - 1]?.price.amountMinor);
}

/** Prices hold until the next change: one value for each week from the first to the last. */
export async function PriceChart({ history }: { history: Product['priceHistory'] }) {
  const { t, f } = await reader();
  const sorted = history.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) return <p className="text-muted">{t('product.noPrices')}</p>;
  const { currency } = first.price;
  const from = Date.parse(first.at);
  const steps = Math.max(2, Math.min(120, Math.ceil((Date.parse(last.at) - from) / DAY_MS / 3) + 1));
  const width = Math.max(DAY_MS, (Date.parse(last.at) - from) / (steps - 1));
  const at = Array.from({ length: steps }, (_, index) => from + index * width);
  const priceAt = (time: number) => sorted.findLast((point) => Date.parse(point.at) <= time)?.price ?? first.price;
  const days = at.map((time) => new Date(time).toISOString().slice(0, 10));
  return (
    <LineChart
      label={t('product.priceHistory')}
      days={days}
      unit={currency}
      formatValue={(value) => f.number(value / 10 ** currencyDigits(currency), 2)}
      formatDay={f.day}
      height={220}
      isHalf
      series={[{ label: t('product.price'), colour: 'ink', values: at.map((time) => priceAt(time).amountMinor) }]}
      stopTexts={at.map((time, index) => `${f.day(days[index] ?? '')}: ${f.money(priceAt(time))}`)}
      twinLabel={t('chart.asTable')}
      twin={{ head: [t('history.at'), t('product.price')], rows: sorted.map((point) => [f.date(point.at), f.money(point.price)]) }}
    />
  );
}
