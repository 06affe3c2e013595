import { connectOrm } from './database.ts';
import type { MikroORM } from '@mikro-orm/postgresql';

/** Runs every pending migration, in order, and returns their names. `onProgress` hears of each before it runs. */
export async function migrateUp(url: string, onProgress?: (name: string) => void): Promise<string[]> {
  return withMigrator(url, async (migrator) => {
    if (onProgress) migrator.on('migrating', (event) => onProgress(event.name));
    return (await migrator.up()).map((migration) => migration.name);
  });
}

/** Undoes the newest migration, or every one newer than `to` (`'all'` for an empty database), and returns their names. */
export async function migrateDown(url: string, to?: string): Promise<string[]> {
  return withMigrator(url, async (migrator) => {
    const options = to === undefined ? undefined : { to: to === 'all' ? 0 : to };
    return (await migrator.down(options)).map((migration) => migration.name);
  });
}

/** Names of the migrations this code knows and the database has not run. */
export async function pendingMigrations(url: string): Promise<string[]> {
  return withMigrator(url, async (migrator) => (await migrator.getPending()).map((migration) => migration.name));
}

async function withMigrator<T>(url: string, work: (migrator: MikroORM['migrator']) => Promise<T>): Promise<T> {
  const orm = await connectOrm(url, 2, false);
  try {
    return await work(orm.migrator);
  } finally {
    await orm.close(true);
  }
}
