import { saveSharedBudget } from '@promolift/db';
import { type PromotionRule, newId } from '@promolift/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { endAll, goLive } from '../../src/promotions/test-campaign.ts';
import { ACCOUNT_STORMS } from './account-storms.ts';
import { chances, judge, one, place, spent, times, use, used } from './storm-calls.ts';
import type { Call } from './storm-process.ts';
import { killWaits } from './interleavings.ts';
import { constraints, refusals } from './refusals.ts';
import type { Storm, StormShop } from './storm-shop.ts';

const TEN_OFF: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
/** Other processes know the rules of half a second ago. */
const RULES_SEEN_MS = 600;

const limitOf = (most: number): Storm => ({
  name: `${most} uses, 200 orders`,
  run: async (shop) => {
    const id = await goLive(shop.shop, { rules: [TEN_OFF], maxRedemptions: most });
    await sleep(RULES_SEEN_MS);
    const told = await shop.storm(times(200, (n) => place(n)));
    const wrong = judge(told, ['LIMIT_REACHED', 'PRICE_CHANGED'], { exactly: most });
    return (await used(shop, id)) === most ? wrong : [...wrong, `${await used(shop, id)} uses counted`];
  },
});

const budget: Storm = {
  name: 'budget 100.00, 300 random amounts',
  run: async (shop, seed) => {
    const chance = chances(seed);
    const id = await goLive(shop.shop, { rules: [TEN_OFF], budgetMinor: 10_000 });
    const amounts = times(300, () => 37 + Math.floor(chance() * 963));
    const told = await shop.storm(amounts.map((amount) => use([id], amount)));
    const granted = told.reduce((sum, { kind }, n) => sum + (kind === 'ok' ? (amounts[n] ?? 0) : 0), 0);
    const least = Math.min(...amounts.filter((_, n) => told[n]?.kind !== 'ok'));
    return [
      ...judge(told, ['BUDGET_EXHAUSTED']),
      ...((await spent(shop, id)) === granted && granted <= 10_000 ? [] : [`granted ${granted}, counted ${await spent(shop, id)}`]),
      ...(granted + least > 10_000 ? [] : [`refused ${least} with ${10_000 - granted} left`]),
    ];
  },
};

const shared = (most: 1 | 2): Storm => ({
  name: `one budget, 10 campaigns, ${most === 1 ? 'one' : 'two'} an order`,
  run: async (shop, seed) => {
    const chance = chances(seed);
    const key = `s-${newId()}`;
    await saveSharedBudget(shop.shop.pool, { key, name: 'Shared', currency: 'EUR', budgetMinor: 10_000 });
    const ids: string[] = [];
    for (let n = 0; n < 10; n += 1) ids.push(await goLive(shop.shop, { rules: [TEN_OFF], sharedBudgetKey: key }));
    const pick = () => ids[Math.floor(chance() * ids.length)] ?? '';
    const calls = times(300, () => use([...new Set(times(most, pick))], 37 + Math.floor(chance() * 463)));
    const before = most === 1 ? 0 : await deadlocks(shop);
    const told = await shop.storm(calls);
    const granted = told.reduce((sum, { kind }, n) => {
      const call = calls[n];
      return sum + (kind === 'ok' && call?.do === 'use' ? call.use.amountMinor * call.use.campaignIds.length : 0);
    }, 0);
    const counted = await one(shop, 'select reserved_minor + spent_minor n from shared_budgets where key = $1', [key]);
    const met = most === 1 ? 0 : (await deadlocks(shop)) - before;
    return [
      ...judge(told, ['BUDGET_EXHAUSTED']),
      ...(granted === counted && granted <= 10_000 ? [] : [`granted ${granted}, counted ${counted}`]),
      ...(met === 0 ? [] : [`${met} deadlocks`]),
    ];
  },
});

/** Connections tell their statistics a second late. */
async function deadlocks(shop: StormShop): Promise<number> {
  await sleep(1_100);
  return one(shop, 'select deadlocks n from pg_stat_database where datname = current_database()', []);
}

const pairs: Storm = {
  name: 'budgets of their own, two campaigns an order',
  run: async (shop, seed) => {
    const chance = chances(seed);
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await goLive(shop.shop, { rules: [TEN_OFF] }));
    const pick = () => ids[Math.floor(chance() * ids.length)] ?? '';
    const before = await deadlocks(shop);
    const told = await shop.storm(times(200, () => use([...new Set(times(2, pick))], 10)));
    const met = (await deadlocks(shop)) - before;
    return [...judge(told, [], { exactly: 200 }), ...(met === 0 ? [] : [`${met} deadlocks`])];
  },
};

