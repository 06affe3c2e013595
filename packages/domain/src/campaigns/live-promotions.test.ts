import { expect, test } from 'vitest';
import { evaluateCart } from '../promotions/evaluate-cart.ts';
import { CampaignContent } from './campaign-content.ts';
import { livePromotionsOf, untouchedRemains } from './live-promotions.ts';

const content = CampaignContent.parse({
  name: 'Mug and ten percent',
  promotions: [
    { id: 'gift', rule: { kind: 'free_gift', giftSku: 'MUG', minimumSpend: { EUR: 1_000 }, scope: { kind: 'all' } } },
    { id: 'ten', rule: { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } } },
  ],
  audience: { segmentKeys: ['loyal'] },
  schedule: { startsAt: '2026-03-01T00:00:00+01:00', endsAt: '2026-03-08T00:00:00+01:00', timeZone: 'Europe/Berlin' },
  budget: { budgetMinor: 350, currency: 'EUR' },
  holdoutBasisPoints: 0,
  exclusive: true,
});
const cart = {
  currency: 'EUR',
  lines: [{ id: 'a', sku: 'A', quantity: 1, unitPriceMinor: 1_000, costMinor: 100, floorMinor: null, categoryKeys: [], stock: null }],
  codes: [],
  shippingMinor: 0,
};
const remains = untouchedRemains(content, new Map([['MUG', { sku: 'MUG', name: 'Mug', stock: 5, costMinor: 300 }]]));
const evaluate = (now: string, changes: Partial<typeof remains> = {}) =>
  evaluateCart(cart, livePromotionsOf(content, { campaignId: 'c', version: 3, holdoutSalt: 's' }, { ...remains, ...changes }), {
    now: new Date(now),
    user: { key: 'user:1', segmentKeys: ['loyal'] },
    settings: { maxDepthBasisPoints: 3_000, marginFloorBasisPoints: 500, rounding: 'half-even' },
  });

test('both promotions of an exclusive campaign apply and share its budget: 300 for the gift leave 50', () => {
  expect(
    evaluate('2026-03-01T00:00:00Z').applied.map(({ promotionId, campaignVersion, budgetMinor }) => [
      promotionId,
      campaignVersion,
      budgetMinor,
    ]),
  ).toEqual([
    ['gift', 3, 300],
    ['ten', 3, 50],
  ]);
});

test('the window is read with its offset: midnight in Berlin is 23:00 UTC', () => {
  expect(evaluate('2026-02-28T22:59:59Z').rejected.map(({ reason }) => reason)).toEqual(['NOT_STARTED', 'NOT_STARTED']);
  expect(evaluate('2026-02-28T23:00:00Z').applied.length).toBe(2);
  expect(evaluate('2026-03-07T23:00:00Z').rejected.map(({ reason }) => reason)).toEqual(['ENDED', 'ENDED']);
});

test('what is left decides', () => {
  expect(evaluate('2026-03-02T00:00:00Z', { isKilled: true }).rejected.map(({ reason }) => reason)).toEqual(['KILLED', 'KILLED']);
  expect(evaluate('2026-03-02T00:00:00Z', { uses: 0 }).rejected.map(({ reason }) => reason)).toEqual(['USES_EXHAUSTED', 'USES_EXHAUSTED']);
});
