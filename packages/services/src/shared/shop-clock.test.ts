import { startTestDatabase, type TestDatabase } from '@promolift/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShopClock, depsFor } from './installation.ts';
import { advanceShopClock, holdShopClock, markDemo } from './settings.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

test('a clock that was stopped stands still, moves only by days, and cannot be stopped twice', async () => {
  let passedMs = 0;
  const clock = createShopClock(database.db, () => Date.now() + passedMs);
  const deps = depsFor(
    {
      database: database.db,
      clock,
      homeDirectory: '.',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      secrets: { pseudonymKey: Buffer.alloc(32), encryptionKey: Buffer.alloc(32), holdoutSalt: 'salt' },
    },
    { kind: 'system', name: 'test' },
  );
  await markDemo(deps);
  await holdShopClock(deps, new Date('2030-03-04T09:00:00Z'));
  await holdShopClock(deps, new Date('2031-01-01T00:00:00Z'));
  await clock.refresh(true);
  passedMs += 3_600_000;
  await clock.refresh();
  expect(clock.now().toISOString()).toBe('2030-03-04T09:00:00.000Z');

  for (const days of [1, 27]) expect((await advanceShopClock(deps, days)).ok).toBe(true);
  await clock.refresh(true);
  expect(clock.now().toISOString()).toBe('2030-04-01T09:00:00.000Z');
});

test('servers whose clocks are five minutes early or late tell the time of the database', async () => {
  const own = await startTestDatabase();
  for (const wrongMs of [-300_000, 0, 300_000]) {
    const clock = createShopClock(own.db, () => Date.now() + wrongMs);
    await clock.refresh(true);
    const { rows } = await own.db.pool.query<{ now: Date }>('select clock_timestamp() now');
    expect(Math.abs((rows[0]?.now.getTime() ?? 0) - clock.now().getTime())).toBeLessThan(1_000);
  }
  await own.stop();
});
