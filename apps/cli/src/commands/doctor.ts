import type { Command } from 'commander';
import { checks, type Finding } from '../doctor/checks.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at this machine and installation, and say how to mend what is wrong')
    .action(async () => {
      let broken = 0;
      for (const check of checks) {
        const finding = await check.look();
        process.stdout.write(`${line(check.name, finding)}\n`);
        if (finding.state === 'broken') broken += 1;
      }
      process.exitCode = broken === 0 ? 0 : 1;
    });
}

const SIGNS = { fine: '✓', slow: '!', broken: '✗' } as const;
const line = (name: string, { state, text, fix }: Finding): string =>
  `  ${SIGNS[state]} ${name.padEnd(16)}${text}${fix ? `\n${' '.repeat(20)}→ ${fix}` : ''}`;
