import type { CampaignsQuery } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Timeline } from '@/ui/charts/timeline.tsx';
import { overlaps, timelineLook } from './campaign-words.ts';

type Campaigns = CampaignsQuery['campaigns']['nodes'];

/** The calendar: overlaps in days and audience carry a warning sign. */
export async function CampaignTimeline({ campaigns, now }: { campaigns: Campaigns; now: string }) {
  const { t, f } = await reader();
  const rows = campaigns.map((campaign) => {
    const status = campaign.isKilled ? t('status.killed') : t(`status.${campaign.status}`);
    const isOverlapping = overlaps(campaign, campaigns);
    const days = `${f.day(campaign.schedule.startsAt)} – ${f.day(campaign.schedule.endsAt)}`;
    return {
      id: campaign.id,
      label: f.text(campaign.title),
      from: Date.parse(campaign.schedule.startsAt),
      to: Date.parse(campaign.schedule.endsAt),
      look: timelineLook(campaign),
      isOverlapping,
      detail: `${days} · ${status}${isOverlapping ? ` · ${t('campaigns.overlap')}` : ''}`,
    };
  });
  return (
    <Timeline
      label={t('campaigns.calendar')}
      caption={t('campaigns.calendarCaption')}
      rows={rows}
      now={Date.parse(now)}
      nowLabel={t('campaigns.today')}
      formatDay={f.day}
      twinLabel={t('chart.asTable')}
      twin={{ head: [t('campaigns.name'), t('campaigns.when')], rows: rows.map((row) => [row.label, row.detail]) }}
    />
  );
}
