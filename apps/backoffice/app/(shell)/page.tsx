import type { Metadata } from 'next';
import { propose } from '@/features/campaigns/campaign.actions.ts';
import { InboxQuery } from '@/features/campaigns/campaigns.queries.ts';
import { InboxEmpty, LastRun } from '@/features/campaigns/inbox-last-run.tsx';
import { InboxList } from '@/features/campaigns/inbox-list.tsx';
import { toInboxItem } from '@/features/campaigns/inbox-item.ts';
import { StartJob } from '@/features/models/start-job.tsx';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { PageHead } from '@/ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.inbox') };
}

export default async function InboxPage() {
  const viewer = await requireViewer();
  const { inbox, overview } = await query(InboxQuery, {});
  const { t, f } = await reader();
  const { trackRecord: record } = inbox;
  const isEmpty = inbox.proposals.length === 0;
  return (
    <>
      <PageHead
        title={t('inbox.title', { count: inbox.proposals.length })}
        lead={
          record.promised && record.measured
            ? t('inbox.trackRecord', {
                promised: f.money(record.promised, { isSigned: true, isCompact: true }),
                measured: f.money(record.measured, { isSigned: true, isCompact: true }),
                count: record.campaignCount,
              })
            : t('inbox.noTrackRecord')
        }
        actions={
          viewer.may('proposeCampaigns') ? (
            <StartJob action={propose} label={t('inbox.proposeNow')} look={isEmpty ? 'primary' : 'plain'} />
          ) : null
        }
      />
      {isEmpty ? (
        <InboxEmpty orderCount={overview.orderCount} />
      ) : (
        <InboxList items={inbox.proposals.map((proposal) => toInboxItem(proposal, { t, f }))} />
      )}
      {inbox.lastRun ? <LastRun run={inbox.lastRun} /> : null}
      <p className="mt-6 text-xs text-muted">
        {t('inbox.overview', {
          orders: f.number(overview.orderCount),
          users: f.number(overview.userCount),
          products: f.number(overview.productCount),
          events: f.number(overview.eventCount),
          live: overview.liveCampaignCount,
          revenue: f.money(overview.revenue28Days, { isCompact: true, stepMinor: 100 }),
        })}
      </p>
    </>
  );
}
