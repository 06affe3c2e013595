import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { runLoop } from '../loop/run-loop.ts';
import type { ImportOptions } from './import.ts';

export function addLoop(program: Command): void {
  program
    .command('loop')
    .argument('<format>', 'complete-journey, online-retail or any other import format')
    .argument('<path>', 'folder or file of the data set')
    .description('import → train → propose on a database of its own, then report what was learned and proposed')
    .option('--database <name>', 'name of the database on the same server (default: loop_<format>)')
    .option('--output <file>', 'also write the report to this file')
    .option('--currency <code>', 'ISO 4217 code of the amounts, where the data does not say')
    .option('--time-zone <zone>', 'IANA zone of the times, where the data does not say')
    .option('--assumed-margin <percent>', 'margin to assume for products without a cost', Number)
    .option('--assume-consent', 'the users agreed to being learned from')
    .option('--mapping <file>', 'what the columns of a CSV mean (JSON)')
    .action(
      async (format: string, path: string, { output, database, ...options }: ImportOptions & { database?: string; output?: string }) => {
        const report = await runLoop(format, path, { ...options, database: database ?? `loop_${format.replaceAll('-', '_')}` });
        process.stdout.write(`\n${report}\n`);
        if (output) await writeFile(output, `${report}\n`);
      },
    );
}
