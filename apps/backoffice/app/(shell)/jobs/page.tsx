import type { Metadata } from 'next';
import { JobList } from '@/features/models/job-list.tsx';
import { JobsQuery } from '@/features/models/models.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { Live } from '@/ui/live.tsx';
import { Empty, PageHead } from '@/ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.jobs') };
}

export default async function JobsPage() {
  const viewer = await requireViewer();
  const { jobs } = await query(JobsQuery, {});
  const { t } = await reader();
  const running = jobs.filter((job) => job.status === 'running' || job.status === 'requested').length;
  return (
    <>
      <PageHead title={t('place.jobs')} lead={t('jobs.lead', { running, failed: jobs.filter((job) => job.status === 'failed').length })} />
      {jobs.length === 0 ? (
        <Empty
          title={t('jobs.emptyTitle')}
          why={t('jobs.emptyWhy')}
          action={
            <ButtonLink look="primary" href="/imports">
              {t('imports.start')}
            </ButtonLink>
          }
        />
      ) : (
        <JobList jobs={jobs} mayCancel={viewer.may('cancelJob')} />
      )}
      <Live everyMs={running > 0 ? 2_000 : 10_000} />
    </>
  );
}
