import { openDatabase } from '@promolift/db';
import type { Logger } from '@promolift/logger';
import { createShopClock, type Installation, secretsOf } from '@promolift/services';
import type { WorkerEnv } from './env.ts';

export async function openInstallation(
  env: WorkerEnv,
  log: Logger,
  poolSize: number,
): Promise<Installation & { refreshClock: () => Promise<void>; close: () => Promise<void> }> {
  const database = await openDatabase({ url: env.DATABASE_URL, poolSize });
  const clock = createShopClock(database);
  await clock.refresh(true);
  return {
    database,
    clock,
    secrets: secretsOf(env),
    homeDirectory: env.PROMOLIFT_HOME,
    log,
    refreshClock: () => clock.refresh(true),
    close: () => database.close(),
  };
}
