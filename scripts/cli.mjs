// `promolift` from a clone: installs what is missing, then runs the command on the pinned Node. `npm start` is `promolift up`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, pinnedEnvironment, pinnedNode, root, run, stop } from './setup.mjs';

ensureInstalled();
// Every command that learns needs the number kernels; the rest of the product is compiled by `up` itself.
if (!existsSync(join(root, 'packages', 'kernels', 'build', 'kernels.wasm')))
  if (run('turbo', ['run', 'build', '--filter=@promolift/kernels', '--output-logs=errors-only']) !== 0)
    stop('The number kernels could not be compiled: see the lines above.');
const child = spawn(pinnedNode(), ['apps/cli/src/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: pinnedEnvironment(),
});
// Ctrl-C reaches the child by itself; this process only waits, so that the child can stop everything in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
