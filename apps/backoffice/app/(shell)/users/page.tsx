import type { Metadata } from 'next';
import Link from 'next/link';
import { UsersQuery } from '@/features/users/users.queries.ts';
import { oneOf } from '@/lib/choice.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { SelectField } from '@/ui/field.tsx';
import { FilterBar } from '@/ui/filter-bar.tsx';
import { Badge, Empty, PageHead, Panel } from '@/ui/page.tsx';
import { Pager } from '@/ui/pager.tsx';
import { Table } from '@/ui/table.tsx';

const sorts = ['MONETARY_DESC', 'RECENCY_ASC', 'FREQUENCY_DESC', 'NEWEST'] as const;
type Search = { searchParams: Promise<{ after?: string; search?: string; segment?: string; sort?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.users') };
}

export default async function UsersPage({ searchParams }: Search) {
  await requireViewer();
  const { after, search, segment, sort } = await searchParams;
  const { t, f } = await reader();
  const { users, segments } = await query(UsersQuery, {
    first: 50,
    after: after ?? null,
    sort: oneOf(sorts, sort),
    filter: { ...(search ? { search } : {}), ...(segment ? { segmentKey: segment } : {}) },
  });
  const isFiltered = Boolean(search || segment);
  return (
    <>
      <PageHead title={t('place.users')} lead={t('users.lead', { count: users.totalCount })} />
      <FilterBar label={t('common.filter')} search={search} searchLabel={t('users.search')} submit={t('common.apply')}>
        <SelectField
          className="max-w-64"
          label={t('users.segment')}
          name="segment"
          defaultValue={segment ?? ''}
          options={[['', t('common.all')], ...segments.map((choice) => [choice.key, f.text(choice.name)] as const)]}
        />
        <SelectField
          label={t('common.sort')}
          name="sort"
          defaultValue={oneOf(sorts, sort)}
          options={sorts.map((choice) => [choice, t(`userSort.${choice}`)] as const)}
        />
      </FilterBar>
      {users.nodes.length === 0 ? (
        isFiltered ? (
          <Empty
            title={t('common.noMatch')}
            why={t('common.noMatchWhy')}
            action={<ButtonLink href="/users">{t('common.clear')}</ButtonLink>}
          />
        ) : (
          <Empty
            title={t('users.emptyTitle')}
            why={t('users.emptyWhy')}
            action={
              <ButtonLink look="primary" href="/imports">
                {t('imports.start')}
              </ButtonLink>
            }
          />
        )
      ) : (
        <Panel isFlush>
          <Table
            caption={t('place.users')}
            rows={users.nodes}
            rowKey={(user) => user.id}
            columns={[
              {
                key: 'id',
                head: t('redemptions.user'),
                cell: (user) => (
                  <>
                    <Link className="font-medium whitespace-nowrap underline" href={`/users/${encodeURIComponent(user.externalId)}`}>
                      {user.externalId}
                    </Link>{' '}
                    {user.erasedAt ? (
                      <Badge tone="loss">{t('users.erased')}</Badge>
                    ) : user.hasConsent ? null : (
                      <Badge tone="warn">{t('users.noConsent')}</Badge>
                    )}
                  </>
                ),
              },
              {
                key: 'segment',
                head: t('users.segment'),
                cell: (user) => user.segments.map((one) => f.text(one.name)).join(' · ') || '–',
                isMinor: true,
              },
              {
                key: 'recency',
                head: t('users.recency'),
                cell: (user) =>
                  typeof user.profile?.recencyDays === 'number' ? t('users.daysAgo', { count: user.profile.recencyDays }) : '–',
                isNumber: true,
              },
              {
                key: 'orders',
                head: t('users.orders'),
                cell: (user) => (user.profile ? f.number(user.profile.frequency) : '–'),
                isNumber: true,
              },
              {
                key: 'revenue',
                head: t('users.revenue'),
                cell: (user) => (user.profile ? f.money(user.profile.monetary) : '–'),
                isNumber: true,
              },
              {
                key: 'churn',
                head: t('users.churn'),
                cell: (user) => (typeof user.profile?.churnRisk === 'number' ? f.percent(user.profile.churnRisk) : '–'),
                isNumber: true,
                isMinor: true,
              },
            ]}
          />
        </Panel>
      )}
      <Pager
        path="/users"
        parameters={{ search, segment, sort }}
        endCursor={users.pageInfo.endCursor}
        hasNextPage={users.pageInfo.hasNextPage}
        isFirst={!after}
        words={{ next: t('common.next'), first: t('common.first'), label: t('common.pages') }}
      />
    </>
  );
}
