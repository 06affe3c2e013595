import { createHash } from 'node:crypto';
import { newId, type PromotionRule, type Scope } from '@promolift/domain';
import { type CartRequest, evaluateCart } from '../evaluate-cart.ts';
import { type OrderRequest, placeOrder } from '../place-order.ts';
import type { TestShop } from '../test-campaign.ts';

export const ALL = { kind: 'all' } as const;
export const percentOff = (basisPoints: number, scope: Scope = ALL): PromotionRule => ({
  kind: 'percent_off',
  basisPoints,
  scope,
});
export const amountOff = (amounts: Record<string, number>, minimumSpend: Record<string, number> | null = null): PromotionRule => ({
  kind: 'amount_off',
  amounts,
  minimumSpend,
  scope: ALL,
});
export const guestKey = (email: string): string => createHash('sha256').update(email).digest('hex');

/** One snack for 10.00 unless the request says otherwise, under an id of its own. */
export function place(shop: TestShop, request: Partial<OrderRequest> = {}) {
  const externalId = newId();
  const lines = [{ sku: 'S-0', quantity: 1 }];
  return placeOrder(shop.deps(), { idempotencyKey: externalId, externalId, currency: 'EUR', lines, ...request });
}

/** The same, for tests that are about a placed order. */
export async function placed(shop: TestShop, request: Partial<OrderRequest> = {}) {
  const externalId = request.externalId ?? newId();
  const answer = await place(shop, { ...request, externalId });
  if (!answer.ok || !answer.value.evaluated) throw new Error(JSON.stringify(answer));
  return { externalId, ...answer.value, evaluation: answer.value.evaluated.evaluation };
}

/** What the order saves: amounts, then why not; or why there is no order. */
export async function outcome(shop: TestShop, request: Partial<OrderRequest> = {}): Promise<(number | string)[]> {
  const answer = await place(shop, request);
  if (!answer.ok) return [answer.refusal.kind];
  const { applied = [], rejected = [] } = answer.value.evaluated?.evaluation ?? {};
  return [...applied.map(({ amountMinor }) => amountMinor), ...rejected.map(({ reason }) => reason)];
}

export async function priced(shop: TestShop, request: Partial<CartRequest> = {}) {
  const answer = await evaluateCart(shop.deps(), { currency: 'EUR', lines: [{ sku: 'S-0', quantity: 1 }], ...request });
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}

/** Reserved and committed uses of a campaign, and what they cost. */
export async function counted({ pool }: TestShop, campaignId: string): Promise<{ uses: number; minor: number }> {
  const { rows } = await pool.query<{ uses: number; minor: number }>(
    'select reserved_uses + used uses, (reserved_minor + spent_minor)::float8 minor from campaign_counters where campaign_id = $1',
    [campaignId],
  );
  return rows[0] ?? { uses: 0, minor: 0 };
}

export async function promotionOf({ pool }: TestShop, campaignId: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select id from promotions where campaign_id = $1 order by position', [campaignId]);
  return rows[0]?.id ?? '';
}
