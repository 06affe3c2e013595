import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMIT_PERIODS, periodStart } from './limit-period.ts';

describe('where a period starts', () => {
  // Instants worked out by hand from the zones' published changes of 2026 (and Samoa's skipped day of 2011).
  test.each([
    ['2026-03-29T11:30:15Z', 'hour', 'Europe/Berlin', '2026-03-29T11:00:00Z'],
    ['2026-03-29T11:30:00Z', 'hour', 'Asia/Kathmandu', '2026-03-29T11:15:00Z'],
    ['2026-10-25T00:30:00Z', 'hour', 'Europe/Berlin', '2026-10-25T00:00:00Z'],
    ['2026-10-25T01:30:00Z', 'hour', 'Europe/Berlin', '2026-10-25T01:00:00Z'],
    ['2026-03-29T21:59:59Z', 'day', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['2026-03-29T22:00:00Z', 'day', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['2026-10-25T22:59:59Z', 'day', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
    ['2026-03-08T12:00:00Z', 'day', 'America/Havana', '2026-03-08T05:00:00Z'],
    ['2011-12-30T23:00:00Z', 'day', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['2026-01-01T12:00:00Z', 'week', 'UTC', '2025-12-29T00:00:00Z'],
    ['2026-01-05T00:00:00Z', 'week', 'UTC', '2026-01-05T00:00:00Z'],
    ['2026-01-04T23:30:00Z', 'week', 'Asia/Shanghai', '2026-01-04T16:00:00Z'],
    ['2026-03-31T23:30:00Z', 'month', 'America/New_York', '2026-03-01T05:00:00Z'],
    ['2026-12-31T23:30:00Z', 'year', 'Asia/Shanghai', '2026-12-31T16:00:00Z'],
  ] as const)('%s, %s in %s: %s', (at, period, timeZone, start) => {
    expect(periodStart(new Date(at), period, timeZone)?.toISOString()).toBe(new Date(start).toISOString());
  });

  test('a campaign without a period has none', () => expect(periodStart(new Date(0), 'none', 'UTC')).toBeNull());

  test('it is never later than the instant, lies in its own period, and shorter periods start later', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Havana', 'Pacific/Apia'];
    fc.assert(
      fc.property(fc.integer({ min: 1_262_304_000, max: 1_893_456_000 }), fc.constantFrom(...zones), (second, zone) => {
        const at = new Date(second * 1_000);
        let longer = Number.NEGATIVE_INFINITY;
        for (const period of [...LIMIT_PERIODS].reverse()) {
          const start = periodStart(at, period, zone);
          if (start === null) continue;
          expect(start.getTime()).toBeLessThanOrEqual(at.getTime());
          expect(periodStart(start, period, zone)).toEqual(start);
          if (period !== 'month' && period !== 'week') expect(start.getTime()).toBeGreaterThanOrEqual(longer);
          if (period !== 'week') longer = Math.max(longer, start.getTime());
          expect(periodStart(new Date(start.getTime() - 1), period, zone)).not.toEqual(start);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
