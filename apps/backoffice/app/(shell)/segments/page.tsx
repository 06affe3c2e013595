import type { Metadata } from 'next';
import { SegmentCard } from '@/features/segments/segment-card.tsx';
import { SegmentsQuery } from '@/features/segments/segments.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { Empty, PageHead } from '@/ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.segments') };
}

export default async function SegmentsPage() {
  await requireViewer();
  const { segments } = await query(SegmentsQuery, {});
  const { t, f } = await reader();
  const sorted = segments.toSorted((a, b) => b.valueShare - a.valueShare);
  const top = sorted[0];
  return (
    <>
      <PageHead
        title={t('place.segments')}
        lead={top ? t('segments.lead', { name: f.text(top.name), share: f.percent(top.valueShare), users: f.number(top.size) }) : undefined}
      />
      {top ? (
        <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {sorted.map((segment) => (
            <li key={segment.id} className="min-w-0">
              <SegmentCard segment={segment} />
            </li>
          ))}
        </ul>
      ) : (
        <Empty
          title={t('segments.emptyTitle')}
          why={t('segments.emptyWhy')}
          action={
            <ButtonLink look="primary" href="/models">
              {t('place.models')}
            </ButtonLink>
          }
        />
      )}
    </>
  );
}
