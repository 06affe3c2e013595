/** Every storm many times in two processes on one database: `node packages/services/bench/storms.ts [repetitions] [words of a storm's name]`. */
import { leaveUsers } from '@promolift/testing';
import { openStormShop } from './storms/storm-shop.ts';
import { STORMS } from './storms/storms.ts';

const repetitions = Number(process.argv[2] ?? 100);
const wanted = process.argv.slice(3).join(' ');
const rows: { storm: string; runs: number; failed: number; 'ms each': number }[] = [];
const shop = await openStormShop();
for (const { name, run } of STORMS.filter((storm) => storm.name.includes(wanted))) {
  const startedMs = performance.now();
  let failed = 0;
  for (let seed = 1; seed <= repetitions; seed += 1) {
    const wrong = await run(shop, seed);
    if (wrong.length > 0) process.stdout.write(`${name}, seed ${seed}: ${wrong.join('; ')}\n`);
    failed += wrong.length > 0 ? 1 : 0;
  }
  process.stdout.write(`${name}: ${repetitions - failed} of ${repetitions} held\n`);
  rows.push({ storm: name, runs: repetitions, failed, 'ms each': Math.round((performance.now() - startedMs) / repetitions) });
}
await shop.stop();
await leaveUsers();
console.table(rows);
process.exit(rows.length === 0 || rows.some(({ failed }) => failed > 0) ? 1 : 0);
