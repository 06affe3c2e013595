import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { measure } from '@/features/campaigns/campaign.actions.ts';
import { CampaignHeader } from '@/features/campaigns/campaign-header.tsx';
import { ResultQuery } from '@/features/campaigns/campaigns.queries.ts';
import { CumulativeChart, GroupMeans, isComparable, Verdict } from '@/features/campaigns/result.tsx';
import { StartJob } from '@/features/models/start-job.tsx';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { Empty } from '@/ui/page.tsx';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('result.title') };
}

export default async function ResultPage({ params }: Params) {
  const viewer = await requireViewer();
  const { campaign } = await query(ResultQuery, { id: (await params).id });
  if (!campaign) notFound();
  const { t } = await reader();
  const { measurement } = campaign;
  const hasRun = ['live', 'paused', 'ended', 'measured'].includes(campaign.status);
  const start =
    hasRun && viewer.may('measureCampaign') ? (
      <StartJob
        action={measure}
        label={t(measurement ? 'result.measureAgain' : 'result.measureNow')}
        fields={{ id: campaign.id }}
        look={measurement ? 'plain' : 'primary'}
      />
    ) : null;
  return (
    <>
      <CampaignHeader campaign={campaign} tab="result" />
      {measurement ? (
        <div className="flex flex-col gap-4">
          <Verdict campaign={campaign} measurement={measurement} />
          {isComparable(measurement) ? (
            <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
              <GroupMeans measurement={measurement} />
              <CumulativeChart measurement={measurement} />
            </div>
          ) : null}
          <div>{start}</div>
        </div>
      ) : (
        <Empty
          title={t('result.emptyTitle')}
          why={t(hasRun ? 'result.emptyWhy' : 'result.emptyNotRun')}
          action={start ?? <ButtonLink href={`/campaigns/${campaign.id}`}>{t('campaign.tab.proposal')}</ButtonLink>}
        />
      )}
    </>
  );
}
