import { NOON } from '@promolift/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isReplayIdentical } from '../decision-steps.ts';
import { evaluateCart } from '../evaluate-cart.ts';
import { findDecision } from '../explain-decision.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../test-campaign.ts';
import { amountOff, outcome, percentOff, placed, priced } from './test-orders.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterEach(() => {
  shop.clock.set(NOON);
  return endAll(shop);
});
afterAll(() => shop.stop());

test('no priority, no exclusivity: the manager’s order decides, never size, age or the order in which campaigns were made', async () => {
  const run = async (makeFirst: 'small' | 'large') => {
    const make = {
      small: () => goLive(shop, { rules: [amountOff({ EUR: 10 })], priority: 2, exclusive: true }),
      large: () => goLive(shop, { rules: [percentOff(5_000)], priority: 1 }),
    };
    await make[makeFirst]();
    await make[makeFirst === 'small' ? 'large' : 'small']();
    const answer = await outcome(shop);
    await endAll(shop);
    return answer;
  };
  expect([await run('small'), await run('large')]).toEqual(Array(2).fill([10, 'CANNOT_COMBINE']));
});

test('"not applicable" with no reason: each candidate applies or has one reason with what it needed and had, in two languages, and it is kept', async () => {
  await goLive(shop, { rules: [percentOff(1_000)], priority: 9 });
  await goLive(shop, { rules: [amountOff({ EUR: 100 }, { EUR: 5_000 })] });
  await goLive(shop, { rules: [amountOff({ USD: 100 })] });
  await goLive(shop, { rules: [percentOff(1_000, { kind: 'skus', skus: ['S-9'] })] });
  await goLive(shop, { rules: [percentOff(1_000)], needsCode: true });
  await goLive(shop, { rules: [percentOff(1_000)], holdoutBasisPoints: 10_000 });
  await goLive(shop, { rules: [percentOff(1_000)], exclusive: true });
  await goLive(shop, { rules: [percentOff(1_000)], condition: { kind: 'country', countries: ['DE'] } });
  const { decisionId, evaluation } = await priced(shop, { userExternalId: 'u-1', country: 'AT', codes: ['NOSUCHCODE'] });
  expect(evaluation.applied).toHaveLength(1);
  expect(evaluation.rejected.map(({ reason, required, actual }) => [reason, required, actual]).sort()).toEqual(
    [
      ['BELOW_THRESHOLD', 5_000, 900],
      ['WRONG_CURRENCY', 'USD', 'EUR'],
      ['HELD_OUT', 'treated', 'held out'],
      ['CANNOT_COMBINE', expect.anything(), expect.anything()],
      ['CONDITION_NOT_MET', 'DE', 'AT'],
    ].sort(),
  );
  for (const { message } of [...evaluation.rejected, ...evaluation.codes]) {
    expect(message.en).toMatch(/[a-z]{3}/);
    expect(message.zh).toMatch(/\p{Script=Han}/u);
  }
  // What is about other products, or needs a code that nobody typed, is no candidate and is not listed.
  expect(evaluation.codes).toMatchObject([{ code: 'NOSUCHCODE', status: 'UNKNOWN' }]);
  const kept = await findDecision(shop.deps(), decisionId);
  expect(kept?.result['rejected']).toEqual(JSON.parse(JSON.stringify(evaluation.rejected)));
  expect(kept && isReplayIdentical(kept, shop.deps().secrets)).toBe(true);
});

test('wrong hour, wrong day: a window is two instants, hours are of the campaign’s zone, and no column of the database has a time without one', async () => {
  const schedule = { startsAt: '2026-03-29T00:00:00+01:00', endsAt: '2026-03-30T00:00:00+02:00', timeZone: 'Europe/Berlin' };
  // The hour that is skipped this night: 03:00 in Berlin is 01:00 UTC, one hour after 01:00 in Berlin began.
  await goLive(shop, { rules: [percentOff(1_000)], schedule, priority: 2 });
  await goLive(shop, { rules: [percentOff(1_000)], schedule, condition: { kind: 'hour_of_day', fromHour: 3, untilHour: 4 } });
  await shop.pool.query('select ensure_event_partitions($1, $2)', ['2026-03-28', '2026-03-31']);
  const at = async (instant: string) => {
    shop.clock.set(new Date(instant));
    return outcome(shop);
  };
  expect(await at('2026-03-28T22:59:59.999Z')).toEqual(['NOT_STARTED', 'NOT_STARTED']);
  expect(await at('2026-03-28T23:00:00Z')).toEqual([100, 'CONDITION_NOT_MET']);
  expect(await at('2026-03-29T00:59:59.999Z')).toEqual([100, 'CONDITION_NOT_MET']);
  expect(await at('2026-03-29T01:00:00Z')).toEqual([100, 90]);
  expect(await at('2026-03-29T02:00:00Z')).toEqual([100, 'CONDITION_NOT_MET']);
  expect(await at('2026-03-29T21:59:59.999Z')).toEqual([100, 'CONDITION_NOT_MET']);
  expect(await at('2026-03-29T22:00:00Z')).toEqual(['ENDED', 'ENDED']);
  const { rows } = await shop.pool.query(
    "select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'timestamp without time zone'",
  );
  expect(rows).toEqual([]);
});

test('many rules kill checkout: 3,000 live promotions ask the database as often as one, and the cart is priced in well under a second', async () => {
  const statements = async () => {
    const deps = shop.deps();
    let count = 0;
    const sql = new Proxy(deps.sql, {
      get: (pool, name) => {
        if (name === 'query') count += 1;
        const value = Reflect.get(pool, name);
        return typeof value === 'function' ? value.bind(pool) : value;
      },
    });
    const lines = Array.from({ length: 10 }, (_, n) => ({ sku: `S-${n}`, quantity: 2 }));
    const run = () => evaluateCart({ ...deps, sql }, { currency: 'EUR', userExternalId: 'u-2', lines });
    await run();
    count = 0;
    const startedMs = performance.now();
    const answer = await run();
    return { count, tookMs: performance.now() - startedMs, answer };
  };
  await goLive(shop, { rules: [percentOff(100)] });
  const one = await statements();
  const others = Array.from({ length: 20 }, (_, n) => percentOff(1_000 + n, { kind: 'skus', skus: [`OTHER-${n}`] }));
  for (let batch = 0; batch < 15; batch += 1)
    await Promise.all(Array.from({ length: 10 }, () => goLive(shop, { rules: others, priority: batch })));
  const many = await statements();
  expect(many.count).toBe(one.count);
  expect(many.tookMs).toBeLessThan(1_000);
  const of = ({ answer }: typeof one) => answer.ok && [answer.value.evaluation.totals, answer.value.evaluation.applied.length];
  expect(of(many)).toEqual(of(one));
  expect(many.answer.ok && many.answer.value.evaluation.rejected).toEqual([]);
  const startedMs = performance.now();
  await placed(shop, { userExternalId: 'u-3' });
  expect(performance.now() - startedMs).toBeLessThan(2_000);
}, 60_000);
