/** Latency of the running API at 50 requests/s: `node apps/cli/bench/api.ts`, beside `npm start`. Uses the installation's own keys. */
import { setTimeout as sleep } from 'node:timers/promises';
import { homeDirectory } from '../src/shared/folders.ts';
import { readInstallationFile } from '../src/shared/installation-file.ts';
import { withInstallation } from '../src/shared/with-database.ts';
import { readPorts } from '../src/up/ports.ts';

const RATE_PER_SECOND = 50;
const SECONDS = 20;
const WARM_UP_SECONDS = 3;
const CART_LINES = 20;

const file = await readInstallationFile(homeDirectory());
if (!file?.keys.secret) throw new Error('There is no installation here; run "npm start" first and leave it running.');
const url = `http://localhost:${readPorts(process.env).api}/graphql`;
const key = file.keys.secret;

const { users, skus, currency, live } = await withInstallation(async ({ database: { pool } }) => ({
  users: (
    await pool.query<{ id: string }>('select external_id as id from users where has_consent order by external_id limit 500')
  ).rows.map(({ id }) => id),
  skus: (await pool.query<{ sku: string }>('select sku from products where is_active order by sku')).rows.map(({ sku }) => sku),
  currency: (await pool.query<{ currency: string }>('select currency from products limit 1')).rows[0]?.currency ?? 'EUR',
  live:
    (
      await pool.query<{ count: number }>(
        "select count(*) as count from campaigns c join promotions p on p.campaign_id = c.id and p.version = coalesce(c.live_version, c.current_version) where c.status = 'live'",
      )
    ).rows[0]?.count ?? 0,
}));

type Asked = { query: string; variables: Record<string, unknown> };
const at = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;
const recommendations = (n: number): Asked => ({
  query:
    'query ($userId: String!) { recommendations(userId: $userId, first: 12) { servedBy items { product { sku name price { amountMinor } } reasons { text } } } }',
  variables: { userId: at(users, n * 7) },
});
const evaluateCart = (n: number): Asked => ({
  query:
    'query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { total { amountMinor } lines { final { amountMinor } } applied { promotionId } rejected { reason } nearMisses { progress } } userErrors { code } } }',
  variables: {
    cart: {
      currency,
      userId: at(users, n * 7),
      lines: Array.from({ length: CART_LINES }, (_, line) => ({ sku: at(skus, n * 13 + line * 17), quantity: 1 + (line % 3) })),
    },
  },
});

async function ask(asked: Asked): Promise<number> {
  const startedMs = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(asked),
  });
  const answer = (await response.json()) as { errors?: { message: string }[] };
  if (answer.errors?.[0]) throw new Error(answer.errors[0].message);
  return performance.now() - startedMs;
}

/** Open loop: a slow answer does not hold back the next request, so waiting is measured too. */
async function measure(name: string, make: (n: number) => Asked): Promise<void> {
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
    `${name.padEnd(36)} ${RATE_PER_SECOND} requests/s: p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms (${times.length} requests)`,
  );
}

await measure('recommendations', recommendations);
await measure(`evaluateCart (${CART_LINES} lines, ${live} live promotions)`, evaluateCart);
