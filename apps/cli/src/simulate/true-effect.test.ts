import { continueFrom, counterfactual, createShop, type Offer } from '@promolift/simulator';
import { expect, test } from 'vitest';
import type { PlayedDay } from './saved-state.ts';
import { trueEffects } from './true-effect.ts';

const startDate = new Date('2026-01-01T00:00:00Z');
const shop = createShop({ seed: 5, users: 120, products: 40, startDate, days: 40 });
const offer: Offer = { id: 'p1', kind: 'percent_off', depthBasisPoints: 3_000 };
const everybody = shop.users.map(({ externalId }) => externalId);
const days = (users: string[]): PlayedDay[] =>
  Array.from({ length: 10 }, (_, n) => ({
    day: 40 + n,
    offers: [{ campaignId: 'c1', offer }],
    groups: users.length > 0 ? [{ offers: [0], users }] : [],
  }));

test("agrees with the simulator's own counterfactual when everybody is offered", () => {
  const [effect] = trueEffects(continueFrom(shop), days(everybody));
  const offers = [offer];
  const { incremental } = counterfactual(continueFrom(shop), new Date('2026-02-10T00:00:00Z'), 10, () => offers);
  expect(effect).toMatchObject({ campaignId: 'c1', fromDay: 40, toDay: 49, offeredUsers: 120 });
  expect(effect?.incrementalMarginMinor).toBe(incremental.total.marginMinor);
  expect(effect?.incrementalUnits).toBe(incremental.total.units);
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
