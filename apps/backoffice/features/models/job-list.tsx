import type { JobPartsFragment } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import type { Tone } from '@/ui/page.tsx';
import { Badge, Bar, Code } from '@/ui/page.tsx';
import { CancelJob } from './cancel-job.tsx';

const tones: Record<JobPartsFragment['status'], Tone> = {
  requested: 'plain',
  running: 'accent',
  succeeded: 'gain',
  failed: 'loss',
  cancelled: 'warn',
};

/** The message of a job's error, whatever else it carries. */
function messageOf(error: unknown): string | null {
  if (typeof error === 'string') return error;
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string' ? error.message : null;
}

export async function JobList({ jobs, mayCancel }: { jobs: readonly JobPartsFragment[]; mayCancel: boolean }) {
  const { t, f, name } = await reader();
  return (
    <ul className="overflow-hidden rounded-lg border border-line bg-surface">
      {jobs.map((job) => {
        const isRunning = job.status === 'running' || job.status === 'requested';
        const message = messageOf(job.error);
        return (
          <li
            key={job.id}
            className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-0 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] md:items-center"
          >
            <div>
              <h2 className="flex flex-wrap items-center gap-2 font-semibold">
                {name('jobName', job.name)} <Badge tone={tones[job.status]}>{t(`jobStatus.${job.status}`)}</Badge>
              </h2>
              <p className="text-xs text-muted">
                {f.dateTime(job.createdAt)}
                {job.requestedBy ? ` · ${job.requestedBy.name}` : ''}
              </p>
            </div>
            <div className="min-w-0">
              {isRunning ? (
                <>
                  <p className="mb-1 flex justify-between text-xs">
                    <span>{job.stage ?? t(`jobStatus.${job.status}`)}</span>
                    <span className="text-muted">
                      {f.percent(job.progress)}
                      {job.secondsLeft ? ` · ${t('job.secondsLeft', { seconds: Math.ceil(job.secondsLeft) })}` : ''}
                    </span>
                  </p>
                  <Bar share={job.progress} label={t('job.progress')} />
                </>
              ) : null}
              {message ? <p className="text-loss">{message}</p> : null}
              <p className="truncate font-mono text-xs text-muted">{job.log.at(-1)}</p>
              {job.log.length > 1 ? (
                <details className="text-xs">
                  <summary className="w-fit text-muted">{t('jobs.log')}</summary>
                  <pre className="mt-1 max-h-60 overflow-auto rounded bg-sunken p-2 whitespace-pre-wrap">{job.log.join('\n')}</pre>
                </details>
              ) : null}
            </div>
            <div className="flex items-center gap-3">
              <Code>{job.id.slice(-8)}</Code>
              {isRunning && mayCancel ? <CancelJob id={job.id} /> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
