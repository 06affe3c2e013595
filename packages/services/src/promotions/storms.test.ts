import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStormShop, type StormShop } from '../../bench/storms/storm-shop.ts';
import { STORMS } from '../../bench/storms/storms.ts';

let shop: StormShop;
beforeAll(async () => {
  shop = await openStormShop();
});
afterAll(() => shop.stop());

// `npm run test:guards` takes out the guards one by one and shows that each of these can go red.
test.each(STORMS)('two processes: $name', async ({ run }) => expect(await run(shop, 1)).toEqual([]));
