import type { Metadata } from 'next';
import { ImportForm } from '@/features/models/import-form.tsx';
import { ImportReport } from '@/features/models/import-report.tsx';
import { JobProgress } from '@/features/models/job-progress.tsx';
import { ImportsQuery } from '@/features/models/models.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer, shopSettings } from '@/lib/viewer.ts';
import { Badge, Empty, PageHead, Panel } from '@/ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.imports') };
}

export default async function ImportsPage() {
  const viewer = await requireViewer();
  const { imports, overview } = await query(ImportsQuery, {});
  const settings = await shopSettings();
  const { t, f, name } = await reader();
  return (
    <>
      <PageHead
        title={t('place.imports')}
        lead={t('imports.lead', {
          orders: f.number(overview.orderCount),
          users: f.number(overview.userCount),
          products: f.number(overview.productCount),
          events: f.number(overview.eventCount),
        })}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        {viewer.may('importData') ? (
          <Panel title={t('imports.newTitle')}>
            <ImportForm currency={settings.currency} timeZone={settings.timeZone} />
          </Panel>
        ) : null}
        <div className="flex min-w-0 flex-col gap-4">
          {imports.length === 0 ? <Empty title={t('imports.emptyTitle')} why={t('imports.emptyWhy')} /> : null}
          {imports.map((one) => (
            <Panel
              key={one.id}
              title={
                <span className="flex flex-wrap items-center gap-2">
                  {one.sourceName}{' '}
                  <Badge
                    tone={one.status === 'failed' ? 'loss' : one.status === 'succeeded' || one.status === 'finished' ? 'gain' : 'accent'}
                  >
                    {name('importStatus', one.status)}
                  </Badge>
                </span>
              }
              aside={`${one.format} · ${f.dateTime(one.createdAt)}`}
            >
              {one.job && (one.job.status === 'running' || one.job.status === 'requested') ? <JobProgress jobId={one.job.id} /> : null}
              <ImportReport
                report={one.report}
                log={one.job?.status === 'failed' ? (one.job.log.at(-1) ?? null) : null}
                rejectsHref={one.rejectsUrl ? `/imports/${one.id}/rejects` : null}
              />
            </Panel>
          ))}
        </div>
      </div>
    </>
  );
}
