import type { Command } from 'commander';
import { Checklist } from '../up/checklist.ts';
import { Running } from '../up/running.ts';
import { startProduct } from '../up/up.ts';
import { moment, wholeNumber } from '../shared/arguments.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const DUPLICATE_MS = 2_000; // npm passes on the Ctrl-C that the terminal has already sent us.
const STOP_LIMIT_MS = 9_500;

export function addUp(program: Command): void {
  program
    .command('up')
    .description('start database, API, worker, backoffice and storefront; fill an empty database with a simulated shop')
    .option('--dev', 'watch the sources and restart what changed', false)
    .option('--empty', 'leave an empty database empty, for your own data', false)
    .option('--users <number>', 'users of the simulated shop', wholeNumber(10, 100_000), 2_000)
    .option('--products <number>', 'products of the simulated shop', wholeNumber(20, 20_000), 500)
    .option('--days <number>', 'days of history of the simulated shop', wholeNumber(60, 1_500), 548)
    .option('--seed <number>', 'seed of the simulated shop', wholeNumber(0, 2 ** 31 - 1), 20_260_101)
    .option(
      '--still-at <time>',
      "for tests: stop the simulated shop's clock at this time (ISO 8601) and let ids and holdout follow from the seed, so that every run is the same",
      moment,
    )
    .action(
      async (given: { dev: boolean; empty: boolean; users: number; products: number; days: number; seed: number; stillAt?: Date }) => {
        const { dev, empty, stillAt, ...size } = given;
        process.exitCode = await runUp({ isDevelopment: dev, isDemo: !empty, size, stillAt: stillAt ?? null });
      },
    );
}

/** Runs until a signal comes or the start fails; everything is stopped when this returns. */
async function runUp(options: Parameters<typeof startProduct>[0]): Promise<number> {
  const list = new Checklist(process.stdout);
  const running = new Running((line) => list.note(`  ! ${line}`));
  const abort = new AbortController();
  const signalled = waitForSignal(abort);
  let code = 0;
  try {
    const greeting = await Promise.race([startProduct(options, running, list, abort.signal), signalled.then(() => undefined)]);
    list.close();
    if (greeting !== undefined) {
      process.stdout.write(greeting);
      await signalled;
    }
  } catch (fault) {
    list.close();
    code = 1;
    if (!abort.signal.aborted) throw fault;
  } finally {
    abort.abort();
    process.stdout.write(code === 0 ? '\nStopping …\n' : '');
    const hurry = setTimeout(() => process.exit(1), STOP_LIMIT_MS);
    await running.stop();
    clearTimeout(hurry);
  }
  process.stdout.write('Stopped.\n');
  return 0;
}

/** The first signal stops everything in order; another one, if it is no echo, stops this process at once. */
function waitForSignal(abort: AbortController): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (firstAt === undefined) {
          firstAt = performance.now();
          abort.abort(new Error('stopped'));
          resolve();
        } else if (performance.now() - firstAt > DUPLICATE_MS) process.exit(130);
      });
    }
  });
}
