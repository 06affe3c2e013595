import { newId } from '@promolift/domain';
import { openAccount } from '../../src/promotions/accounts/write-accounts.ts';
import { goLive } from '../../src/promotions/test-campaign.ts';
import { accountDifferences, entries, openFor } from './account-calls.ts';
import { accountLocks } from './account-interleavings.ts';
import { accountConstraints, accountRefusals } from './account-refusals.ts';
import { judge, one, place, times, used } from './storm-calls.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './storm-process.ts';
import type { Storm } from './storm-shop.ts';

/** Other processes know the rules of half a second ago. */
const RULES_SEEN_MS = 600;
const spend = (accountId: string, key: string): Call => ({ do: 'post', post: { accountId, kind: 'spend', available: -30, key } });

const spends: Storm = {
  name: 'an account of 1,000, 100 spends of 30',
  run: async (shop) => {
    const id = await openFor(shop.shop, 1_000);
    return judge(await shop.storm(times(100, () => spend(id, newId()))), ['BALANCE_TOO_SMALL'], { exactly: 33 });
  },
};

const sameKey: Storm = {
  name: 'one key of an account 40 times',
  run: async (shop) => {
    const id = await openFor(shop.shop, 1_000);
    const told = await shop.storm(times(40, () => spend(id, 'order')));
    const posted = await entries(shop.shop, id, 'spend');
    return [...judge(told, [], { exactly: 40 }), ...(posted === 1 ? [] : [`${posted} entries with one key`])];
  },
};

const rewards: Storm = {
  name: 'a referrer who may be rewarded for 3 of 40 friends',
  run: async (shop) => {
    const [accountId, campaignId] = [await openFor(shop.shop, 0), newId()];
    const refer = (): Call => ({
      do: 'post',
      post: { accountId, kind: 'refer', available: 0, pending: 5, most: 3, campaignId, key: newId() },
    });
    return judge(await shop.storm(times(40, refer)), ['REFERRER_LIMIT_REACHED'], { exactly: 3 });
  },
};

/** A shopper is a new customer once: an order that gives no reward must not pay for one out of the campaign's budget. */
const friends: Storm = {
  name: '20 first orders of one friend',
  run: async (shop) => {
    await shop.shop.pool.query("insert into settings (key, value) values ('shop', $1)", [{ currency: 'EUR', pointsPerMinor: { EUR: 1 } }]);
    const id = await goLive(shop.shop, {
      rules: [
        {
          kind: 'referral_reward',
          referrerPoints: 500,
          friendPoints: 300,
          maxPerReferrer: 100,
          minimumSpend: { EUR: 1 },
          scope: { kind: 'all' },
        },
      ],
    });
    await sleep(RULES_SEEN_MS);
    const friend = `friend-${newId()}`;
    await openAccount(shop.shop.deps(), { userExternalId: friend });
    const referrer = await openAccount(shop.shop.deps(), { userExternalId: `referrer-${newId()}` });
    if (!referrer.ok) return [`no referral code: ${referrer.refusal.kind}`];
    const first = { userExternalId: friend, referralCode: referrer.value.referralCode, expectedTotalMinor: 1_000 };
    const told = await shop.storm(times(20, (n) => place(n, first)));
    await shop.shop.pool.query("delete from settings where key = 'shop'");
    const given = await one(shop, "select count(*) n from account_entries where campaign_id = $1 and kind = 'referred'", [id]);
    const counted = await used(shop, id);
    return [...judge(told, ['NOT_FIRST_ORDER']), ...(given === 1 && counted === 1 ? [] : [`${counted} rewards counted, ${given} given`])];
  },
};

/** Each says also which accounts do not hold what their entries sum to. */
export const ACCOUNT_STORMS: readonly Storm[] = [spends, sameKey, rewards, friends, accountRefusals, accountLocks, accountConstraints].map(
  ({ name, run }) => ({
    name,
    run: async (shop, seed) => [...(await run(shop, seed)), ...(await accountDifferences(shop.shop))],
  }),
);
