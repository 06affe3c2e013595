import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { once } from 'node:events';
import { CommandStop } from '../shared/command-stop.ts';
import { repositoryRoot } from '../shared/folders.ts';
import { lastWords } from './child.ts';

const fromRoot = createRequire(join(repositoryRoot, 'package.json'));

/** The environment of every program we start: the pinned Node and the workspace's tools first, nobody is called home. */
export const toolEnvironment = (): Record<string, string | undefined> => ({
  ...process.env,
  PATH: [join(repositoryRoot, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
});

/** Builds packages through turbo, whose cache makes an unchanged one free. Stops with the end of the log when a build fails. */
export async function buildPackages(
  names: readonly string[],
  options: { logPath: string; signal: AbortSignal; onLine?: (line: string) => void },
): Promise<void> {
  await mkdir(dirname(options.logPath), { recursive: true });
  const log = createWriteStream(options.logPath, { mode: 0o600 });
  const turbo = join(dirname(fromRoot.resolve('turbo/package.json')), 'bin', 'turbo');
  const child = spawn(
    process.execPath,
    [turbo, 'run', 'build', ...names.map((name) => `--filter=@promolift/${name}`), '--ui=stream', '--output-logs=new-only', '--no-color'],
    {
      cwd: repositoryRoot,
      env: toolEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
    } catch {
      // It has ended already.
    }
  };
  options.signal.addEventListener('abort', end, { once: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log.write(text);
      const line = text.trim().split('\n').at(-1);
      if (line) options.onLine?.(line);
    });
  }
  const [code] = (await once(child, 'exit')) as [number | null];
  options.signal.removeEventListener('abort', end);
  log.end();
  options.signal.throwIfAborted();
  if (code !== 0) {
    await once(log, 'close');
    throw new CommandStop(`Building ${names.join(', ')} failed. ${await lastWords(options.logPath)}`);
  }
}