const limits: Storm = {
  name: 'limits per user and day, and 20 units',
  run: async (shop) => {
    const id = await goLive(shop.shop, { rules: [TEN_OFF] });
    const counter = (key: string, refusal: 'USER_LIMIT_REACHED' | 'UNITS_EXHAUSTED', max: object) => ({
      key,
      refusal,
      maxUses: null,
      maxMinor: null,
      maxUnits: null,
      ...max,
    });
    const perUser = (n: number) => [
      counter(`a|none|u${n % 5}`, 'USER_LIMIT_REACHED', { maxUses: 3 }),
      counter(`b|day|u${n % 5}`, 'USER_LIMIT_REACHED', { maxMinor: 250 }),
    ];
    const units = [counter('units|p', 'UNITS_EXHAUSTED', { maxUnits: 20 })];
    const told = await shop.storm([
      ...times(100, (n) => use([id], 100, { limits: perUser(n) })),
      ...times(60, (n) => use([id], 1, { limits: units, units: 1 + (n % 3) })),
    ]);
    const sold = await one(shop, "select units n from limit_counters where campaign_id = $1 and key = 'units|p'", [id]);
    return [
      ...judge(told.slice(0, 100), ['USER_LIMIT_REACHED'], { exactly: 10 }),
      ...judge(told.slice(100), ['UNITS_EXHAUSTED']),
      ...(sold === 20 ? [] : [`${sold} of 20 units sold`]),
    ];
  },
};

const codes: Storm = {
  name: 'a code of 3 uses, 60 at once',
  run: async (shop) => {
    const rule: PromotionRule = {
      kind: 'coupon',
      code: newId(),
      basisPoints: 1_000,
      maximumAmounts: { EUR: 1_000 },
      minimumSpend: null,
      scope: { kind: 'all' },
    };
    const id = await goLive(shop.shop, { rules: [rule], codeLimit: 3 });
    const { rows } = await shop.shop.pool.query<{ id: string }>('select id from codes where campaign_id = $1', [id]);
    const told = await shop.storm(times(60, () => use([id], 10, { codeId: rows[0]?.id })));
    return judge(told, ['CODE_LIMIT_REACHED'], { exactly: 3 });
  },
};

const firstOrders: Storm = {
  name: 'first orders of 20 users, five each at once',
  run: async (shop) => {
    // Each of the five is about a product of its own: nothing but the user makes one wait for the other.
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const rule: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'skus', skus: [`S-${n}`] } };
      ids.push(await goLive(shop.shop, { rules: [rule], condition: { kind: 'first_order' } }));
    }
    const { rows } = await shop.shop.pool.query<{ id: string }>(
      `insert into users (id, external_id, pseudonym, has_consent) select i, i, i, true from (select uuid_v7() i from generate_series(1, 20)) n returning external_id id`,
    );
    await sleep(RULES_SEEN_MS);
    const orders = times(100, (n) =>
      place(n, { userExternalId: rows[Math.floor(n / 5)]?.id ?? '', lines: [{ sku: `S-${n % 5}`, quantity: 1 }] }),
    );
    const told = await shop.storm(orders);
    const given = await one(shop, "select count(*) n from redemptions where campaign_id = any($1::uuid[]) and status = 'committed'", [ids]);
    return [
      ...judge(told, ['CONDITION_NOT_MET', 'PRICE_CHANGED'], { exactly: 20 }),
      ...(given === 20 ? [] : [`${given} first orders of 20 users`]),
    ];
  },
};

const giveBack: Storm = {
  name: 'redeem against roll-back',
  run: async (shop) => {
    const id = await goLive(shop.shop, { rules: [TEN_OFF], maxRedemptions: 20 });
    await sleep(RULES_SEEN_MS);
    const first = times(20, (n) => place(n));
    const wrong = judge(await shop.storm(first), [], { exactly: 20 });
    const cancels = first.flatMap((call) => (call.do === 'place' ? [call.request.externalId, call.request.externalId] : []));
    const calls: Call[] = cancels.flatMap((externalId, n) => [{ do: 'cancel', key: newId(), externalId }, place(20 + n)]);
    const told = await shop.storm(calls);
    const of = (kind: Call['do']) => told.filter((_, n) => calls[n]?.do === kind);
    const live = of('place').filter(({ kind }) => kind === 'ok').length;
    const counted = await used(shop, id);
    return [
      ...wrong,
      ...judge(of('cancel'), ['ALREADY_CANCELLED'], { exactly: 20 }),
      ...judge(of('place'), ['LIMIT_REACHED', 'PRICE_CHANGED'], { most: 20 }),
      ...(counted === live && counted <= 20 ? [] : [`${counted} uses counted, ${live} orders live`]),
    ];
  },
};

