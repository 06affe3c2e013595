import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandStop, codeOf } from '../shared/command-stop.ts';
import { isAlive, isStill, waitForEnd } from '../shared/processes.ts';

const Holder = z.object({ pid: z.int(), startedAt: z.string(), children: z.array(z.object({ pid: z.int(), mark: z.string() })) });
type Holder = z.infer<typeof Holder>;

const UP_MARK = 'main.ts';
const ORPHAN_LIMIT_MS = 6_000; // Children notice at once that their parent is gone and need a moment to stop cleanly.

export type UpLock = { noteChildren: (children: Holder['children']) => Promise<void>; release: () => Promise<void> };

const pathIn = (home: string): string => join(home, 'up.lock');

/** Who runs `up` on this folder, if anybody. */
export async function runningUp(home: string): Promise<{ pid: number; startedAt: string } | undefined> {
  const holder = await readHolder(home);
  return holder && holder.pid !== process.pid && (await isStill(holder.pid, UP_MARK)) ? holder : undefined;
}

/** Makes this process the only `up` of the folder. A lock left by a killed one is cleared together with its children. */
export async function takeUpLock(home: string): Promise<UpLock> {
  await mkdir(home, { recursive: true });
  const holder: Holder = { pid: process.pid, startedAt: new Date().toISOString(), children: [] };
  for (let attempt = 0; !(await create(home, holder)); attempt += 1) {
    const other = await runningUp(home);
    if (other || attempt === 5)
      throw new CommandStop(
        `Promolift already runs here (process ${other?.pid ?? 'unknown'}, since ${other?.startedAt ?? 'a moment ago'}); stop it first, or set PROMOLIFT_HOME to another folder for a second one.`,
      );
    await clearStale(home);
  }
  let writing = Promise.resolve();
  return {
    noteChildren: (children) => {
      writing = writing.then(() => writeFile(pathIn(home), JSON.stringify({ ...holder, children }), { mode: 0o600 }));
      return writing;
    },
    release: async () => {
      await writing.catch(() => undefined);
      await rm(pathIn(home), { force: true });
    },
  };
}

async function create(home: string, holder: Holder): Promise<boolean> {
  try {
    const file = await open(pathIn(home), 'wx', 0o600);
    await file.writeFile(JSON.stringify(holder));
    await file.close();
    return true;
  } catch (fault) {
    if (codeOf(fault) === 'EEXIST') return false;
    throw fault;
  }
}

async function clearStale(home: string): Promise<void> {
  const dead = await readHolder(home);
  const orphans = (dead?.children ?? []).filter(({ pid }) => isAlive(pid));
  for (const { pid, mark } of orphans) if (await isStill(pid, mark)) await waitForEnd(pid, ORPHAN_LIMIT_MS);
  await rm(pathIn(home), { force: true });
}

async function readHolder(home: string): Promise<Holder | undefined> {
  const text = await readFile(pathIn(home), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
