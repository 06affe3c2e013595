import type { PriceHistory } from '@promolift/domain';
import { expect, test } from 'vitest';
import { lawCheck } from './offer-guardrails.ts';

const now = new Date('2026-06-01T00:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const settings = { currency: 'EUR', announcesNewProducts: true };
const offer = { rule: { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } }, segmentKeys: 'all' } as const;
const product = (id: string) => ({ id, sku: id, name: `Product ${id}`, categoryKeys: [], priceMinor: 10_000 });
/** 100.00 for long; the one called "pumped" was 80.00 until ten days ago. */
const priceHistories = ({ id, currency }: { id: string; currency: string }): PriceHistory => ({
  currency,
  reductions: [],
  changes: [
    { at: daysAgo(90), priceMinor: id === 'pumped' ? 8_000 : 10_000, currency },
    { at: daysAgo(10), priceMinor: 10_000, currency },
  ],
});

test('where false reductions are refused, an offer that would announce one fails its guardrails', () => {
  const check = lawCheck({ priceHistories, settings, now }, offer, [product('honest'), product('pumped')]);
  expect(check).toMatchObject({ code: 'PRICE_LAW', passed: false, value: 1 });
  expect(check?.message.en).toContain('Product pumped');
  expect(lawCheck({ priceHistories, settings, now }, offer, [product('honest')])).toMatchObject({ passed: true });
  expect(lawCheck({ priceHistories, settings, now }, { ...offer, segmentKeys: ['loyal'] }, [product('pumped')])).toMatchObject({
    passed: true,
  });
});

test('where the shop does not refuse, proposals are not checked', () => {
  expect(lawCheck({ priceHistories: null, settings, now }, offer, [product('pumped')])).toBeNull();
});
