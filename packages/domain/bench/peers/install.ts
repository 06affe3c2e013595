import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', '.promolift', 'bench-peers');
const PEERS = { '@vendure/core': '3.7.3', '@vendure/common': '3.7.3', '@medusajs/promotion': '2.21.2' };

/** Installs the peers once, in a folder of their own that no package of the product sees, without running their scripts. */
export function requirePeers(): NodeJS.Require {
  const done = join(FOLDER, 'installed.json');
  if (!existsSync(done)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ name: 'bench-peers', private: true, dependencies: PEERS }));
    process.stdout.write('  installing the peers into .promolift/bench-peers ...\n');
    const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: FOLDER,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (npm.status !== 0) throw new Error('The peers were not installed; the bench needs a registry for them.');
    writeFileSync(done, JSON.stringify(PEERS));
  }
  return createRequire(join(FOLDER, 'package.json'));
}
