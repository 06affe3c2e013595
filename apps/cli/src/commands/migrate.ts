import type { Command } from 'commander';
import { migrateDown, migrateUp } from '@promolift/db';
import { withDatabase } from '../shared/with-database.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date; "--down [name]" undoes the newest migration or all newer than <name>')
    .option('--down [name]', 'undo instead; "all" undoes everything and loses all data')
    .action(({ down }: { down?: string | true }) =>
      withDatabase(
        async ({ url }) => {
          const names = down === undefined ? await migrateUp(url) : await migrateDown(url, down === true ? undefined : down);
          process.stdout.write(
            names.length === 0
              ? 'Nothing to do.\n'
              : `${names.map((name) => `${down === undefined ? 'applied' : 'undone '} ${name}`).join('\n')}\n`,
          );
        },
        { isMigrated: false },
      ),
    );
}
