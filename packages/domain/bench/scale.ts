// How the cost of a 20-line cart grows with what is live: with the index, as a plain loop, and in two open-source engines, in one run.
// `npm run bench -- scale`; `SIZES=10,100` makes it shorter.
import { performance } from 'node:perf_hooks';
import { evaluateCart } from '../src/promotions/evaluate-cart.ts';
import type { LivePromotion } from '../src/promotions/live-promotion.ts';
import { candidatesOf, indexRuleset } from '../src/promotions/ruleset-index.ts';
import { requirePeers } from './peers/install.ts';
import { medusaPeer } from './peers/medusa.ts';
import type { Peer } from './peers/peer.ts';
import { vendurePeer } from './peers/vendure.ts';
import { type Case, CATEGORIES, drawCases, drawPromotions, products, PRODUCTS, SEED, SEGMENTS } from './scale-shop.ts';

const SIZES = (process.env['SIZES'] ?? '10,100,1000,10000,100000').split(',').map(Number);
const [MOST_CARTS, FEWEST_CARTS, BUDGET_MS, TOO_SLOW_MS] = [400, 5, 8_000, 5_000];
const GOALS = { at: 10_000, p95Ms: 5, timesFaster: 20, than: 100 };

type Price = (one: Case) => number | Promise<number>;
type Engine = { name: string; prepare: (promotions: readonly LivePromotion[]) => Price; isOver: boolean };
type Times = { p50: number; p95: number; carts: number };

const discountOf = (one: Case, promotions: readonly LivePromotion[]) =>
  evaluateCart(one.cart, promotions, one.context).totals.discountMinor;
const indexed: Engine['prepare'] = (promotions) => {
  const index = indexRuleset(promotions);
  return (one) => discountOf(one, candidatesOf(index, one.cart, one.context.user));
};
const ofPeer = ({ name, prepare }: Peer): Engine => ({
  name,
  isOver: false,
  prepare: (promotions) => {
    const price = prepare(promotions);
    return ({ cart, context }) => price(cart, context);
  },
});

async function timesOf(price: Price, cases: readonly Case[]): Promise<Times | null> {
  const times: number[] = [];
  const one = async (index: number) => {
    const asked = cases[index % cases.length];
    if (!asked) throw new Error('there are no carts');
    const startedMs = performance.now();
    await price(asked);
    return performance.now() - startedMs;
  };
  if ((await one(0)) > TOO_SLOW_MS) return null;
  const startedMs = performance.now();
  // The compiler of the engine under test gets its time as well.
  for (let index = 0; index < MOST_CARTS && performance.now() - startedMs < BUDGET_MS / 4; index += 1) await one(index);
  const measuredMs = performance.now();
  while (times.length < MOST_CARTS && (times.length < FEWEST_CARTS || performance.now() - measuredMs < BUDGET_MS))
    times.push(await one(times.length));
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { p50: quantile(0.5), p95: quantile(0.95), carts: times.length };
}

/** Where all engines mean the same (one percentage a product, no other), all must take the same amount off. */
async function assertSame(engines: readonly Engine[]): Promise<void> {
  const perProduct = new Map(
    drawPromotions(20_000).flatMap((one) =>
      one.rule.kind === 'percent_off' && one.rule.scope.kind === 'skus' ? [[one.rule.scope.skus[0], one] as const] : [],
    ),
  );
  const promotions = products.slice(0, 2_000).flatMap(({ sku }) => perProduct.get(sku) ?? []);
  const prices = engines.map(({ name, prepare }) => ({ name, price: prepare(promotions) }));
  let discounted = 0;
  for (const one of drawCases(25, promotions.length).map((drawn) => ({ ...drawn, cart: { ...drawn.cart, codes: [] } }))) {
    const expected = discountOf(one, promotions);
    if (expected > 0) discounted += 1;
    for (const { name, price } of prices) {
      const seen = await price(one);
      if (seen !== expected) throw new Error(`${name} takes ${seen} off where ours takes ${expected}`);
    }
  }
  if (discounted < 20) throw new Error('too few carts had a discount to compare');
  process.stdout.write(
    `  ${discounted} carts with ${promotions.length} promotions, one a product: every engine takes the same amount off\n`,
  );
}

const load = requirePeers();
const engines: Engine[] = [
  { name: 'with the index', prepare: indexed, isOver: false },
  { name: 'plain loop', prepare: (promotions) => (one) => discountOf(one, promotions), isOver: false },
  ofPeer(vendurePeer(load)),
  ofPeer(medusaPeer(load)),
];
process.stdout.write(
  `  seed ${SEED}: ${PRODUCTS} products, ${CATEGORIES} categories, ${SEGMENTS} segments, carts of 20 lines; p50 / p95 ms a cart\n`,
);
await assertSame(engines);
process.stdout.write(`  ${'live'.padStart(7)} ${'candidates'.padStart(10)} ${engines.map(({ name }) => name.padStart(26)).join('')}\n`);
const failures: string[] = [];
for (const size of SIZES) {
  const promotions = drawPromotions(size);
  const cases = drawCases(MOST_CARTS, size);
  const index = indexRuleset(promotions);
  const met = cases.reduce((sum, { cart, context }) => sum + candidatesOf(index, cart, context.user).length, 0) / cases.length;
  const row: (Times | null)[] = [];
  for (const engine of engines) {
    const times = engine.isOver ? null : await timesOf(engine.prepare(promotions), cases);
    engine.isOver = times === null;
    row.push(times);
  }
  const cells = row.map((times) => (times ? `${times.p50.toFixed(2)} / ${times.p95.toFixed(2)}` : '—').padStart(26));
  process.stdout.write(`  ${String(size).padStart(7)} ${met.toFixed(1).padStart(10)} ${cells.join('')}\n`);
  const [ours, , ...peers] = row;
  const fastest = Math.min(...peers.map((times) => times?.p50 ?? Number.POSITIVE_INFINITY));
  if (ours && size === GOALS.at && ours.p95 > GOALS.p95Ms) failures.push(`p95 at ${size} is ${ours.p95.toFixed(2)} ms, not ${GOALS.p95Ms}`);
  if (!ours || size !== GOALS.than) continue;
  const times = fastest / ours.p50;
  process.stdout.write(`          at ${size} the median cart is ${times.toFixed(0)} times as fast as with the fastest peer\n`);
  if (times < GOALS.timesFaster) failures.push(`only ${times.toFixed(1)} times as fast as the fastest peer at ${size}`);
}
for (const failure of failures) process.stdout.write(`  goal missed: ${failure}\n`);
process.exit(failures.length === 0 ? 0 : 1);