const lowering: Storm = {
  name: 'lowering limit and budget under fire',
  run: async (shop) => {
    const id = await goLive(shop.shop, { rules: [TEN_OFF], maxRedemptions: 150, budgetMinor: 20_000 });
    const lower = [140, 100, 60, 20].map((maxRedemptions, n) => ({
      call: { do: 'lower', key: newId(), campaignId: id, maxRedemptions, budgetMinor: maxRedemptions * 120 } as const,
      afterMs: 40 * (n + 1),
    }));
    const told = await shop.storm([...times(200, (n) => ({ call: use([id], 100), afterMs: n })), ...lower]);
    const limit = await one(shop, 'select redemption_limit n from campaign_counters where campaign_id = $1', [id]);
    return [
      ...judge(told.slice(0, 200), ['LIMIT_REACHED', 'BUDGET_EXHAUSTED'], { exactly: await used(shop, id) }),
      ...judge(told.slice(200), ['BELOW_USED']),
      ...((await used(shop, id)) <= limit ? [] : ['more is used than the limit']),
    ];
  },
};

const stop = (name: string, kill: (id: string) => Call): Storm => ({
  name,
  run: async (shop) => {
    const id = await goLive(shop.shop, { rules: [TEN_OFF] });
    const uses = times(200, (n) => ({ call: use([id], 10), afterMs: 4 * n }));
    const told = await shop.storm([...uses, { call: kill(id), afterMs: 100 }]);
    await shop.shop.pool.query("delete from settings where key = 'shop'");
    const late = told.slice(0, 200).filter(({ startedMs }) => startedMs > (told[200]?.endedMs ?? 0));
    const given = late.filter(({ kind }) => kind === 'ok').length;
    return [
      ...judge(told, ['KILLED']),
      ...(late.length > 0 ? [] : ['the kill was answered after everything else']),
      ...(given === 0 ? [] : [`${given} given after the kill was answered`]),
    ];
  },
});

const crash: Storm = {
  name: 'killed between commit and answer, then again',
  run: async (shop) => {
    const id = await goLive(shop.shop, { rules: [TEN_OFF] });
    await sleep(RULES_SEEN_MS);
    const call = place(1);
    if (call.do !== 'place') return ['not an order'];
    const first = await shop.ask(0, { ...call, thenDie: true });
    const again = await shop.ask(1, call);
    const kept = await one(shop, 'select count(*) n from orders where external_id = $1', [call.request.externalId]);
    return [
      ...(first.kind === 'died' ? [] : [`the process answered ${first.kind}`]),
      ...judge([again], [], { exactly: 1 }),
      ...(kept === 1 && (await used(shop, id)) === 1 ? [] : [`${kept} orders, ${await used(shop, id)} uses`]),
    ];
  },
};

const sameKey: Storm = {
  name: 'one key 50 times, and with another body',
  run: async (shop) => {
    const id = await goLive(shop.shop, { rules: [TEN_OFF] });
    await sleep(RULES_SEEN_MS);
    const call = place(1);
    const raw = use([id], 5);
    const told = await shop.storm(times(50, () => call));
    const repeated = await shop.storm(times(30, () => ({ ...raw, isKeyed: false }) as Call));
    const other = call.do === 'place' ? await shop.ask(0, { ...call, request: { ...call.request, codes: ['OTHER'] } }) : undefined;
    const orders = new Set(told.flatMap(({ ids }) => ids[0] ?? [])).size;
    const reserved = new Set(repeated.flatMap(({ ids }) => ids)).size;
    return [
      ...judge(told, ['fault: IN_PROGRESS The same request is still running.']),
      ...judge(repeated, [], { exactly: 30 }),
      ...(orders === 1 && reserved === 1 && (await used(shop, id)) === 2
        ? []
        : [`${orders} orders, ${reserved} reservations, ${await used(shop, id)} uses`]),
      ...(other?.kind.startsWith('fault: IDEMPOTENCY_MISMATCH') ? [] : [`another body was ${other?.kind}`]),
    ];
  },
};

const every: readonly Storm[] = [
  ...[1, 10, 100].map(limitOf),
  budget,
  shared(1),
  shared(2),
  pairs,
  limits,
  codes,
  firstOrders,
  giveBack,
  lowering,
  stop('kill switch of a campaign under fire', (campaignId) => ({ do: 'kill', campaignId })),
  stop('kill switch of the shop under fire', () => ({ do: 'kill-all' })),
  crash,
  sameKey,
  refusals,
  constraints,
  killWaits,
  ...ACCOUNT_STORMS,
];

/** Each leaves no live campaign behind, and says also what the sampler and the ledger found. */
export const STORMS: readonly Storm[] = every.map(({ name, run }) => ({
  name,
  run: async (shop, seed) => {
    const wrong = await run(shop, seed);
    await endAll(shop.shop);
    return [...wrong, ...(await shop.wrongs())];
  },
}));
