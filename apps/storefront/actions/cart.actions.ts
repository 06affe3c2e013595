'use server';

import { track } from '@/lib/track.ts';
import { changeSession, textOf } from './session.ts';
import { isSameCode } from '@/lib/same-code.ts';

export async function addToCart(form: FormData): Promise<void> {
  const sku = textOf(form, 'sku');
  const trackingToken = textOf(form, 'token', 200) || undefined;
  if (!sku) return;
  const session = await changeSession((now) => {
    const isInCart = now.lines.some((line) => line.sku === sku);
    const lines = isInCart
      ? now.lines.map((line) => (line.sku === sku ? { sku, quantity: line.quantity + 1 } : line))
      : [...now.lines, { sku, quantity: 1 }];
    return {
      ...now,
      lines,
      tokens: trackingToken ? [trackingToken, ...now.tokens.filter((token) => token !== trackingToken)] : now.tokens,
    };
  });
  track(session, { name: 'add_to_cart', params: { items: [{ item_id: sku, quantity: 1 }] }, trackingToken });
}

export async function setQuantity(form: FormData): Promise<void> {
  const sku = textOf(form, 'sku');
  const quantity = Number(textOf(form, 'quantity'));
  if (!Number.isInteger(quantity) || quantity < 0) return;
  await changeSession((now) => ({
    ...now,
    lines: now.lines.map((line) => (line.sku === sku ? { sku, quantity } : line)).filter((line) => line.quantity > 0),
  }));
}

export async function addCode(form: FormData): Promise<void> {
  const code = textOf(form, 'code', 40).toUpperCase();
  if (!code) return;
  await changeSession((now) => ({ ...now, codes: [code, ...now.codes.filter((other) => !isSameCode(other, code))] }));
}

export async function removeCode(form: FormData): Promise<void> {
  const code = textOf(form, 'code', 40);
  await changeSession((now) => ({ ...now, codes: now.codes.filter((other) => !isSameCode(other, code)) }));
}
