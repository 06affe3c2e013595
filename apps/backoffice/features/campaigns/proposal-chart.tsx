import { reader } from '@/lib/reader.ts';
import { LineChart } from '@/ui/charts/line-chart.tsx';
import type { CampaignDetail } from './claim.tsx';

/** Expected units per day with and without the offer, bands, the window shaded, similar past campaigns as ticks. */
export async function ProposalChart({
  campaign,
  evidence,
}: {
  campaign: CampaignDetail;
  evidence: NonNullable<CampaignDetail['evidence']>;
}) {
  const { t, f } = await reader();
  const { series } = evidence;
  const days = series.map((point) => point.day);
  const inWindow = days.flatMap((day, index) =>
    day >= campaign.schedule.startsAt.slice(0, 10) && day <= campaign.schedule.endsAt.slice(0, 10) ? [index] : [],
  );
  const from = inWindow[0];
  const band = (pick: (point: (typeof series)[number]) => readonly number[]) => ({
    low: series.map((point) => pick(point)[0] ?? null),
    high: series.map((point) => pick(point)[1] ?? null),
  });
  const range = (pair: readonly number[]) => `${f.number(pair[0] ?? 0)} … ${f.number(pair[1] ?? 0)}`;
  const rows = series.map((point) => [
    f.day(point.day),
    f.number(point.withOffer),
    range(point.withOffer80),
    f.number(point.without),
    range(point.without80),
  ]);
  return (
    <LineChart
      label={t('proposal.chartTitle')}
      days={days}
      unit={t('unit.unitsPerDay')}
      formatValue={(value) => f.number(value)}
      formatDay={f.day}
      series={[
        {
          label: t('proposal.without'),
          colour: 'past',
          isDashed: true,
          values: series.map((point) => point.without),
          bands: [band((point) => point.without80)],
        },
        {
          label: t('proposal.with'),
          colour: 'accent',
          values: series.map((point) => point.withOffer),
          bands: [band((point) => point.withOffer80)],
        },
      ]}
      window={from === undefined ? undefined : { from, to: inWindow.at(-1) ?? from, label: t('proposal.window') }}
      events={evidence.similarCampaigns.flatMap(({ campaign: past }) => {
        const index = days.indexOf(past.schedule.startsAt.slice(0, 10));
        return index < 0 ? [] : [{ index, label: f.text(past.title) }];
      })}
      stopTexts={series.map(
        (point) =>
          `${f.day(point.day)}\n${t('proposal.with')}: ${f.number(point.withOffer)} (${range(point.withOffer80)})\n${t('proposal.without')}: ${f.number(point.without)} (${range(point.without80)})`,
      )}
      twinLabel={t('chart.asTable')}
      twin={{ head: [t('unit.day'), t('proposal.with'), '80%', t('proposal.without'), '80% '], rows }}
    />
  );
}
