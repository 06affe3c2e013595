import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CampaignHeader } from '@/features/campaigns/campaign-header.tsx';
import { VersionsQuery } from '@/features/campaigns/campaigns.queries.ts';
import { VersionComparison } from '@/features/campaigns/version-comparison.tsx';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { Panel } from '@/ui/page.tsx';

type Params = { params: Promise<{ id: string }>; searchParams: Promise<{ from?: string; to?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('campaign.tab.versions') };
}

/** Two versions side by side: by default what is served against the newest, else the newest against the one before. */
export default async function VersionsPage({ params, searchParams }: Params) {
  await requireViewer();
  const { campaign, segments } = await query(VersionsQuery, { id: (await params).id });
  if (!campaign) notFound();
  const { t, f } = await reader();
  const chosen = await searchParams;
  const versionOf = (text: string | undefined) => campaign.versions.find(({ version }) => String(version) === text);
  const newest = versionOf(chosen.to) ?? versionOf(String(campaign.version)) ?? campaign.versions[0];
  const served = campaign.liveVersion === campaign.version ? undefined : versionOf(String(campaign.liveVersion));
  const older = versionOf(chosen.from) ?? served ?? campaign.versions.find(({ version }) => newest && version < newest.version);
  return (
    <>
      <CampaignHeader campaign={campaign} tab="versions" />
      {newest && older ? (
        <VersionComparison
          versions={campaign.versions}
          pair={[older, newest]}
          liveVersion={campaign.liveVersion ?? null}
          segmentNames={new Map(segments.map(({ key, name }) => [key, f.text(name)]))}
        />
      ) : (
        <Panel>
          <p className="text-muted">{t('versions.onlyOne')}</p>
        </Panel>
      )}
    </>
  );
}
