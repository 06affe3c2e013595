import { Command } from 'commander';
import { addCodes } from './commands/codes.ts';
import { addDoctor } from './commands/doctor.ts';
import { addImport } from './commands/import.ts';
import { addJobs } from './commands/jobs.ts';
import { addLoop } from './commands/loop.ts';
import { addMigrate } from './commands/migrate.ts';
import { addSimulate } from './commands/simulate.ts';
import { addTensorflow } from './commands/tensorflow.ts';
import { addUp } from './commands/up.ts';
import { CommandStop } from './shared/command-stop.ts';

const program = new Command('promolift')
  .description('Promotions that earn more than they cost: start the product, bring data in, learn, propose, measure.')
  .showHelpAfterError();
for (const add of [addUp, addImport, addJobs, addSimulate, addLoop, addCodes, addMigrate, addTensorflow, addDoctor]) add(program);

try {
  await program.parseAsync();
} catch (fault) {
  process.stderr.write(
    fault instanceof CommandStop ? `\n${fault.message}\n` : `${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`,
  );
  process.exitCode = 1;
}
