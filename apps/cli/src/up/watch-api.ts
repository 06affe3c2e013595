import { watch } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../shared/command-stop.ts';
import { repositoryRoot } from '../shared/folders.ts';
import { buildPackages } from './run-turbo.ts';

const SETTLE_MS = 200;

/** Development only: the API is bundled, so a changed source is bundled again; its own `--watch` then restarts it. */
export function rebuildOnChange({ home, signal, onNews }: { home: string; signal: AbortSignal; onNews: (line: string) => void }): void {
  let timer: NodeJS.Timeout | undefined;
  let building = Promise.resolve();
  const build = async () => {
    try {
      await buildPackages(['api'], { logPath: join(home, 'logs', 'build-api.log'), signal });
    } catch (fault) {
      if (!signal.aborted) onNews(messageOf(fault));
    }
  };
  for (const folder of ['apps/api/src', 'packages']) {
    watch(join(repositoryRoot, folder), { recursive: true, signal }, (_event, name) => {
      if (!name?.endsWith('.ts') || name.endsWith('.test.ts') || name.includes('node_modules')) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        building = building.then(build);
      }, SETTLE_MS);
    });
  }
}
