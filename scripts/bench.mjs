// Measured rates of this machine: npm run bench [-- import money scale codes api learning loop storms redemptions].
// Without names all suites but the storms run, one after the other; what begins with -- goes to the suites, such as --short to learning.
import { cpus, totalmem } from 'node:os';
import { ensureInstalled, run, stop } from './setup.mjs';

const SUITES = {
  // With the heap an import job gets (apps/worker/src/isolated.ts).
  import: ['--max-old-space-size=160', '--max-semi-space-size=8', 'packages/db/bench/import.ts'],
  money: ['packages/domain/bench/money-proof.ts'],
  scale: ['packages/domain/bench/scale.ts'],
  api: ['apps/cli/bench/api.ts'],
  learning: ['packages/ml/bench/learning.ts'],
  loop: ['apps/cli/bench/loop.ts'],
  codes: ['apps/cli/bench/codes.ts'],
  storms: ['packages/services/bench/storms.ts'],
  redemptions: ['packages/services/bench/redemptions.ts'],
};

/** Each storm a hundred times takes the better part of an hour. */
const ONLY_BY_NAME = new Set(['storms']);

ensureInstalled();
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = asked.find((name) => !Object.hasOwn(SUITES, name));
if (unknown) stop(`There is no bench "${unknown}"; choose from ${Object.keys(SUITES).join(', ')}.`);
process.stdout.write(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}\n`,
);
let failed = 0;
for (const name of asked.length > 0 ? asked : Object.keys(SUITES).filter((name) => !ONLY_BY_NAME.has(name))) {
  process.stdout.write(`\n${name}\n`);
  failed += run('node', [...SUITES[name], ...options]) === 0 ? 0 : 1;
}
process.exit(failed === 0 ? 0 : 1);
