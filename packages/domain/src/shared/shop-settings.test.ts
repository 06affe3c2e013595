import { expect, test } from 'vitest';
import { ShopSettings } from './shop-settings.ts';

test('an empty object gives the documented defaults', () => {
  expect(ShopSettings.parse({})).toMatchObject({
    marginFloorBasisPoints: 500,
    maxDepthBasisPoints: 3_000,
    holdoutBasisPoints: 1_000,
    rounding: 'half-even',
    minimumSegmentSize: 50,
    priceLaw: 'warn',
    announcesNewProducts: true,
    killSwitch: false,
  });
});

test.each([
  [{ currency: 'XYZ' }],
  [{ timeZone: 'Mars/Olympus' }],
  [{ maxDepthBasisPoints: 10_001 }],
  [{ maxDepthBasisPoints: '3000' }],
  [{ marginFloorBasisPoints: 10_000 }],
  [{ rounding: 'bankers' }],
  [{ priceLaw: 'maybe' }],
])('refuses %j', (settings) => {
  expect(ShopSettings.safeParse(settings).success).toBe(false);
});
