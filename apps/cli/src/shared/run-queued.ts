import type { JobContract } from '@promolift/jobs';
import { requestJob } from '@promolift/services';
import { followJob, newsLine } from './follow-job.ts';
import type { OpenInstallation } from './open-installation.ts';

/** Asks for a job and shows its progress on one line until it has ended; gives its result. */
export async function runQueued(installation: OpenInstallation, contract: JobContract, input: Record<string, unknown>): Promise<unknown> {
  const job = await requestJob(installation.deps(), contract, input);
  return showJob(installation, job.id, contract.name);
}

export async function showJob(installation: OpenInstallation, jobRunId: string, title: string): Promise<unknown> {
  const isLive = process.stdout.isTTY === true;
  let lastLine = '';
  const result = await followJob(installation.deps(), jobRunId, (news) => {
    const line = `${title}: ${newsLine(news)}`;
    if (line === lastLine || (!isLive && news.stage === null)) return;
    lastLine = line;
    process.stdout.write(isLive ? `\r\u001b[2K${line}` : `${line}\n`);
  });
  if (isLive) process.stdout.write('\n');
  return result;
}
