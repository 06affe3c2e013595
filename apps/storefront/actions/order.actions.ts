'use server';

import { PromoliftError, type QueryRecord } from '@promolift/sdk';
import { redirect } from 'next/navigation';
import { rememberStep } from '@/lib/asked.ts';
import { SHIPPING_MINOR } from '@/lib/cart.ts';
import { newCheckoutKey, orderNumberOf } from '@/lib/session.ts';
import { clientWith, readSession } from '@/lib/shop.ts';
import { changeSession, textOf } from './session.ts';

const actionClient = (visitorId: string) => clientWith((record: QueryRecord) => rememberStep(visitorId, record));

/** Sent twice or after a lost answer it is still one order: number and idempotency key were decided with the cart. */
export async function placeOrder(form: FormData): Promise<void> {
  const session = await readSession();
  const expectedTotalMinor = Number(textOf(form, 'expectedTotalMinor'));
  const currency = textOf(form, 'currency', 3);
  const externalId = orderNumberOf(session.checkoutKey);
  const { userId, anonymousId, lines, codes, tokens } = session;
  let refusal: string | undefined;
  try {
    const { userErrors } = await actionClient(anonymousId).placeOrder({
      idempotencyKey: session.checkoutKey,
      externalId,
      currency,
      lines,
      codes,
      channel: 'web',
      shippingMinor: SHIPPING_MINOR,
      trackingTokens: tokens,
      expectedTotalMinor,
      ...(userId ? { userId } : { anonymousId }),
    });
    refusal = userErrors[0]?.code;
  } catch (fault) {
    refusal = fault instanceof PromoliftError ? fault.code : 'UNAVAILABLE';
  }
  // The order was taken before, by a first try whose answer got lost.
  if (refusal === 'ORDER_EXISTS' || refusal === 'IDEMPOTENCY_MISMATCH') refusal = undefined;
  if (refusal !== undefined) redirect(`/checkout?problem=${refusal === 'PRICE_CHANGED' ? 'price' : 'other'}&before=${expectedTotalMinor}`);
  await changeSession((now) => ({
    ...now,
    lines: [],
    codes: [],
    tokens: [],
    checkoutKey: newCheckoutKey(),
    orders: [externalId, ...now.orders.filter((order) => order !== externalId)],
  }));
  redirect(`/orders/${externalId}?new=1`);
}

export async function cancelOrder(form: FormData): Promise<void> {
  const { externalId, promolift } = await ownOrder(form);
  const problem = await problemOf(() => promolift.cancelOrder({ idempotencyKey: `cancel-${externalId}`, externalId }));
  redirect(`/orders/${externalId}${problem ? '?problem=1' : ''}`);
}

export async function returnOne(form: FormData): Promise<void> {
  const { externalId, promolift } = await ownOrder(form);
  const lineNumber = Number(textOf(form, 'lineNumber'));
  // The count so far makes a second click of the same page the same return.
  const idempotencyKey = `return-${externalId}-${lineNumber}-${textOf(form, 'returned')}`;
  let refundMinor = 0;
  const problem = await problemOf(async () => {
    const payload = await promolift.returnItems({ idempotencyKey, orderExternalId: externalId, lines: [{ lineNumber, quantity: 1 }] });
    refundMinor = payload.refund?.amountMinor ?? 0;
    return payload;
  });
  redirect(`/orders/${externalId}?${problem ? 'problem=1' : `refund=${refundMinor}`}`);
}

async function ownOrder(form: FormData) {
  const session = await readSession();
  const externalId = textOf(form, 'externalId');
  if (!session.orders.includes(externalId)) redirect('/');
  return { externalId, promolift: actionClient(session.anonymousId) };
}

async function problemOf(act: () => Promise<{ userErrors: readonly { code: string }[] }>): Promise<string | undefined> {
  try {
    return (await act()).userErrors[0]?.code;
  } catch (fault) {
    return fault instanceof PromoliftError ? fault.code : 'UNAVAILABLE';
  }
}
