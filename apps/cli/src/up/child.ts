import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandStop } from '../shared/command-stop.ts';

export type ChildSpec = {
  name: string;
  /** Run by this Node. */
  script: string;
  args: readonly string[];
  nodeOptions?: readonly string[];
  directory: string;
  environment: Record<string, string | undefined>;
  logPath: string;
  /** Answers below 500 when the child is ready to work. */
  readyUrl: string;
};

export type Child = {
  readonly name: string;
  readonly spec: ChildSpec;
  pid: () => number | undefined;
  whenReady: () => Promise<void>;
  stop: (limitMs: number) => Promise<void>;
};

const FIRST_RESTART_MS = 1_000;
const LAST_RESTART_MS = 30_000;
const HEALTHY_AFTER_MS = 60_000;
const READY_LIMIT_MS = 60_000;
const CRASHES_BEFORE_READY = 3;
const followParent = new URL('./follow-parent.ts', import.meta.url).href;

/**
 * Runs a program and keeps it running: one that ends by itself is started again after 1, 2, 4 … 30 s, and `onNews` hears of it.
 * It lives in a process group of its own, so that Ctrl-C reaches us first and we stop everything in order.
 */
export async function startChild(spec: ChildSpec, onNews: (line: string) => void, onPid: () => void): Promise<Child> {
  await mkdir(dirname(spec.logPath), { recursive: true });
  await rename(spec.logPath, `${spec.logPath}.1`).catch(() => undefined);
  const log = createWriteStream(spec.logPath, { flags: 'a', mode: 0o600 });
  let current: ChildProcess | undefined;
  let isStopping = false;
  let isReady = false;
  let crashes = 0;
  let restartMs = FIRST_RESTART_MS;
  let pause: NodeJS.Timeout | undefined;

  const run = () => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...(spec.nodeOptions ?? []), '--import', followParent, spec.script, ...spec.args], {
      cwd: spec.directory,
      env: spec.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    current = child;
    onPid();
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.on('error', (fault) => log.write(`${fault.message}\n`));
    child.on('exit', (code, signal) => {
      current = undefined;
      if (isStopping) return;
      crashes += 1;
      if (performance.now() - startedAt > HEALTHY_AFTER_MS) restartMs = FIRST_RESTART_MS;
      if (isReady || crashes < CRASHES_BEFORE_READY) {
        onNews(`The ${spec.name} ended (${signal ?? `code ${code}`}) and is started again in ${restartMs / 1_000} s; see ${spec.logPath}`);
        pause = setTimeout(run, restartMs);
        restartMs = Math.min(LAST_RESTART_MS, restartMs * 2);
      }
    });
  };
  run();

  return {
    name: spec.name,
    spec,
    pid: () => current?.pid,
    whenReady: async () => {
      const deadline = performance.now() + READY_LIMIT_MS;
      while (!isStopping) {
        if (await answers(spec.readyUrl)) break;
        if (crashes >= CRASHES_BEFORE_READY || performance.now() > deadline)
          throw new CommandStop(`The ${spec.name} did not start: ${await lastWords(spec.logPath)}`);
        await sleep(100);
      }
      isReady = true;
    },
    stop: async (limitMs) => {
      isStopping = true;
      clearTimeout(pause);
      const child = current;
      if (child?.pid !== undefined) await endGroup(child, limitMs);
      log.end();
    },
  };
}

/** Asks the whole group to end; after `limitMs` the kernel ends it. */
async function endGroup(child: ChildProcess, limitMs: number): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), limitMs);
  await gone;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
    else process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}

export async function lastWords(logPath: string): Promise<string> {
  const lines = (await readFile(logPath, 'utf8').catch(() => ''))
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.length === 0 ? `it said nothing (${logPath})` : `${lines.slice(-12).join('\n')}\n(whole log: ${logPath})`;
}
