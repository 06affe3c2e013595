// Everything that can be said about the code without running it. Each step prints its own findings; all run, then the code says whether any failed.
import { ensureInstalled, run } from './setup.mjs';

ensureInstalled();
const steps = [
  ['kernels', 'turbo', ['run', 'build', '--filter=@promolift/kernels', '--output-logs=errors-only']],
  ['lint and format', 'biome', ['ci', '--error-on-warnings', '--max-diagnostics=40', '.']],
  ['types', 'turbo', ['run', 'typecheck', '--output-logs=errors-only', '--continue']],
  ['types of the journeys', 'tsc', ['--noEmit', '-p', 'e2e']],
  ['package boundaries', 'turbo', ['boundaries']],
  ['architecture, schema drift', 'vitest', ['run', 'architecture.test.ts', 'apps/api/src/schema.test.ts', '--reporter=dot']],
  ['dead code', 'knip', ['--no-progress']],
  ['licences', 'node', ['scripts/check-licences.mjs']],
];
const failed = [];
for (const [name, command, args] of steps) {
  const startedAt = performance.now();
  const code = run(command, args);
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`);
  if (code !== 0) failed.push(name);
}
if (failed.length > 0) {
  process.stderr.write(`\nCheck failed: ${failed.join(', ')}.\n`);
  process.exit(1);
}
