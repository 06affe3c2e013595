import type { ShopRow } from '@promolift/domain';
import { createShop, history } from '@promolift/simulator';
import { type FixedClock, fixedClock, startTestDatabase, type TestDatabase } from '@promolift/testing';
import type { Deps } from '../shared/deps.ts';
import { depsFor } from '../shared/installation.ts';
import type { JobWork } from '../shared/run-job.ts';

const START = new Date('2025-09-01T00:00:00Z');
const DAYS = 200;

export type SmallShop = {
  deps: Deps;
  clock: FixedClock;
  database: TestDatabase;
  rows: () => AsyncGenerator<ShopRow[]>;
  stop: () => Promise<void>;
};

/** An empty database and the rows of a simulated shop of 260 users, 60 products and 200 days; the clock stands at its end. */
export async function openSmallShop(homeDirectory: string): Promise<SmallShop> {
  const database = await startTestDatabase();
  const clock = fixedClock(new Date(START.getTime() + DAYS * 86_400_000));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const secrets = { pseudonymKey: Buffer.alloc(32, 1), encryptionKey: Buffer.alloc(32, 2), holdoutSalt: 'salt' };
  const deps = depsFor({ database: database.db, secrets, homeDirectory, log, clock }, { kind: 'system', name: 'test' });
  return { deps, clock, database, rows: shopRows, stop: () => database.stop() };
}

async function* shopRows(): AsyncGenerator<ShopRow[]> {
  let batch: ShopRow[] = [];
  for (const row of history(createShop({ seed: 3, users: 260, products: 60, startDate: START, days: DAYS }))) {
    batch.push(row);
    if (batch.length < 2_000) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** A run that nobody cancels; `stages` collects what it reported. */
export function aRun(payload: Record<string, unknown> = {}): Parameters<JobWork<object>>[0] & { stages: string[] } {
  const stages: string[] = [];
  return {
    payload,
    stages,
    checkpoint: { finished: {}, finish: () => Promise.resolve() },
    assertCurrent: () => Promise.resolve(),
    progress: {
      report: (_, stage) => {
        stages.push(stage);
        return Promise.resolve();
      },
    },
  };
}
