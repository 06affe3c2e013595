import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { wholeNumber } from '../shared/arguments.ts';
import { CommandStop } from '../shared/command-stop.ts';
import { homeDirectory } from '../shared/folders.ts';
import { readInstallationFile } from '../shared/installation-file.ts';
import { type DayLine, simulateDays } from '../simulate/simulate-days.ts';
import { readPorts } from '../up/ports.ts';

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description(
      'let days pass in the demo shop: shoppers visit, buy and return through the API; then say what each campaign truly changed',
    )
    .requiredOption('--days <number>', 'days to let pass', wholeNumber(1, 366))
    .option('--api <url>', 'the API (default: http://localhost:API_PORT)')
    .option('--output <file>', 'where to write days and true effects as JSON (default: simulation/truth.json of the installation)')
    .action(async ({ days, api, output }: { days: number; api?: string; output?: string }) => {
      const home = homeDirectory();
      const file = await readInstallationFile(home);
      if (!file) throw new CommandStop('Nothing is installed here yet; run "npm start" first and leave it running.');
      const apiUrl = api ?? `http://localhost:${readPorts(process.env).api}`;
      const result = await simulateDays({ apiUrl, home, file }, days, (line) => process.stdout.write(`${dayText(line)}\n`));
      const path = resolve(output ?? join(home, 'simulation', 'truth.json'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${JSON.stringify(result, null, 2)}\n`);
      for (const { name, offeredUsers, incrementalMarginMinor, perThousandUsers } of result.effects) {
        process.stdout.write(
          `${name}: true incremental margin ${money(incrementalMarginMinor)} over ${offeredUsers} offered users (${money(perThousandUsers.marginMinor)} per 1,000)\n`,
        );
      }
      process.stdout.write(`${result.effects.length === 0 ? 'No campaign was live. ' : ''}Written to ${path}\n`);
    });
}

const money = (minor: number): string => (minor / 100).toFixed(2);
const dayText = (line: DayLine): string =>
  `${line.date}  ${String(line.visits).padStart(5)} visits ${String(line.orders).padStart(5)} orders ${money(line.revenueMinor).padStart(10)} revenue ${money(line.discountMinor).padStart(8)} discount ${String(line.returns).padStart(3)} returned ${line.liveCampaigns} live  (${line.seconds} s)`;
