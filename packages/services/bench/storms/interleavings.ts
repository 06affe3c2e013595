import { reserve } from '@promolift/db';
import { newId } from '@promolift/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { goLive } from '../../src/promotions/test-campaign.ts';
import type { Storm } from './storm-shop.ts';

const WAIT_MS = 250;

/** A redemption that began before a kill and ends after it: the kill is not answered in between. */
export const killWaits: Storm = {
  name: 'a kill waits for what began before it',
  run: async (shop) => {
    const campaignId = await goLive(shop.shop, { rules: [{ kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } }] });
    const client = await shop.shop.pool.connect();
    await client.query('begin');
    const at = new Date('2026-03-10T12:00:00Z');
    const expiresAt = new Date(at.getTime() + 60_000);
    const begun = await reserve(client, {
      campaignId,
      campaignVersion: 1,
      userKey: 'anonymous:a',
      amountMinor: 10,
      limits: [],
      at,
      expiresAt,
      idempotencyKey: newId(),
    });
    let isAnswered = false;
    const killed = shop.ask(0, { do: 'kill', campaignId }).then((told) => {
      isAnswered = true;
      return told;
    });
    await sleep(WAIT_MS);
    const wasEarly = isAnswered;
    await client.query('commit');
    client.release();
    const { kind } = await killed;
    return [
      ...(begun.ok ? [] : [`the first use was ${begun.refusal.kind}`]),
      ...(kind === 'ok' ? [] : [`the kill was ${kind}`]),
      ...(wasEarly ? ['the kill was answered while a redemption was still on its way'] : []),
    ];
  },
};
