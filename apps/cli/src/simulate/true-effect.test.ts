import { continueFrom, createShop, type Offer, step } from '@promolift/simulator';
import { expect, test } from 'vitest';
import { cancels } from './play-visit.ts';
import type { PlayedDay } from './saved-state.ts';
import { trueEffects } from './true-effect.ts';

const startDate = new Date('2026-01-01T00:00:00Z');
const shop = createShop({ seed: 5, users: 400, products: 40, startDate, days: 40 });
const offer: Offer = { id: 'p1', kind: 'percent_off', depthBasisPoints: 3_000 };
const everybody = shop.users.map(({ externalId }) => externalId);
const days = (users: string[]): PlayedDay[] =>
  Array.from({ length: 10 }, (_, n) => ({
    day: 40 + n,
    offers: [{ campaignId: 'c1', offer }],
    groups: users.length > 0 ? [{ offers: [0], users }] : [],
  }));

/** Margin and units of ten days out of the rows a shop would import: lines of orders that stand, less what came back by then. */
function booked(offers: readonly Offer[]): { marginMinor: number; units: number; returnCount: number } {
  const state = continueFrom(shop);
  const sums = { marginMinor: 0, units: 0, returnCount: 0 };
  const costOf = (sku: string) => shop.products[shop.productIndexBySku.get(sku) ?? -1]?.costMinor ?? Number.NaN;
  const standing = (order: string | null) => {
    const [, day, user] = /^o-(\d+)-(\d+)$/.exec(order ?? '') ?? [];
    return Number(day) >= 40 && !cancels(Number(user) - 1, Number(day));
  };
  for (let n = 0; n < 10; n += 1) {
    for (const row of step(state, new Date(Date.parse('2026-02-10T00:00:00Z') + n * 86_400_000), () => offers).rows) {
      if (row.kind === 'orderLine' && standing(row.orderExternalId)) {
        sums.marginMinor += row.quantity * (row.unitPriceMinor - costOf(row.sku)) - row.discountMinor;
        sums.units += row.quantity;
      }
      if (row.kind === 'return' && standing(row.orderExternalId)) {
        sums.marginMinor -= row.refundMinor - row.quantity * costOf(row.sku);
        sums.units -= row.quantity;
        sums.returnCount += 1;
      }
    }
  }
  return sums;
}

test('counts what the books of the shop count: no cancelled orders, less what came back', () => {
  const [effect] = trueEffects(continueFrom(shop), days(everybody));
  const [withOffer, without] = [booked([offer]), booked([])];
  expect(withOffer.returnCount).toBeGreaterThan(0);
  expect(effect).toMatchObject({ campaignId: 'c1', fromDay: 40, toDay: 49, offeredUsers: 400 });
  expect(effect?.incrementalMarginMinor).toBe(withOffer.marginMinor - without.marginMinor);
  expect(effect?.incrementalUnits).toBe(withOffer.units - without.units);
  expect(effect?.discountMinor).toBeGreaterThan(0);
});

test('counts only users who were offered it', () => {
  const half = everybody.slice(0, 60);
  const [effect] = trueEffects(continueFrom(shop), days(half));
  expect(effect?.offeredUsers).toBe(60);
  expect(effect?.perThousandUsers.marginMinor).toBeCloseTo((effect?.incrementalMarginMinor ?? 0) / 0.06, 6);
});

test('an effect of nothing is nothing, and nobody offered means no campaign', () => {
  expect(trueEffects(continueFrom(shop), days([]))).toEqual([]);
  const empty = days(everybody).map((day) => ({ ...day, offers: [{ campaignId: 'c1', offer: { ...offer, depthBasisPoints: 0 } }] }));
  expect(trueEffects(continueFrom(shop), empty)[0]).toMatchObject({ incrementalMarginMinor: 0, incrementalUnits: 0, discountMinor: 0 });
});
