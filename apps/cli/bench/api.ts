/** Latency of the API at 50 requests/s over HTTP, on a shop of its own: `node apps/cli/bench/api.ts`. `RATE=10` asks less often. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '../src/shared/folders.ts';
import { withInstallation } from '../src/shared/with-database.ts';
import { anyFreePort } from '../src/up/ports.ts';
import { type BenchShop, openBenchShop } from './bench-shop.ts';
import { endManyPromotions, writeLivePromotions, writeManyProducts } from './many-promotions.ts';

const RATE_PER_SECOND = Number(process.env['RATE'] ?? 50);
const SECONDS = 20;
const WARM_UP_SECONDS = 3;
const CART_LINES = 20;
const READY_TRIES = 100;
/** Live promotions of the last measurement, beside those of the shop. */
const MANY = 10_000;

type Asked = { query: string; variables: Record<string, unknown> };
type Ask = (asked: Asked) => Promise<number>;
const at = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;

const recommendations = ({ users }: BenchShop, n: number): Asked => ({
  query:
    'query ($userId: String!) { recommendations(userId: $userId, first: 12) { servedBy items { product { sku name price { amountMinor } } reasons { text } } } }',
  variables: { userId: at(users, n * 7) },
});
const evaluateCart = ({ users, skus, currency }: BenchShop, n: number): Asked => ({
  query:
    'query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { total { amountMinor } lines { final { amountMinor } } applied { promotionId message { en } } rejected { reason } codes { status } nearMisses { progress } } userErrors { code } } }',
  variables: {
    cart: {
      currency,
      userId: at(users, n * 7),
      lines: Array.from({ length: CART_LINES }, (_, line) => ({ sku: at(skus, n * 13 + line * 17), quantity: 1 + (line % 3) })),
    },
  },
});

const askAt =
  (url: string, key: string): Ask =>
  async (asked) => {
    const startedMs = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(asked),
    });
    const answer = (await response.json()) as {
      errors?: { message: string }[];
      data?: { evaluateCart?: { userErrors: { code: string }[] } };
    };
    const fault = answer.errors?.[0]?.message ?? answer.data?.evaluateCart?.userErrors[0]?.code;
    if (fault) throw new Error(fault);
    return performance.now() - startedMs;
  };

/** Open loop: a slow answer does not hold back the next request, so waiting is measured too. */
async function measure(name: string, ask: Ask, make: (n: number) => Asked): Promise<void> {
  const answers: Promise<number>[] = [];
  const startedMs = performance.now();
  const total = RATE_PER_SECOND * (SECONDS + WARM_UP_SECONDS);
  for (let n = 0; n < total; n += 1) {
    await sleep(Math.max(0, startedMs + (n * 1_000) / RATE_PER_SECOND - performance.now()));
    answers.push(ask(make(n)));
  }
  const times = (await Promise.all(answers)).slice(RATE_PER_SECOND * WARM_UP_SECONDS).sort((a, b) => a - b);
  const quantile = (share: number): string => (times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0).toFixed(1);
  console.log(
    `${name.padEnd(48)} ${RATE_PER_SECOND} requests/s: p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms (${times.length} requests)`,
  );
}

await withInstallation(
  async (installation, { url, home, file }) => {
    await endManyPromotions(installation.database.pool);
    const shop = await openBenchShop(installation);
    const folder = join(repositoryRoot, 'apps', 'api');
    if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, stdio: 'inherit' }).status !== 0)
      throw new Error('The API was not built.');
    const port = await anyFreePort();
    const environment = {
      ...process.env,
      ...file.secrets,
      DATABASE_URL: url,
      PROMOLIFT_HOME: home,
      API_PORT: String(port),
      LOG_LEVEL: 'error',
    };
    const api = spawn(process.execPath, [...process.execArgv, 'dist/main.js'], { cwd: folder, env: environment, stdio: 'inherit' });
    try {
      await ready(`http://127.0.0.1:${port}/readyz`);
      const ask = askAt(`http://127.0.0.1:${port}/graphql`, shop.key);
      await measure(`recommendations (${shop.servedBy}, ${shop.users.length} users)`, ask, (n) => recommendations(shop, n));
      await measure(`evaluateCart (${CART_LINES} lines, ${shop.live} promotions)`, ask, (n) => evaluateCart(shop, n));
      const large = { ...shop, ...(await writeManyProducts(installation.database.pool, shop.currency)) };
      await writeLivePromotions(installation.database.pool, MANY - shop.live, large);
      // The first cart after a change waits for the rules to be compiled.
      process.stdout.write(`compiling ${MANY} promotions, and the first cart: ${(await ask(evaluateCart(large, 0))).toFixed(0)} ms\n`);
      await measure(`evaluateCart (${CART_LINES} lines, ${MANY} promotions)`, ask, (n) => evaluateCart(large, n));
    } finally {
      api.kill();
      await once(api, 'exit');
      await endManyPromotions(installation.database.pool);
    }
  },
  { database: 'bench_api' },
);

async function ready(url: string): Promise<void> {
  for (let tries = 0; tries < READY_TRIES; tries += 1) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(100);
  }
  throw new Error('The API did not come up.');
}
