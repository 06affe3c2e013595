import { createLogger } from '@promolift/logger';
import { openDatabase } from '@promolift/db';
import { type Clock, createShopClock, type Deps, depsFor, type Installation, secretsOf } from '@promolift/services';
import type { InstallationFile } from './installation-file.ts';

export type OpenInstallation = Installation & {
  clock: Clock & { refresh(force?: boolean): Promise<void> };
  deps: () => Deps;
  close: () => Promise<void>;
};

/** The services as the CLI calls them: in the name of the system, faults to the terminal. */
export async function openInstallation(options: {
  databaseUrl: string;
  home: string;
  secrets: InstallationFile['secrets'];
  poolSize?: number;
}): Promise<OpenInstallation> {
  const database = await openDatabase({ url: options.databaseUrl, poolSize: options.poolSize ?? 4 });
  const clock = createShopClock(database);
  const log = createLogger({ name: 'cli', level: process.env.LOG_LEVEL ?? 'error' });
  const installation = { database, clock, secrets: secretsOf(options.secrets), homeDirectory: options.home, log };
  return { ...installation, deps: () => depsFor(installation, { kind: 'system', name: 'cli' }), close: () => database.close() };
}
