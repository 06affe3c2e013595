/** Redemptions a second by two processes, beside what bare SQL reaches in the same run: `npm run bench -- redemptions`. */
import { newId, type PromotionRule } from '@promolift/domain';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@promolift/db';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { goLive } from '../src/promotions/test-campaign.ts';
import { openStormShop } from './storms/storm-shop.ts';
import { place, times, use } from './storms/storm-calls.ts';
import type { Call } from './storms/storm-process.ts';

const CALLERS_IN_EACH = 16;
const WARM_UP = 200;
const RULES_SEEN_MS = 600;
const CAMPAIGNS = 50;

const couponOf = (code: string): PromotionRule => ({
  kind: 'coupon',
  code,
  basisPoints: 1_000,
  maximumAmounts: { EUR: 100_000 },
  minimumSpend: null,
  scope: { kind: 'all' },
});
// A server of its own that waits for the disk as a real one does; that of the tests does not.
const directory = resolve('.promolift/bench-redemptions');
const server = await startEmbeddedPostgres({ directory, onLog: () => undefined });
process.env['DATABASE_URL'] = server.url;
const shop = await openStormShop();
const rows: { path: string; count: number; 'per second': number; 'p50 ms': number; 'p99 ms': number; goal: string }[] = [];

await bare('bare SQL, spread rows', CAMPAIGNS);
await bare('bare SQL, one hot row', 1);
const codes = times(CAMPAIGNS, (n) => `SPREAD${n}`);
const spread: { id: string; codeId: string }[] = [];
for (const code of codes) spread.push(await codeOf(code));
const hot = await codeOf('HOT');
const spend = ({ id, codeId }: { id: string; codeId: string }): Call => use([id], 10, { codeId });
const of = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
await measure('redemption, spread codes', 4_000, (n) => spend(of(spread, n)), '≥ 300/s, p99 ≤ 250 ms');
await measure('redemption, one hot code', 2_000, () => spend(hot), '≥ 150/s, p99 ≤ 500 ms');
await sleep(RULES_SEEN_MS);
const order = (n: number, code: string) => place(n, { codes: [code], lines: [{ sku: `S-${n % 10}`, quantity: 1 }] });
await measure('whole order, spread codes', 1_500, (n) => order(n, of(codes, n)), '');
await measure('whole order, one hot code', 1_500, (n) => order(n, 'HOT'), '');
const wrong = await shop.wrongs();
await shop.stop();
await stopEmbeddedPostgres(directory);
console.table(rows);
process.stdout.write(wrong.length === 0 ? 'every counter equals its ledger\n' : `${wrong.join('\n')}\n`);
process.exit(wrong.length === 0 ? 0 : 1);

async function codeOf(code: string): Promise<{ id: string; codeId: string }> {
  const id = await goLive(shop.shop, { rules: [couponOf(code)], budgetMinor: 100_000_000 });
  const { rows: found } = await shop.shop.pool.query<{ id: string }>('select id from codes where campaign_id = $1', [id]);
  return { id, codeId: found[0]?.id ?? '' };
}

async function measure(path: string, count: number, call: (n: number) => Call, goal: string): Promise<void> {
  await shop.storm(times(WARM_UP, call), CALLERS_IN_EACH);
  const told = await shop.storm(times(count, call), CALLERS_IN_EACH);
  const failed = told.filter(({ kind }) => kind !== 'ok');
  if (failed.length > 0) process.stdout.write(`${path}: ${failed.length} were not redeemed, the first ${failed[0]?.kind}\n`);
  report(path, told.length - failed.length, told, goal);
}

/** The least that could hold a limit: one guarded update with its ledger row in one statement, from one process. */
async function bare(path: string, rowCount: number): Promise<void> {
  const { pool } = shop.shop;
  await pool.query(
    'create table if not exists bench_counters (id integer primary key, used integer not null, use_limit integer not null check (used <= use_limit))',
  );
  await pool.query('create table if not exists bench_ledger (id uuid primary key, counter integer not null)');
  await pool.query('truncate bench_counters, bench_ledger');
  await pool.query('insert into bench_counters select n, 0, 1000000 from generate_series(0, $1::int - 1) n', [rowCount]);
  const text =
    'with used as (update bench_counters set used = used + 1 where id = $1 and used < use_limit returning id) insert into bench_ledger select $2::uuid, id from used';
  const told: { startedMs: number; endedMs: number }[] = [];
  let next = 0;
  const caller = async () => {
    for (let n = next++; n < 5_000; n = next++) {
      const startedMs = performance.now();
      await pool.query(text, [n % rowCount, newId()]);
      told.push({ startedMs, endedMs: performance.now() });
    }
  };
  await Promise.all(times(2 * CALLERS_IN_EACH, caller));
  report(path, told.length, told, 'ceiling');
}

function report(path: string, count: number, told: readonly { startedMs: number; endedMs: number }[], goal: string): void {
  const seconds = (Math.max(...told.map(({ endedMs }) => endedMs)) - Math.min(...told.map(({ startedMs }) => startedMs))) / 1_000;
  const waits = told.map(({ startedMs, endedMs }) => endedMs - startedMs).sort((a, b) => a - b);
  const at = (share: number) => Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0);
  rows.push({ path, count, 'per second': Math.round(count / seconds), 'p50 ms': at(0.5), 'p99 ms': at(0.99), goal });
}
