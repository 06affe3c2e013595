import { spawn } from 'node:child_process';
import { ensureInstalled, pinnedEnvironment, pinnedNode, root } from './setup.mjs';

ensureInstalled();
const child = spawn(pinnedNode(), ['apps/cli/src/main.ts', 'up', '--dev', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: pinnedEnvironment(),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
