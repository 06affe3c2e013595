/** Takes out one guard after the other; every removal must turn a storm red: `npm run test:guards [-- words of a guard's name]`. */
import { leaveUsers, removeGuard } from '@promolift/testing';
import { GUARDS, type Guard } from './storms/guards.ts';
import { openStormShop } from './storms/storm-shop.ts';
import { STORMS } from './storms/storms.ts';

const MOST_TRIES = 5;
const wanted = process.argv.slice(2).join(' ');
const rows: { guard: string; red: string; tries: number; saw: string }[] = [];
for (const guard of GUARDS.filter(({ name }) => name.includes(wanted))) rows.push(await judgeGuard(guard));
await leaveUsers();
console.table(rows);
const green = rows.filter(({ red }) => red === 'NO');
process.stdout.write(`${rows.length - green.length} of ${rows.length} removals were noticed\n`);
process.exit(green.length === 0 && rows.length > 0 ? 0 : 1);

/** Runs the storms that watch it, in turn, until one goes red; a race may need more than one try. */
async function judgeGuard({ name, watchedBy, patch }: Guard): Promise<(typeof rows)[number]> {
  const storms = watchedBy.map((watcher) => {
    const found = STORMS.find((storm) => storm.name === watcher);
    if (!found) throw new Error(`there is no storm "${watcher}"`);
    return found;
  });
  const shop = await openStormShop(patch ? [patch] : []);
  if (!patch) await removeGuard(shop.shop.pool, name);
  let saw: string | undefined;
  let tries = 0;
  while (saw === undefined && tries < MOST_TRIES) {
    tries += 1;
    for (const storm of storms) saw ??= (await storm.run(shop, tries))[0];
  }
  await shop.stop();
  return { guard: name, red: saw === undefined ? 'NO' : 'yes', tries, saw: (saw ?? '').slice(0, 90) };
}
