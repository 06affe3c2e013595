import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ledgerDifferences } from '@promolift/db';
import { openTestShop, type TestShop } from '../../src/promotions/test-campaign.ts';
import type { Batch, Call, Told } from './storm-process.ts';

/** Two processes on one database, and a third connection that looks on. */
export type StormShop = {
  shop: TestShop;
  /** Runs the calls in both processes at the same moment, by turns; `afterMs` delays one; `atOnce` = callers in each process, else all. */
  storm: (calls: readonly (Call | { call: Call; afterMs: number })[], atOnce?: number) => Promise<Told[]>;
  /** One call in the process with this number; a process that dies is replaced, and the answer is `died`. */
  ask: (process: number, call: Call) => Promise<Told>;
  /** What was wrong with counters at any sample or is now; looking begins with the first storm. */
  wrongs: () => Promise<string[]>;
  stop: () => Promise<void>;
};

/** A storm says what went wrong; nothing is right. `seed` makes its random amounts. */
export type Storm = { name: string; run: (shop: StormShop, seed: number) => Promise<string[]> };

const START_BARRIER_MS = 30;
const SAMPLE_EVERY_MS = 5;

/** `patches` are handed to the processes: source text taken out of them, to see what it was for. */
export async function openStormShop(patches: readonly SourcePatch[] = []): Promise<StormShop> {
  const shop = await openTestShop();
  const processes = [await startProcess(shop.url, patches), await startProcess(shop.url, patches)];
  const sampler = sampleCounters(shop);
  let batches = 0;
  const send = async (index: number, calls: Batch['calls'], startAtMs: number, atOnce?: number): Promise<Told[]> => {
    const child = processes[index];
    if (!child) throw new Error('no such process');
    batches += 1;
    const id = batches;
    const answer = answerOf(child, id);
    child.send({ id, startAtMs, calls, ...(atOnce && { atOnce }) } satisfies Batch);
    const told = await answer;
    if (told) return told;
    processes[index] = await startProcess(shop.url, patches);
    return calls.map(() => ({ kind: 'died', ids: [], startedMs: startAtMs, endedMs: Date.now() }));
  };
  return {
    shop,
    storm: async (calls, atOnce) => {
      const startAtMs = Date.now() + START_BARRIER_MS;
      const timed = calls.map((call) => ('afterMs' in call ? call : { call, afterMs: 0 }));
      const halves = processes.map((_, index) => timed.filter((_call, n) => n % processes.length === index));
      const told = await Promise.all(halves.map((half, index) => send(index, half, startAtMs, atOnce)));
      return timed.map((_, n) => {
        const one = told[n % processes.length]?.[Math.floor(n / processes.length)];
        if (!one) throw new Error('a call has no answer');
        return one;
      });
    },
    ask: async (index, call) => {
      const [told] = await send(index, [{ call, afterMs: 0 }], Date.now());
      if (!told) throw new Error('a call has no answer');
      return told;
    },
    wrongs: async () => [
      ...sampler.seen(),
      ...(await ledgerDifferences(shop.pool)).map((d) => `${d.counter} ${d.field} is ${d.counted}, its ledger says ${d.ledger}`),
    ],
    stop: async () => {
      await sampler.stop();
      await Promise.all(processes.map(endProcess));
      await shop.stop();
    },
  };
}

/** `file` ends with this; its text `from` is read as `to`. */
export type SourcePatch = { file: string; from: string; to: string };

async function startProcess(url: string, patches: readonly SourcePatch[]): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'storm-process.ts'), [url], {
    execArgv: patches.length > 0 ? ['--import', join(import.meta.dirname, 'patch-sources.mjs')] : [],
    env: { ...process.env, STORM_PATCHES: JSON.stringify(patches) },
  });
  if (!(await answerOf(child, 0))) throw new Error('a storm process did not start');
  return child;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

/** The child's answer to a batch; undefined when it died before. */
function answerOf(child: ChildProcess, id: number): Promise<Told[] | undefined> {
  return new Promise((resolve) => {
    const done = (answers?: Told[]) => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(answers);
    };
    const onMessage = (message: { id: number; answers: Told[] }) => {
      if (message.id === id) done(message.answers);
    };
    const onExit = () => done();
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}

const TOO_MUCH = `select 'campaign ' || campaign_id || ' over its budget' wrong from campaign_counters where reserved_minor + spent_minor > budget_minor
  union all select 'campaign ' || campaign_id || ' over its limit' from campaign_counters where reserved_uses + used > redemption_limit
  union all select 'shared budget ' || key || ' overspent' from shared_budgets where reserved_minor + spent_minor > budget_minor
  union all select 'limit ' || key || ' exceeded' from limit_counters where uses > max_uses or minor > max_minor or units > max_units
  union all select 'code ' || code || ' over its limit' from codes where used > use_limit`;

/** Looks at every counter every few milliseconds and remembers what it should never see. */
function sampleCounters({ pool }: TestShop) {
  const wrongs = new Set<string>();
  let isOn = true;
  const looking = (async () => {
    while (isOn) {
      for (const { wrong } of (await pool.query<{ wrong: string }>(TOO_MUCH)).rows) wrongs.add(wrong);
      await sleep(SAMPLE_EVERY_MS);
    }
  })();
  return {
    seen: () => [...wrongs],
    stop: async () => {
      isOn = false;
      await looking;
    },
  };
}
