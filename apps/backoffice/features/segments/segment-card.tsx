import Link from 'next/link';
import type { SegmentCardFragment } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Bar, Facts } from '@/ui/page.tsx';

export async function SegmentCard({ segment }: { segment: SegmentCardFragment }) {
  const { t, f } = await reader();
  return (
    <article className="flex h-full flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <header>
        <h2 className="text-lg font-semibold">
          <Link href={`/segments/${segment.key}`} className="hover:underline">
            {f.text(segment.name)}
          </Link>
        </h2>
        <p className="text-muted">{t('segment.sizeAndValue', { size: f.number(segment.size), share: f.percent(segment.valueShare) })}</p>
      </header>
      <Bar share={segment.valueShare} label={t('segment.valueShare')} />
      <SegmentPortrait segment={segment} />
    </article>
  );
}

export async function SegmentPortrait({ segment }: { segment: SegmentCardFragment }) {
  const { t, f } = await reader();
  const { portrait } = segment;
  return (
    <>
      <p>{f.text(portrait.sentence)}</p>
      <Facts
        rows={[
          [
            t('segment.recency'),
            typeof portrait.medianRecencyDays === 'number' ? t('unit.days', { count: Math.round(portrait.medianRecencyDays) }) : '–',
          ],
          [t('segment.orders'), typeof portrait.averageOrders === 'number' ? f.number(portrait.averageOrders, 1) : '–'],
          [t('segment.revenue'), portrait.averageRevenue ? f.money(portrait.averageRevenue) : '–'],
          [
            t('segment.interests'),
            portrait.topInterests.length > 0 ? f.list(portrait.topInterests.map((interest) => interest.categoryName)) : '–',
          ],
        ]}
      />
    </>
  );
}
