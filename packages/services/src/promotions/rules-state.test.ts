import { expect, test } from 'vitest';
import { contentsOf, versionKey } from './rules-state.ts';
import { goLive, openTestShop } from './test-campaign.ts';

const MANY = 2_300;

test('more versions than are kept: whoever asks for all finds all, reads none again, and nothing is lost to a call beside it', async () => {
  const shop = await openTestShop();
  const campaignId = await goLive(shop, { rules: [{ kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } }] });
  await shop.pool.query(
    `insert into campaign_versions (campaign_id, version, content, content_hash)
     select campaign_id, n, content, content_hash from campaign_versions, generate_series(2, $2) n where campaign_id = $1 and version = 1`,
    [campaignId, MANY],
  );
  const all = Array.from({ length: MANY }, (_, index) => ({ campaignId, version: index + 1 }));
  const statements: unknown[] = [];
  const query = shop.pool.query.bind(shop.pool);
  shop.pool.query = ((...args: Parameters<typeof query>) => {
    statements.push(args[0]);
    return query(...args);
  }) as typeof shop.pool.query;
  const [first, beside] = await Promise.all([contentsOf(shop.pool, all), contentsOf(shop.pool, all.slice(0, 10))]);
  expect([first.size, beside.size]).toEqual([MANY, 10]);
  // Whichever of the two ended last decided what stayed.
  await contentsOf(shop.pool, all);
  const read = statements.length;
  for (let round = 0; round < 3; round += 1) expect((await contentsOf(shop.pool, all)).size).toBe(MANY);
  expect(statements).toHaveLength(read);
  // A small call does not throw away what the next large one needs most: the newest stay.
  await contentsOf(shop.pool, all.slice(-1));
  const newest = await contentsOf(shop.pool, all.slice(-2_000));
  expect(newest.has(versionKey({ campaignId, version: MANY }))).toBe(true);
  expect(statements).toHaveLength(read);
  await shop.stop();
});
