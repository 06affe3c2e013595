// The whole test: build, checks, unit and service tests on a real PostgreSQL, then journeys in a real browser.
// With arguments it is a shortcut to vitest: `npm test -- packages/domain`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, run } from './setup.mjs';

ensureInstalled();
const filters = process.argv.slice(2);
const isCi = process.env.CI === 'true';
const reports = mkdtempSync(join(tmpdir(), 'promolift-test-'));
const chromium = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
let passed = 0;
let failed = 0;
let skipped = 0;

function step(name, work) {
  const startedAt = performance.now();
  const code = work();
  process.stdout.write(`\n${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)\n\n`);
  if (code !== 0) failed += failed === 0 || !name.includes('tests') ? 1 : 0;
  return code === 0;
}

function vitest(name, args, extra) {
  return step(`${name} tests`, () => {
    const report = join(reports, `${name}.json`);
    const code = run('vitest', ['run', ...args, '--reporter=dot', '--reporter=json', `--outputFile=${report}`], extra);
    if (existsSync(report)) {
      const result = JSON.parse(readFileSync(report, 'utf8'));
      passed += result.numPassedTests;
      failed += result.numFailedTests;
      skipped += result.numPendingTests + result.numTodoTests;
    }
    return code;
  });
}

step('build', () =>
  run('turbo', [
    'run',
    'build',
    '--output-logs=errors-only',
    ...(filters.length > 0 ? ['--filter=@promolift/kernels', '--filter=@promolift/api'] : []),
  ]),
);
if (filters.length === 0) step('check', () => run('node', ['scripts/check.mjs']));
vitest('unit and service', filters);
if (filters.length === 0) {
  if (chromium) vitest('journey', ['--config', 'vitest.e2e.config.ts'], { CHROMIUM_PATH: chromium });
  else if (isCi) step('journey tests: no chromium found (set CHROMIUM_PATH)', () => 1);
  else process.stdout.write('skipped: journeys in the browser, because no chromium was found (install it or set CHROMIUM_PATH)\n');
}
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
