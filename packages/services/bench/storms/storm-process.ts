/** One API-like process of a storm: opens its own connections and runs the calls it is sent, all at once. */
import {
  type AccountEntryPost,
  commit,
  lockCounters,
  openDatabase,
  postAccountEntry,
  refund,
  release,
  reserve,
  spend,
} from '@promolift/db';
import type { LimitCounter } from '@promolift/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { killCampaign } from '../../src/campaigns/run-campaign.ts';
import { lowerCampaignLimits } from '../../src/campaigns/limits.ts';
import { type OrderRequest, placeOrder } from '../../src/promotions/place-order.ts';
import { cancelOrder } from '../../src/promotions/undo-order.ts';
import type { Deps } from '../../src/shared/deps.ts';
import { withIdempotency } from '../../src/shared/idempotency.ts';
import { setKillSwitch } from '../../src/shared/settings.ts';

export type Use = {
  key: string;
  campaignIds: string[];
  amountMinor: number;
  version?: number;
  userKey?: string;
  userId?: string;
  /** Orders of the user that it was decided upon. */
  ordersSeen?: number;
  codeId?: string;
  units?: number;
  limits?: LimitCounter[];
  at?: string;
  /** Leave it reserved until this. */
  expiresAt?: string;
};
export type Call =
  | { do: 'place'; request: OrderRequest; thenDie?: boolean }
  | { do: 'cancel'; key: string; externalId: string }
  | { do: 'use'; use: Use; isKeyed?: boolean }
  | { do: 'commit'; redemptionId: string; at?: string; amountMinor?: number; orderExternalId?: string }
  | { do: 'release'; redemptionId: string }
  | { do: 'refund'; redemptionId: string; refundId: string; amountMinor: number }
  | { do: 'lower'; key: string; campaignId: string; budgetMinor?: number; maxRedemptions?: number }
  | { do: 'post'; post: Omit<AccountEntryPost, 'at' | 'availableAt' | 'expiresAt'> }
  | { do: 'kill'; campaignId: string }
  | { do: 'kill-all' };
/** `kind`: ok, a refusal's kind, or `fault: …`; times by the machine's clock, in ms. */
export type Told = { kind: string; ids: string[]; startedMs: number; endedMs: number };
/** `atOnce`: how many calls run at the same time; absent = all. */
export type Batch = { id: number; startAtMs: number; calls: { call: Call; afterMs: number }[]; atOnce?: number };

const NOON = new Date('2026-03-10T12:00:00Z');
const HALF_HOUR_MS = 1_800_000;
const [url = ''] = process.argv.slice(2);
const database = await openDatabase({ url, poolSize: 8 });
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const depsOf = (): Deps => ({
  em: database.em(),
  sql: database.pool,
  clock: { now: () => NOON },
  secrets: { pseudonymKey: Buffer.alloc(32, 1), encryptionKey: Buffer.alloc(32, 2), holdoutSalt: 'salt of tests' },
  log: quiet,
  homeDirectory: '',
  actor: { kind: 'system', name: 'storm' },
});

type Outcome = { ok: true; ids: string[] } | { ok: false; kind: string };

