'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { Bar } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';

const JobState = z.object({
  status: z.enum(['requested', 'running', 'succeeded', 'failed', 'cancelled']),
  progress: z.number(),
  stage: z.string().nullable(),
  log: z.array(z.string()),
  secondsLeft: z.number().nullable(),
});
const POLL_MS = 1_000;

/** Follows one job until it ends, then fetches the page anew. The page can be left: the job goes on. */
export function JobProgress({ jobId }: { jobId: string }) {
  const { t, f } = useReader();
  const router = useRouter();
  const [job, setJob] = useState<z.infer<typeof JobState> | null>(null);
  const [isLost, setIsLost] = useState(false);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    async function ask() {
      const response = await fetch(`/jobs/${jobId}/state`, { cache: 'no-store' }).catch(() => null);
      if (isOver) return;
      const parsed = JobState.safeParse(response?.ok ? await response.json().catch(() => null) : null);
      setIsLost(!parsed.success);
      if (parsed.success) setJob(parsed.data);
      if (parsed.success && parsed.data.status !== 'requested' && parsed.data.status !== 'running') router.refresh();
      else timer = setTimeout(ask, POLL_MS);
    }
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [jobId, router]);
  const status = job?.status ?? 'requested';
  return (
    <div role="status" aria-live="polite" className="rounded-lg border border-line bg-surface p-4">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-2">
        <span className="font-medium">{job?.stage ?? t(`jobStatus.${status}`)}</span>
        <span className="text-xs text-muted">
          {f.percent(job?.progress ?? 0)}
          {job?.secondsLeft ? ` · ${t('job.secondsLeft', { seconds: Math.ceil(job.secondsLeft) })}` : ''}
          {' · '}
          <Link href="/jobs" className="underline">
            {t('job.open')}
          </Link>
        </span>
      </div>
      <Bar share={job?.progress ?? 0} tone={status === 'failed' ? 'loss' : 'accent'} label={t('job.progress')} />
      <p className="mt-2 truncate font-mono text-xs text-muted">{isLost ? t('job.lost') : (job?.log.at(-1) ?? t('job.canLeave'))}</p>
    </div>
  );
}
