import { createHash } from 'node:crypto';
import { saveSharedBudget, sharedBudgets } from '@promolift/db';
import { newId } from '@promolift/domain';
import { expect } from 'vitest';
import type { CodeBatchRecord } from './codes/code-batches.ts';
import { revokeCodes } from './codes/revoke-codes.ts';
import { aBatch, linesOf } from './codes/test-codes.ts';
import { evaluateCart } from './evaluate-cart.ts';
import { forgetLivePromotions } from './live-promotions.ts';
import { placeOrder } from './place-order.ts';
import { noticesOfLines } from './price-notices.ts';
import { releaseRedemption, reserveOffer } from './redemptions.ts';
import { endAll, goLive, type TestShop } from './test-campaign.ts';
import { cancelOrder, returnItems } from './undo-order.ts';

type Wish = Parameters<typeof goLive>[1];
type Shopper = { user?: string; cookie?: string; guest?: string };
/** One thing that somebody does, or that must hold by then. Names are the story's own; amounts are minor units. */
type Step =
  | { at: string }
  | ({ start: string } & Wish)
  | { end: string }
  | ({ order: string; units?: number; code?: string; saves: (number | string)[]; codeIs?: string } & Shopper)
  | ({ reserve: string; of: string; units?: number } & Shopper)
  | { release: string }
  | { cancel: string }
  | { return: string; units: number; refundMinor: number }
  | { batch: string; of: string; size?: number }
  | { revoke: string; first: number; last: number }
  | { price: number; since: string }
  | { spent: string; minor: number }
  | { spentOfShared: string; minor: number }
  | { notice: Record<string, unknown> & { priceMinor: number } };
export type Story = { sharedBudgets?: Record<string, number>; campaigns: Record<string, Wish>; steps: Step[] };

const NOON = new Date('2026-03-10T12:00:00Z');

/** Plays a story on a shop without live campaigns, at noon; each step must end as it says. */
export async function playStory(shop: TestShop, story: Story): Promise<void> {
  await endAll(shop);
  await shop.pool.query('update campaigns set starts_at = ends_at');
  shop.clock.set(NOON);
  for (const [key, budgetMinor] of Object.entries(story.sharedBudgets ?? {}))
    await saveSharedBudget(shop.pool, { key, name: key, currency: 'EUR', budgetMinor });
  const stage: Stage = { shop, campaigns: new Map(), batches: new Map(), reservations: new Map(), prefix: newId(), sku: 'S-0' };
  for (const [name, wish] of Object.entries(story.campaigns)) stage.campaigns.set(name, await goLive(shop, wish));
  for (const step of story.steps) await play(stage, step);
  await endAll(shop);
}

type Stage = {
  shop: TestShop;
  campaigns: Map<string, string>;
  batches: Map<string, CodeBatchRecord>;
  reservations: Map<string, string>;
  /** Keeps the names of one story's orders apart from another's. */
  prefix: string;
  sku: string;
};

async function play(stage: Stage, step: Step): Promise<void> {
  const { shop } = stage;
  const once = { idempotencyKey: newId() };
  if ('at' in step) shop.clock.set(new Date(step.at));
  else if ('start' in step) await start(stage, step);
  else if ('end' in step) await end(stage, step.end);
  else if ('order' in step) await order(stage, step);
  else if ('reserve' in step) await reserve(stage, step);
  else if ('release' in step) await releaseRedemption(shop.deps(), { ...once, redemptionId: known(stage.reservations, step.release) });
  else if ('cancel' in step)
    expect(await cancelOrder(shop.deps(), { ...once, externalId: `${stage.prefix} ${step.cancel}` })).toMatchObject({ ok: true });
  else if ('return' in step)
    expect(
      await returnItems(shop.deps(), {
        ...once,
        orderExternalId: `${stage.prefix} ${step.return}`,
        lines: [{ lineNumber: 1, quantity: step.units }],
      }),
    ).toMatchObject({ ok: true, value: { refundMinor: step.refundMinor } });
  else if ('batch' in step)
    stage.batches.set(
      step.batch,
      await aBatch(shop, known(stage.campaigns, step.of), { variant: step.size ? 'open' : 'assigned', size: step.size ?? null }),
    );
  else if ('revoke' in step) {
    const range = { kind: 'range', batchId: known(stage.batches, step.revoke).id, first: step.first, last: step.last } as const;
    expect(await revokeCodes(shop.deps(), range)).toMatchObject({ ok: true });
  } else if ('price' in step) await price(stage, step);
  else if ('spent' in step) expect(await spent(stage, step.spent)).toBe(step.minor);
  else if ('spentOfShared' in step)
    expect((await sharedBudgets(shop.pool)).find(({ key }) => key === step.spentOfShared)?.spentMinor).toBe(step.minor);
  else await notice(stage, step.notice);
}