async function run(call: Call): Promise<Outcome> {
  const deps = depsOf();
  const at = NOON;
  switch (call.do) {
    case 'place': {
      const placed = await placeOrder(deps, call.request);
      if (call.thenDie) process.kill(process.pid, 'SIGKILL');
      return placed.ok ? { ok: true, ids: [placed.value.orderId, ...placed.value.redemptionIds] } : refused(placed);
    }
    case 'cancel': {
      const cancelled = await cancelOrder(deps, { idempotencyKey: call.key, externalId: call.externalId });
      return cancelled.ok ? { ok: true, ids: cancelled.value.releasedIds } : refused(cancelled);
    }
    case 'use':
      if (call.isKeyed === false) return useAll(deps, call.use);
      return withIdempotency(deps, { operation: 'storm', key: call.use.key, body: call.use }, (inside) => useAll(inside, call.use));
    case 'commit':
      return told(
        await commit(deps.sql, {
          redemptionId: call.redemptionId,
          at: call.at ? new Date(call.at) : at,
          ...(call.amountMinor !== undefined && { amountMinor: call.amountMinor }),
          ...(call.orderExternalId !== undefined && { orderExternalId: call.orderExternalId }),
        }),
      );
    case 'release':
      return told(await release(deps.sql, { redemptionId: call.redemptionId, at }));
    case 'refund':
      return told(await refund(deps.sql, { ...call, at, returnsUse: true }));
    case 'lower': {
      const { key, campaignId, budgetMinor = null, maxRedemptions = null } = call;
      const lowered = await lowerCampaignLimits(deps, {
        idempotencyKey: key,
        id: campaignId,
        expectedVersion: 1,
        budgetMinor,
        maxRedemptions,
      });
      return lowered.ok ? { ok: true, ids: [] } : refused(lowered);
    }
    case 'post': {
      const availableAt = new Date(at.getTime() + HALF_HOUR_MS);
      const posted = await postAccountEntry(deps.sql, { ...call.post, at, ...(call.post.pending !== undefined && { availableAt }) });
      return posted.ok ? { ok: true, ids: [posted.value.entryId] } : refused(posted);
    }
    case 'kill': {
      const killed = await killCampaign(deps, { id: call.campaignId });
      return killed.ok ? { ok: true, ids: [] } : refused(killed);
    }
    case 'kill-all':
      await setKillSwitch(deps, true);
      return { ok: true, ids: [] };
  }
}

const refused = ({ refusal }: { refusal: { kind?: string } }): Outcome => ({ ok: false, kind: refusal.kind ?? 'refused' });
const told = (result: Awaited<ReturnType<typeof release>>): Outcome =>
  result.ok ? { ok: true, ids: [result.value.redemptionId] } : refused(result);

class Refused extends Error {
  readonly kind: string;
  constructor(kind: string) {
    super(kind);
    this.kind = kind;
  }
}

/** Spends an amount of each campaign, in the order given, all or nothing. */
async function useAll(deps: Deps, use: Use): Promise<Outcome> {
  const inside = deps.em.isInTransaction() ? deps.em : deps.sql;
  if (use.campaignIds.length > 1) await lockCounters(inside, use.campaignIds);
  const ids: string[] = [];
  for (const campaignId of use.campaignIds) {
    const at = use.at ? new Date(use.at) : NOON;
    const reservation = {
      campaignId,
      campaignVersion: use.version ?? 1,
      userKey: use.userKey ?? `anonymous:${use.key}`,
      userId: use.userId ?? null,
      ordersSeen: use.ordersSeen ?? null,
      codeId: use.codeId ?? null,
      amountMinor: use.amountMinor,
      units: use.units ?? 0,
      limits: use.limits ?? [],
      at,
      expiresAt: use.expiresAt ? new Date(use.expiresAt) : new Date(at.getTime() + HALF_HOUR_MS),
      idempotencyKey: use.key,
    };
    const used = use.expiresAt ? await reserve(inside, reservation) : await spend(inside, reservation);
    if (!used.ok) throw new Refused(used.refusal.kind);
    ids.push(used.value.redemptionId);
  }
  return { ok: true, ids };
}

async function history(call: Call): Promise<Told> {
  const startedMs = Date.now();
  const outcome = await run(call).catch((error: unknown): Outcome => {
    if (error instanceof Refused) return { ok: false, kind: error.kind };
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { ok: false, kind: `fault: ${code} ${error instanceof Error ? error.message.slice(0, 80) : 'unknown'}` };
  });
  return { kind: outcome.ok ? 'ok' : outcome.kind, ids: outcome.ok ? outcome.ids : [], startedMs, endedMs: Date.now() };
}

process.on('message', (batch: Batch) => {
  void answersTo(batch).then((answers) => process.send?.({ id: batch.id, answers }));
});

/** Each of the `atOnce` callers takes the next call as soon as its last one is answered. */
async function answersTo({ calls, startAtMs, atOnce = calls.length }: Batch): Promise<Told[]> {
  const answers: Told[] = [];
  let next = 0;
  const caller = async () => {
    for (let n = next++; n < calls.length; n = next++) {
      const asked = calls[n];
      if (!asked) return;
      await sleep(Math.max(0, startAtMs + asked.afterMs - Date.now()));
      answers[n] = await history(asked.call);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return answers;
}

process.on('disconnect', () => void database.close().then(() => process.exit(0)));
process.send?.({ id: 0, answers: [] });
