import type { Command } from 'commander';
import { type JobContract, measureCampaign, proposeCampaigns, trainModels } from '@promolift/jobs';
import { CommandStop } from '../shared/command-stop.ts';
import type { OpenInstallation } from '../shared/open-installation.ts';
import { runQueued } from '../shared/run-queued.ts';
import { withInstallation } from '../shared/with-database.ts';
import { withWorker } from '../shared/with-worker.ts';
import { describeInbox, describeModels } from '../up/learn.ts';

/** `train`, `propose` and `measure`: the same jobs the backoffice asks for. */
export function addJobs(program: Command): void {
  program
    .command('train')
    .description('train every model on the data as it stands now')
    .option('--accept-data', "also when the data differ from the last training's as no season makes them")
    .action(({ acceptData }: { acceptData?: boolean }) => run(trainModels, acceptData ? { acceptData } : {}, describeModels));
  program
    .command('propose')
    .description('look for promotions worth doing and put them into the inbox')
    .action(() => run(proposeCampaigns, {}, describeInbox));
  program
    .command('measure')
    .argument('<campaign>', 'id or exact name of the campaign')
    .description('measure what a campaign has changed so far')
    .action((campaign: string) =>
      withInstallation(async (installation, context) => {
        const id = await campaignId(installation, campaign);
        await withWorker(context, () => runQueued(installation, measureCampaign, { campaignId: id, isFinal: false }));
        process.stdout.write(`${await latestVerdict(installation, id)}\n`);
      }),
    );
}

function run(
  contract: JobContract,
  input: Record<string, unknown>,
  describe: (installation: OpenInstallation) => Promise<string>,
): Promise<void> {
  return withInstallation(async (installation, context) => {
    await withWorker(context, () => runQueued(installation, contract, input));
    process.stdout.write(`${await describe(installation)}\n`);
  });
}

async function campaignId({ database }: OpenInstallation, idOrName: string): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    'select id from campaigns where id::text = $1 or name = $1 order by created_at desc limit 1',
    [idOrName],
  );
  if (!rows[0]) throw new CommandStop(`There is no campaign "${idOrName}"; give the id or the exact name from the backoffice.`);
  return rows[0].id;
}

async function latestVerdict({ database }: OpenInstallation, id: string): Promise<string> {
  const { rows } = await database.pool.query<{ body: unknown }>(
    'select body from measurements where campaign_id = $1 order by computed_at desc limit 1',
    [id],
  );
  return rows[0] ? JSON.stringify(rows[0].body, null, 2) : 'Nothing to measure yet.';
}
