// Runs on any Node ≥ 20 before anything is installed, so it depends on nothing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.promolift-installed');

/** Ends the process with one sentence that says what to do. */
export function stop(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}

/** Spawns npm the way the running npm was started; on Windows npm is a .cmd file and needs a shell. */
function npm(args, options = {}) {
  return spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options });
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash() && existsSync(pinnedNode());
}

/** Path of the pinned Node 24 that the root's `node` package carries. */
export function pinnedNode() {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Where install scripts are blocked the pinned Node was not put in place: its own installer does it. */
function ensurePinnedNode() {
  const works = () => spawnSync(pinnedNode(), ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v24.');
  if (works()) return;
  spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: join(root, 'node_modules', 'node'), stdio: 'inherit' });
  if (!works())
    stop('The pinned Node 24 could not be installed: run "npm rebuild node", or allow the install script of the package "node".');
}

/** Installs what package-lock.json names, once a lock file; later calls return at once. */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20)
    stop(`Promolift needs Node 20 or newer to set itself up; this is ${process.version}. Install a newer Node and run the command again.`);
  if (!isInstalled()) {
    process.stdout.write('Installing packages (only the first time and after updates) …\n');
    const result = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    if (result.status !== 0)
      stop(
        'Installing packages failed: see the lines above; check the network, free disk space (about 2 GB) and that you may write in this folder, then run the command again.',
      );
    ensurePinnedNode();
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(stamp, lockHash());
  }
}

/** Environment in which the pinned Node 24 and the workspace's tools come first. */
export function pinnedEnvironment(extra = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  return { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', TURBO_TELEMETRY_DISABLED: '1', ...extra };
}

/** Runs a program of the workspace to its end; returns its exit code. */
export function run(command, args, extra = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: pinnedEnvironment(extra),
    shell: process.platform === 'win32',
  });
  return result.status ?? 1;
}
