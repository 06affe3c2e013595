import type { Metadata } from 'next';
import { CampaignTable } from '@/features/campaigns/campaign-table.tsx';
import { CampaignTimeline } from '@/features/campaigns/campaign-timeline.tsx';
import { CampaignsQuery } from '@/features/campaigns/campaigns.queries.ts';
import { KillSwitch } from '@/features/campaigns/kill-switch.tsx';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { FilterBar } from '@/ui/filter-bar.tsx';
import { SelectField } from '@/ui/field.tsx';
import { Empty, PageHead, Panel } from '@/ui/page.tsx';
import { Pager } from '@/ui/pager.tsx';
import { statusGroups } from '@/features/campaigns/campaign-words.ts';

type Search = { searchParams: Promise<{ after?: string; search?: string; status?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.campaigns') };
}

export default async function CampaignsPage({ searchParams }: Search) {
  const viewer = await requireViewer();
  const { after, search, status } = await searchParams;
  const { t } = await reader();
  const group = statusGroups.find((candidate) => candidate.name === status);
  const { campaigns, settings } = await query(CampaignsQuery, {
    first: 50,
    after: after ?? null,
    sort: 'STARTS_AT_DESC',
    filter: { ...(search ? { search } : {}), ...(group ? { statuses: [...group.statuses] } : {}) },
  });
  const live = campaigns.nodes.filter((campaign) => campaign.status === 'live' && !campaign.isKilled).length;
  const isFiltered = Boolean(search || group);
  return (
    <>
      <PageHead
        title={t('place.campaigns')}
        lead={t('campaigns.lead', { count: campaigns.totalCount, live })}
        actions={
          <>
            {viewer.may('createCampaign') ? (
              <ButtonLink look="primary" href="/campaigns/new">
                {t('campaign.new')}
              </ButtonLink>
            ) : null}
            {viewer.may('killAllCampaigns') && !settings.isEverythingKilled ? <KillSwitch /> : null}
          </>
        }
      />
      <FilterBar label={t('common.filter')} search={search} searchLabel={t('campaigns.search')} submit={t('common.apply')}>
        <SelectField
          label={t('campaigns.status')}
          name="status"
          defaultValue={status ?? ''}
          options={[['', t('common.all')], ...statusGroups.map(({ name }) => [name, t(`statusGroup.${name}`)] as const)]}
        />
      </FilterBar>
      {campaigns.nodes.length === 0 ? (
        isFiltered ? (
          <Empty
            title={t('common.noMatch')}
            why={t('common.noMatchWhy')}
            action={<ButtonLink href="/campaigns">{t('common.clear')}</ButtonLink>}
          />
        ) : (
          <Empty
            title={t('campaigns.emptyTitle')}
            why={t('campaigns.emptyWhy')}
            action={
              <ButtonLink look="primary" href="/">
                {t('fault.home')}
              </ButtonLink>
            }
          />
        )
      ) : (
        <>
          <Panel title={t('campaigns.calendar')} className="mb-4">
            <CampaignTimeline campaigns={campaigns.nodes} now={settings.shopNow} />
          </Panel>
          <Panel isFlush>
            <CampaignTable campaigns={campaigns.nodes} />
          </Panel>
        </>
      )}
      <Pager
        path="/campaigns"
        parameters={{ search, status }}
        endCursor={campaigns.pageInfo.endCursor}
        hasNextPage={campaigns.pageInfo.hasNextPage}
        isFirst={!after}
        words={{ next: t('common.next'), first: t('common.first'), label: t('common.pages') }}
      />
    </>
  );
}
