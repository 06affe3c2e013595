import { Import, openPool } from '@promolift/db';
import { proposeCampaigns, trainModels } from '@promolift/jobs';
import { requestImport } from '@promolift/services';
import { type ImportOptions, importRequest } from '../commands/import.ts';
import { CommandStop } from '../shared/command-stop.ts';
import { importReportText } from '../shared/import-report-text.ts';
import { openInstallation } from '../shared/open-installation.ts';
import { runQueued, showJob } from '../shared/run-queued.ts';
import { type DatabaseContext, withDatabase } from '../shared/with-database.ts';
import { withWorker } from '../shared/with-worker.ts';
import { loopReport } from './loop-report.ts';

const DAY_MS = 86_400_000;

/** Import → train → propose on a database of its own, as if today were the day after the data ends. Gives the report. */
export function runLoop(format: string, path: string, options: ImportOptions & { database: string }): Promise<string> {
  return withDatabase(
    async (context) => {
      const installation = await openInstallation({ databaseUrl: context.url, home: context.home, secrets: context.file.secrets });
      try {
        const asked = await requestImport(installation.deps(), await importRequest(format, path, options));
        if (!asked.ok) throw new CommandStop(`The import was not begun: ${asked.refusal.message}`);
        await withWorker(context, () => showJob(installation, asked.value.job.id, 'import'), { isOwn: true });
        await setClockToDataEnd(context);
        await withWorker(
          context,
          async () => {
            await runQueued(installation, trainModels, {});
            await runQueued(installation, proposeCampaigns, {});
          },
          { isOwn: true },
        );
        const done = await installation.deps().em.findOneOrFail(Import, { id: asked.value.import.id });
        return await loopReport(installation, `What was learned from ${format}`, importReportText(done.report ?? {}));
      } finally {
        await installation.close();
      }
    },
    { database: options.database },
  );
}

/** Old data is proposed for as of its own end: the shop's clock is set to the day after its last order. */
async function setClockToDataEnd({ url }: DatabaseContext): Promise<void> {
  const pool = openPool(url, 1);
  try {
    const { rows } = await pool.query<{ last_at: Date | null }>('select max(placed_at) as last_at from orders');
    const lastAt = rows[0]?.last_at;
    if (!lastAt) throw new CommandStop('The data holds no order, so there is nothing to learn; see the import report above.');
    const dayAfter = Math.floor(lastAt.getTime() / DAY_MS + 1) * DAY_MS;
    await pool.query(
      `insert into settings (key, value) values ('clock', jsonb_build_object('offsetMs', $1::bigint))
       on conflict (key) do update set value = excluded.value, lock_version = settings.lock_version + 1, updated_at = now()`,
      [dayAfter - Date.now()],
    );
    await pool.query('select ensure_event_partitions($1, $2)', [new Date(dayAfter), new Date(dayAfter + 60 * DAY_MS)]);
  } finally {
    await pool.end();
  }
}