function known<Value>(names: ReadonlyMap<string, Value>, name: string): Value {
  const value = names.get(name);
  if (value === undefined) throw new Error(`the story has no "${name}"`);
  return value;
}

const cartOf = (stage: Stage, { user, cookie, guest, units = 1 }: Shopper & { units?: number }) => ({
  currency: 'EUR',
  lines: [{ sku: stage.sku, quantity: units }],
  userExternalId: user ?? null,
  anonymousId: cookie ?? null,
  guestKey: guest === undefined ? null : createHash('sha256').update(guest).digest('hex'),
});

async function start({ shop, campaigns }: Stage, { start: name, ...wish }: { start: string } & Wish): Promise<void> {
  const id = await goLive(shop, wish);
  campaigns.set(name, id);
  await shop.pool.query(
    "update campaigns set starts_at = $2::timestamptz - interval '1 hour', ends_at = $2::timestamptz + interval '1 day' where id = $1",
    [id, shop.clock.now()],
  );
}

async function end({ shop, campaigns }: Stage, name: string): Promise<void> {
  await shop.pool.query("update campaigns set status = 'ended' where id = $1", [known(campaigns, name)]);
  forgetLivePromotions(shop.pool);
}

async function order(stage: Stage, step: Extract<Step, { order: string }>): Promise<void> {
  const externalId = `${stage.prefix} ${step.order}`;
  const codes = step.code === undefined ? [] : [await codeOf(stage, step.code)];
  // What this process saw may be half a second old; a story must not depend on how fast it is played.
  forgetLivePromotions(stage.shop.pool);
  const placed = await placeOrder(stage.shop.deps(), { ...cartOf(stage, step), codes, idempotencyKey: newId(), externalId });
  if (!placed.ok || !placed.value.evaluated) throw new Error(JSON.stringify(placed));
  const { applied, rejected, codes: told } = placed.value.evaluated.evaluation;
  expect([...applied.map(({ amountMinor }) => amountMinor), ...rejected.map(({ reason }) => reason)]).toEqual(step.saves);
  if (step.codeIs !== undefined) expect(told).toMatchObject([{ reason: step.codeIs }]);
}

/** `cards 7` is the eighth code of the batch "cards"; `own u-4` the one of this user. */
async function codeOf({ shop, batches }: Stage, text: string): Promise<string> {
  const [name = '', place = ''] = text.split(' ');
  const batch = known(batches, name);
  if (batch.size !== null) return (await linesOf(shop, { ...batch, revoked: [] }, Number(place) - 1, 1))[0] ?? '';
  const own = (await linesOf(shop, batch)).find((line) => line.startsWith(`${place},`));
  return own?.split(',')[1] ?? '';
}

async function reserve(stage: Stage, step: Extract<Step, { reserve: string }>): Promise<void> {
  const campaignId = known(stage.campaigns, step.of);
  const { rows } = await stage.shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [campaignId]);
  const held = await reserveOffer(stage.shop.deps(), {
    idempotencyKey: newId(),
    campaignId,
    promotionId: rows[0]?.id ?? '',
    cart: cartOf(stage, step),
    timeToLiveSeconds: 600,
  });
  if (!held.ok) throw new Error(held.refusal.message);
  stage.reservations.set(step.reserve, held.value.redemptionId);
}

let priced = 0;
/** Each story of prices has a product of its own: histories are append-only. */
async function price(stage: Stage, step: Extract<Step, { price: number }>): Promise<void> {
  if (stage.sku === 'S-0') {
    priced += 1;
    stage.sku = `S-${priced}`;
  }
  await stage.shop.pool.query(
    "insert into product_prices (product_id, at, price_minor, currency) select id, $2, $3, 'EUR' from products where sku = $1",
    [stage.sku, new Date(step.since), step.price],
  );
}

async function spent({ shop, campaigns }: Stage, name: string): Promise<number | undefined> {
  const { rows } = await shop.pool.query<{ spent: number }>(
    'select spent_minor::float8 spent from campaign_counters where campaign_id = $1',
    [known(campaigns, name)],
  );
  return rows[0]?.spent;
}

async function notice(stage: Stage, { priceMinor, ...said }: Extract<Step, { notice: object }>['notice']): Promise<void> {
  const evaluated = await evaluateCart(stage.shop.deps(), cartOf(stage, {}));
  if (!evaluated.ok) throw new Error(evaluated.refusal.message);
  expect(evaluated.value.evaluation.lines[0]?.finalMinor).toBe(priceMinor);
  expect([...(await noticesOfLines(stage.shop.deps(), evaluated.value)).values()]).toMatchObject([said]);
}
