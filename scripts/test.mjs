// The whole test: build, checks, unit and service tests on a real PostgreSQL, journeys in a real browser, and whether models still learn as well.
// With arguments it is a shortcut to vitest: `npm test -- packages/domain`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root, run } from './setup.mjs';

ensureInstalled();
const filters = process.argv.slice(2);
const isCi = process.env.CI === 'true';
const reports = mkdtempSync(join(tmpdir(), 'promolift-test-'));
const chromium = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const totals = { passed: 0, failed: 0, skipped: 0 };

/** Runs one step, adds what `work` counted and says how it went; a step that is no test counts only when it fails. */
function step(name, work) {
  const startedAt = performance.now();
  const counted = work();
  for (const key of Object.keys(totals)) totals[key] += counted[key] ?? 0;
  const word = counted.failed > 0 ? 'FAILED' : 'ok    ';
  process.stdout.write(`\n${word} ${name} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)\n\n`);
}

const command = (name, args) => ({ failed: run(name, args) === 0 ? 0 : 1 });

/** Counts by vitest's own report. A run that ends badly without a failed test (a crash, a file that does not load) is one failure. */
function vitest(name, args, extra) {
  const path = join(reports, `${name}.json`);
  const code = run('vitest', ['run', ...args, '--reporter=dot', '--reporter=json', `--outputFile=${path}`], extra);
  const report = readReport(path);
  if (!report) return { failed: 1 };
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests > 0 || code === 0 ? report.numFailedTests : 1,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    process.stdout.write('vitest ended without a report\n');
    return undefined;
  }
}

const buildOnly = filters.length > 0 ? ['--filter=@promolift/kernels', '--filter=@promolift/api'] : [];
step('build', () => command('turbo', ['run', 'build', '--output-logs=errors-only', ...buildOnly]));
if (filters.length === 0) step('check', () => command('node', ['scripts/check.mjs']));
step('unit and service tests', () => vitest('unit', filters));
if (filters.length === 0) {
  if (chromium) step('journey tests', () => vitest('journey', ['--config', 'vitest.e2e.config.ts'], { CHROMIUM_PATH: chromium }));
  else if (isCi) step('journey tests: no chromium found (set CHROMIUM_PATH)', () => ({ failed: 1 }));
  else process.stdout.write('skipped: journeys in the browser, because no chromium was found (install it or set CHROMIUM_PATH)\n');
}
if (filters.length === 0) {
  const data = process.env.PROMOLIFT_DATA ?? join(root, '..', 'shared', 'data');
  if (isCi || existsSync(data))
    step('quality of what is learned', () => command('node', ['packages/ml/bench/learning.ts', '--short', '--data', data]));
  else process.stdout.write(`skipped: the quality of what is learned, because there is no ${data} (set PROMOLIFT_DATA)\n`);
}
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
