import { expect, test } from 'vitest';
import { toInstant, toLocal } from './zoned-time.ts';

test.each([
  ['2026-11-23T09:00', 'Europe/London', '2026-11-23T09:00:00.000Z'],
  ['2026-07-01T09:00', 'Europe/London', '2026-07-01T08:00:00.000Z'],
  ['2026-11-23T09:00', 'Asia/Shanghai', '2026-11-23T01:00:00.000Z'],
  ['2026-03-29T00:30', 'Europe/London', '2026-03-29T00:30:00.000Z'],
  ['2026-03-29T03:30', 'Europe/London', '2026-03-29T02:30:00.000Z'],
])('%s in %s is %s', (local, zone, instant) => {
  expect(toInstant(local, zone)).toBe(instant);
  expect(toLocal(instant, zone)).toBe(local);
});
