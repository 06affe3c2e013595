import { join } from 'node:path';
import { EmbeddedPostgresError, migrateUp, startEmbeddedPostgres } from '@promolift/db';
import { proposeCampaigns, trainModels } from '@promolift/jobs';
import { CommandStop } from '../shared/command-stop.ts';
import { homeDirectory } from '../shared/folders.ts';
import { openInstallationFile } from '../shared/installation-file.ts';
import { type OpenInstallation, openInstallation } from '../shared/open-installation.ts';
import { announcement } from './announce.ts';
import type { Checklist, StepHandle } from './checklist.ts';
import { describeInbox, describeModels, ensureJobDone } from './learn.ts';
import { takeUpLock } from './lock.ts';
import { isShopEmpty, makeData, type ShopSize } from './make-data.ts';
import { readPorts, requireFreePorts } from './ports.ts';
import { requireDatabase, requireWritable } from './preflight.ts';
import { nameDemoShop, prepareAccess } from './prepare-shop.ts';
import { reproducibleOf } from './reproducible.ts';
import type { Running } from './running.ts';
import { buildPackages } from './run-turbo.ts';
import { apiService, FRONT_ENDS, type FrontEnd, frontEndService, type ServiceContext, workerService } from './services.ts';
import { rebuildOnChange } from './watch-api.ts';

/** `stillAt`: for tests, see `Reproducible`; null lets the clock run and chance be chance. */
export type UpOptions = { isDevelopment: boolean; isDemo: boolean; size: ShopSize; stillAt: Date | null };
type Context = ServiceContext & { installation: OpenInstallation; signal: AbortSignal; options: UpOptions; running: Running };

const SERVER_STEPS = ['database', 'migrations', 'builds', 'data', 'training', 'proposals', 'API', 'worker'] as const;
type Steps = Record<(typeof SERVER_STEPS)[number] | FrontEnd, StepHandle>;

/**
 * Starts the whole product and gives the text that greets the person. Whatever has been started is in `running`, whose
 * `stop` undoes it. Throws CommandStop with one sentence when something outside stands in the way.
 */
export async function startProduct(options: UpOptions, running: Running, list: Checklist, signal: AbortSignal): Promise<string> {
  const home = homeDirectory();
  const ports = readPorts(process.env);
  await requireWritable(home);
  running.lock = await takeUpLock(home);
  await requireFreePorts(ports);
  if (process.env.DATABASE_URL) await requireDatabase(process.env.DATABASE_URL);
  const file = await openInstallationFile(home, reproducibleOf({ ...options, seed: options.size.seed }, process.env.DATABASE_URL));
  const steps = Object.fromEntries([...SERVER_STEPS, ...FRONT_ENDS].map((label) => [label, list.add(label)])) as Steps;

  const [databaseUrl] = await Promise.all([openData(home, running, steps), buildServer(home, signal, steps)]);
  const installation = await openInstallation({ databaseUrl, home, secrets: file.secrets });
  running.closeInstallation = installation.close;
  const context: Context = { databaseUrl, home, file, ports, isDevelopment: options.isDevelopment, installation, signal, options, running };
  if (options.isDemo && (await isShopEmpty(installation)) && file.simulatedShop === null) await nameDemoShop(installation);
  const signIns = await prepareAccess(installation, file, home);
  signal.throwIfAborted();
  await Promise.all([startServer(context, steps), startFrontEnds(context, steps), fillAndLearn(context, steps)]);
  if (options.isDevelopment) rebuildOnChange({ home, signal, onNews: (line) => list.note(line) });
  return announcement(installation, file, signIns, ports);
}

async function openData(home: string, running: Running, steps: Steps): Promise<string> {
  steps.database.begin();
  const url = process.env.DATABASE_URL || (await startEmbedded(home, running));
  steps.database.done(process.env.DATABASE_URL ? 'yours (DATABASE_URL)' : 'embedded PostgreSQL');
  steps.migrations.begin();
  const applied = await migrateUp(url, (name) => steps.migrations.say(name));
  steps.migrations.done(applied.length === 0 ? 'up to date' : `${applied.length} applied`);
  return url;
}

async function startEmbedded(home: string, running: Running): Promise<string> {
  try {
    running.database = await startEmbeddedPostgres({ directory: join(home, 'postgres'), onLog: () => undefined });
    return running.database.url;
  } catch (fault) {
    throw fault instanceof EmbeddedPostgresError ? new CommandStop(fault.message, { cause: fault }) : fault;
  }
}

async function buildServer(home: string, signal: AbortSignal, { builds }: Steps): Promise<void> {
  builds.begin('kernels, API');
  await buildPackages(['kernels', 'api'], { logPath: join(home, 'logs', 'build-api.log'), signal });
  builds.done('kernels, API');
}

async function startServer(context: Context, steps: Steps): Promise<void> {
  const { running } = context;
  steps.worker.begin();
  steps.API.begin();
  const worker = await running.start('worker', workerService(context));
  const api = await running.start('api', apiService(context));
  await Promise.all([
    worker.whenReady().then(() => steps.worker.done(process.env.REDIS_URL ? 'queue on Redis' : 'queue on PostgreSQL')),
    api.whenReady().then(() => steps.API.done(`http://localhost:${context.ports.api}/graphql`)),
  ]);
}

async function startFrontEnds(context: Context, steps: Steps): Promise<void> {
  await Promise.all(
    FRONT_ENDS.map(async (name) => {
      const step = steps[name];
      step.begin(context.isDevelopment ? '' : 'building');
      if (!context.isDevelopment) {
        const logPath = join(context.home, 'logs', `build-${name}.log`);
        await buildPackages([name], { logPath, signal: context.signal, onLine: () => step.say('building') });
      }
      step.say('starting');
      const child = await context.running.start('front end', frontEndService(name, context));
      await child.whenReady();
      step.done(`http://localhost:${context.ports[name]}`);
    }),
  );
}

async function fillAndLearn(context: Context, steps: Steps): Promise<void> {
  const { installation, options, signal } = context;
  steps.data.begin();
  if (!options.isDemo && (await isShopEmpty(installation))) {
    steps.data.done('empty; import your own with "npm run promolift -- import"');
    for (const step of [steps.training, steps.proposals]) step.done('after the first import');
    return;
  }
  steps.data.done(await makeData(context, options.size, (line) => steps.data.say(line), signal));
  steps.training.begin();
  await ensureJobDone(installation, trainModels, (line) => steps.training.say(line), signal);
  steps.training.done(await describeModels(installation));
  steps.proposals.begin();
  await ensureJobDone(installation, proposeCampaigns, (line) => steps.proposals.say(line), signal);
  steps.proposals.done(await describeInbox(installation));
}
