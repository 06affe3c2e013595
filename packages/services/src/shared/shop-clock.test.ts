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
  let wallMs = Date.parse('2026-11-25T10:00:00Z');
  const clock = createShopClock(database.db, () => wallMs);
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
  await clock.refresh(true);
  expect(clock.now().toISOString()).toBe('2026-11-25T10:00:00.000Z');

  await markDemo(deps);
  await holdShopClock(deps, new Date('2030-03-04T09:00:00Z'));
  await holdShopClock(deps, new Date('2031-01-01T00:00:00Z'));
  await clock.refresh(true);
  wallMs += 3_600_000;
  await clock.refresh();
  expect(clock.now().toISOString()).toBe('2030-03-04T09:00:00.000Z');

  for (const days of [1, 27]) expect((await advanceShopClock(deps, days)).ok).toBe(true);
  await clock.refresh(true);
  expect(clock.now().toISOString()).toBe('2030-04-01T09:00:00.000Z');
});
