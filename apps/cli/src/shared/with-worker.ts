import { join } from 'node:path';
import { startChild } from '../up/child.ts';
import { runningUp } from '../up/lock.ts';
import { anyFreePort } from '../up/ports.ts';
import { workerService } from '../up/services.ts';
import type { DatabaseContext } from './with-database.ts';

/**
 * Makes sure somebody takes the jobs this command asks for: the worker of the running product, or one of our own for as
 * long as the command takes. `isOwn`: always our own, for a database that the running product does not serve.
 */
export async function withWorker<T>(
  { url, home, file }: DatabaseContext,
  work: () => Promise<T>,
  options: { isOwn?: boolean } = {},
): Promise<T> {
  if (!options.isOwn && (await runningUp(home))) return work();
  const port = await anyFreePort();
  const spec = workerService({
    databaseUrl: url,
    home,
    file,
    ports: { api: port, worker: port, backoffice: port, storefront: port },
    isDevelopment: false,
  });
  // Jobs of a database of its own must not be taken by workers of another one that shares the Redis.
  const environment = options.isOwn ? { ...spec.environment, REDIS_URL: undefined } : spec.environment;
  const child = await startChild(
    { ...spec, environment, logPath: join(home, 'logs', 'worker-of-command.log') },
    (line) => process.stderr.write(`${line}\n`),
    () => undefined,
  );
  try {
    await child.whenReady();
    return await work();
  } finally {
    await child.stop(5_000);
  }
}
