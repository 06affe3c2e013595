import { newId } from '@promolift/domain';
import type { Call, Told } from './storm-process.ts';
import type { StormShop } from './storm-shop.ts';

export const place = (n: number, request: Partial<Extract<Call, { do: 'place' }>['request']> = {}): Call => {
  const externalId = `storm-${newId()}`;
  const lines = [{ sku: 'S-0', quantity: 1 }];
  return {
    do: 'place',
    request: {
      idempotencyKey: externalId,
      externalId,
      currency: 'EUR',
      userExternalId: `u-${n % 200}`,
      lines,
      expectedTotalMinor: 900,
      ...request,
    },
  };
};
export const use = (campaignIds: string[], amountMinor: number, more: object = {}): Call => ({
  do: 'use',
  use: { key: newId(), campaignIds, amountMinor, ...more },
});
export const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the answers may be besides ok, and how many may and must be ok. */
export function judge(told: readonly Told[], may: readonly string[], ok?: { exactly?: number; most?: number }): string[] {
  const counts = Map.groupBy(told, ({ kind }) => kind);
  const placed = counts.get('ok')?.length ?? 0;
  const strange = [...counts.keys()].filter((kind) => kind !== 'ok' && !may.includes(kind));
  return [
    ...strange.map((kind) => `${counts.get(kind)?.length} answers were ${kind}`),
    ...(ok?.exactly !== undefined && placed !== ok.exactly ? [`${placed} succeeded, not ${ok.exactly}`] : []),
    ...(ok?.most !== undefined && placed > ok.most ? [`${placed} succeeded, more than ${ok.most}`] : []),
  ];
}

export const one = async (shop: StormShop, text: string, values: unknown[]): Promise<number> =>
  Number((await shop.shop.pool.query<{ n: number }>(text, values)).rows[0]?.n);
export const used = (shop: StormShop, id: string) =>
  one(shop, 'select reserved_uses + used n from campaign_counters where campaign_id = $1', [id]);
export const spent = (shop: StormShop, id: string) =>
  one(shop, 'select reserved_minor + spent_minor n from campaign_counters where campaign_id = $1', [id]);
