import { expect, test } from 'vitest';
import { seasonalStrength, stl } from './stl.ts';
import { AIRLINE } from './test-series.ts';

// statsmodels 0.13: STL(y, period=12, seasonal=…, seasonal_deg=…).fit(inner_iter=2): (trend, seasonal) at 0, 70 and 143
const EXPECTED = [
  {
    seasonalWindow: 11,
    seasonalDegree: 0,
    parts: [123.17925256617679, -16.99670857828925, 254.87317957175813, -53.98490447521033, 496.60999152816464, -44.067799861154214],
  },
  {
    seasonalWindow: 7,
    seasonalDegree: 1,
    parts: [122.25685603530043, -10.332962942008423, 254.95252753037556, -54.24929568505843, 495.15784540574026, -60.24597138122612],
  },
] as const;

test.each(EXPECTED)(
  'a decomposition with window $seasonalWindow and degree $seasonalDegree is that of statsmodels',
  ({ parts, ...options }) => {
    const { trend, seasonal, remainder } = stl(AIRLINE, { season: 12, ...options });
    [0, 70, 143].forEach((t, i) => {
      expect(trend[t]).toBeCloseTo(parts[2 * i], 9);
      expect(seasonal[t]).toBeCloseTo(parts[2 * i + 1], 9);
      expect(trend[t] + seasonal[t] + remainder[t]).toBeCloseTo(AIRLINE[t], 9);
    });
  },
);

test('a strong season is told from noise, and two seasons are needed', () => {
  expect(seasonalStrength(stl(AIRLINE, { season: 12 }))).toBeGreaterThan(0.9);
  expect(() => stl(AIRLINE.subarray(0, 23), { season: 12 })).toThrow(RangeError);
});
