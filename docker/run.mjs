// Replaces nothing and starts nothing else: the named process, in its folder, with this process's signals passed on.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const next = (app, port) => ({ args: [`${root}node_modules/next/dist/bin/next`, 'start', '-p', port], directory: `${root}apps/${app}` });

/** Each process as the product's own start command runs it. */
export const PROCESSES = {
  api: { args: ['--enable-source-maps', 'dist/main.js'], directory: `${root}apps/api` },
  worker: { args: ['src/main.ts'], directory: `${root}apps/worker` },
  backoffice: next('backoffice', process.env.BACKOFFICE_PORT ?? '3000'),
  storefront: next('storefront', process.env.STOREFRONT_PORT ?? '3100'),
  migrate: { args: ['apps/cli/src/main.ts', 'migrate'], directory: root },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const name = process.argv[2] ?? '';
  const found = Object.hasOwn(PROCESSES, name) ? PROCESSES[name] : undefined;
  if (!found) {
    process.stderr.write(`"${name}" is none of ${Object.keys(PROCESSES).join(', ')}.\n`);
    process.exit(1);
  }
  const child = spawn(process.execPath, [...found.args, ...process.argv.slice(3)], { cwd: found.directory, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 143 : (code ?? 1)));
}
