import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { importDataset } from '@promolift/jobs';

const entry = fileURLToPath(new URL('./run-isolated.ts', import.meta.url));

/** An import streams: a small heap keeps the process under 300 MB whatever the file's size, where V8 would rather collect late. */
const HEAP: Readonly<Record<string, string[]>> = { [importDataset.name]: ['--max-old-space-size=160', '--max-semi-space-size=8'] };

/** Starts this job in a child process; resolves when it ended well. A crash or a thrown fault rejects with its message. */
export function runIsolated(contractName: string, payload: unknown, isLastAttempt: boolean, children: Set<() => void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(entry, [], { stdio: 'inherit', execArgv: HEAP[contractName] ?? [] });
    const kill = () => child.kill('SIGKILL');
    children.add(kill);
    let fault: string | undefined;
    child.on('message', (message: { fault?: string }) => {
      fault = message.fault;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      children.delete(kill);
      if (code === 0) resolve();
      else reject(new Error(fault ?? `The job's process ended with ${signal ?? `code ${code}`}.`));
    });
    child.send({ contractName, payload, isLastAttempt });
  });
}
