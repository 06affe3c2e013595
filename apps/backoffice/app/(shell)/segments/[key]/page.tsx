import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { SegmentPortrait } from '@/features/segments/segment-card.tsx';
import { SegmentQuery } from '@/features/segments/segments.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { PageHead, Panel } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';

type Params = { params: Promise<{ key: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.segments') };
}

export default async function SegmentPage({ params }: Params) {
  await requireViewer();
  const { segment } = await query(SegmentQuery, { key: decodeURIComponent((await params).key) });
  if (!segment) notFound();
  const { t, f, name } = await reader();
  return (
    <>
      <PageHead
        kicker={
          <Link href="/segments" className="underline">
            {t('place.segments')}
          </Link>
        }
        title={f.text(segment.name)}
        lead={t('segment.sizeAndValue', { size: f.number(segment.size), share: f.percent(segment.valueShare) })}
        actions={<ButtonLink href={`/users?segment=${encodeURIComponent(segment.key)}`}>{t('segment.seeUsers')}</ButtonLink>}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Panel
          title={t('segment.portrait')}
          aside={segment.model ? `${name('algorithm', segment.model.algorithm)} v${segment.model.version}` : segment.kind}
        >
          <div className="flex flex-col gap-3">
            <SegmentPortrait segment={segment} />
          </div>
        </Panel>
        <Panel title={t('who.examples')} isFlush>
          <Table
            caption={t('who.examples')}
            rows={segment.exampleUsers}
            rowKey={(user) => user.id}
            columns={[
              {
                key: 'id',
                head: t('redemptions.user'),
                cell: (user) => (
                  <Link className="underline" href={`/users/${encodeURIComponent(user.externalId)}`}>
                    {user.externalId}
                  </Link>
                ),
              },
              {
                key: 'recency',
                head: t('segment.recency'),
                cell: (user) => (typeof user.profile?.recencyDays === 'number' ? t('unit.days', { count: user.profile.recencyDays }) : '–'),
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
            ]}
          />
        </Panel>
      </div>
    </>
  );
}
