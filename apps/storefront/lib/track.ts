import { createHash, randomUUID } from 'node:crypto';
import type { EventInput, Promolift } from '@promolift/sdk';
import { after } from 'next/server';
import { rememberStep } from './asked.ts';
import type { Session } from './session.ts';
import { clientWith } from './shop.ts';
import { learnShopNow, shopNow } from './shop-clock.ts';

type Happened = Pick<EventInput, 'name' | 'params'> & { trackingToken?: string | undefined };
const SAME_VIEW_MS = 10 * 60_000;

/** Tells Promolift after the answer has gone out: a shopper never waits for it, and its loss breaks nothing. */
export function track(session: Session, happened: Happened): void {
  after(async () => {
    const promolift = clientWith((record) => rememberStep(session.anonymousId, record));
    try {
      const { rejected } = await promolift.trackEvents([eventOf(session, happened)]);
      if (rejected.some(({ code }) => code === 'TIME_OUT_OF_RANGE')) await sendWithShopTime(promolift, session, happened);
    } catch {
      // The shop goes on without this event.
    }
  });
}

/** The first event of a fresh server may be sent before any answer told the shop's time. */
async function sendWithShopTime(promolift: Promolift, session: Session, happened: Happened): Promise<void> {
  const { generatedAt, servedBy } = await promolift.recommendations({ first: 1 });
  if (servedBy === 'NONE') return;
  learnShopNow(generatedAt);
  await promolift.trackEvents([eventOf(session, happened)]);
}

function eventOf({ userId, anonymousId }: Session, { name, params, trackingToken }: Happened): EventInput {
  const occurredAt = shopNow();
  return {
    eventId: eventIdOf(name, anonymousId, params, occurredAt),
    name,
    occurredAt: occurredAt.toISOString(),
    anonymousId,
    ...(userId && { userId }),
    ...(params && { params }),
    ...(trackingToken && { trackingToken }),
  };
}

/** Looking again within ten minutes is the same look: reloads and re-renders count once. */
function eventIdOf(name: string, anonymousId: string, params: Happened['params'], at: Date): string {
  if (name === 'add_to_cart') return randomUUID();
  const window = Math.floor(at.getTime() / SAME_VIEW_MS);
  return createHash('sha256')
    .update(JSON.stringify([name, anonymousId, params, window]))
    .digest('hex')
    .slice(0, 32);
}
