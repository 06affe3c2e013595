/** NDCG@10 and MASE beside their baselines on the public data sets: `node apps/cli/bench/loop.ts [online-retail complete-journey]`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../src/shared/folders.ts';
import { runLoop } from '../src/loop/run-loop.ts';

const folder = process.env.PROMOLIFT_DATA ?? join(repositoryRoot, '..', 'shared', 'data');
const asked = process.argv.slice(2);

for (const name of asked.length > 0 ? asked : ['online-retail', 'complete-journey']) {
  const path = join(folder, name);
  if (!existsSync(path)) {
    console.log(`skipped: ${name}, because there is no ${path} (set PROMOLIFT_DATA)`);
    continue;
  }
  const startedMs = performance.now();
  const report = await runLoop(name, path, { database: `bench_${name.replaceAll('-', '_')}`, assumedMargin: 30, assumeConsent: true });
  console.log(`\n${name}: import, training and proposals in ${((performance.now() - startedMs) / 1_000).toFixed(0)} s`);
  console.log(
    report
      .split('\n## ')
      .filter((section) => /^(Models|Forecasts)/.test(section))
      .map((section) => `## ${section}`)
      .join('\n'),
  );
}
