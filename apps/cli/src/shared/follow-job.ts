import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '@promolift/services';
import { CommandStop } from './command-stop.ts';

export type JobNews = {
  status: 'requested' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  progress: number;
  stage: string | null;
  result: unknown;
  error: { message?: string; code?: string } | null;
};

const LOOK_EVERY_MS = 250;

/** Waits until a job has ended and gives its result; stops with the job's own message when it failed or was cancelled. */
export async function followJob(
  { sql }: Pick<Deps, 'sql'>,
  jobRunId: string,
  onNews: (news: JobNews) => void,
  signal?: AbortSignal,
): Promise<unknown> {
  for (;;) {
    signal?.throwIfAborted();
    const { rows } = await sql.query<JobNews>('select status, progress, stage, result, error from job_runs where id = $1', [jobRunId]);
    const news = rows[0];
    if (!news) throw new CommandStop('The job is gone from the database; start the command again.');
    onNews(news);
    if (news.status === 'succeeded') return news.result;
    if (news.status === 'cancelled')
      throw new CommandStop('The job was cancelled by somebody else; start the command again if it should run.');
    if (news.status === 'failed')
      throw new CommandStop(
        `The job failed: ${(news.error?.message ?? 'no reason was kept').replace(/\.+$/, '')}. Its log is on the backoffice's jobs page.`,
      );
    await sleep(LOOK_EVERY_MS);
  }
}

/** "42% Fitting the forecasts". */
export const newsLine = ({ status, progress, stage }: JobNews): string =>
  status === 'requested' ? 'waiting for a worker' : `${Math.round(progress * 100)}% ${stage ?? ''}`.trimEnd();
