// Proves the properties of the money kernel on 1,000,000 random carts; says how far it is. `CARTS=50000` makes it shorter.
import { performance } from 'node:perf_hooks';
import { proveCart, proveOrder, proveReplay } from '../src/promotions/test-cart-proof.ts';

const CARTS = Number(process.env['CARTS'] ?? 1_000_000);
const EVERY = Math.ceil(CARTS / 20);
// The carts of `npm test` are the first 20,000; these are others.
const FIRST = 1_000_000;

const byCurrency = new Map<string, { carts: number; lines: number; discounted: number }>();
const startedAt = performance.now();
for (let index = 0; index < CARTS; index += 1) {
  const seed = FIRST + index;
  const result = proveCart(seed);
  if (index % 10 === 0) proveOrder(seed, result);
  if (index % 100 === 0) proveReplay(seed, result);
  const seen = byCurrency.get(result.currency) ?? { carts: 0, lines: 0, discounted: 0 };
  seen.carts += 1;
  seen.lines += result.lines.length;
  if (result.totals.discountMinor > 0) seen.discounted += 1;
  byCurrency.set(result.currency, seen);
  if ((index + 1) % EVERY === 0) process.stdout.write(`  ${index + 1} of ${CARTS} carts, ${seconds()} s\n`);
}
for (const [currency, { carts, lines, discounted }] of [...byCurrency].sort())
  process.stdout.write(`  ${currency}: ${carts} carts, ${lines} lines, ${discounted} with a discount, no property broken\n`);
process.stdout.write(`  ${CARTS} carts in ${seconds()} s\n`);
if (byCurrency.size !== 3) throw new Error('the carts must be in three currencies');

function seconds(): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}
