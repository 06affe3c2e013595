import { expect, test } from 'vitest';
import { meanAbsolutePercentageError } from '../evaluate/forecast-errors.ts';
import { mean } from '../numeric/statistics.ts';
import { createRandom } from '../random/random.ts';
import { dataTest, readRows } from '../test-data.ts';
import { forecastBoosted } from './boosted-demand.ts';
import { geometricMean } from './combination.ts';
import type { DemandPanel } from './panel-features.ts';
import { forecastPromotions } from './promotion-regression.ts';
import { orangeJuicePanels } from './test-orange-juice.ts';

/** 20 shops: elasticity −2, deals × 1.5, shop levels apart, the last `hidden` periods unknown. */
function shops(hidden: number): { panel: DemandPanel; truth: Float64Array[] } {
  const random = createRandom('shops');
  const [units, own, truth]: [Float64Array[], Float64Array[][], Float64Array[]] = [[], [], []];
  for (let shop = 0; shop < 20; shop++) {
    const level = 3 + random.normal();
    const price = Float64Array.from({ length: 80 }, () => Math.log(random.bernoulli(0.25) ? 0.7 : 1));
    const deal = price.map((value) => (value < 0 && random.bernoulli(0.5) ? 1 : 0));
    const expected = price.map((value, t) => Math.exp(level - 2 * value + Math.log(1.5) * deal[t]));
    truth.push(expected);
    units.push(expected.map((value, t) => (t < 80 - hidden ? value * Math.exp(0.1 * random.normal()) : Number.NaN)));
    own.push([price, deal]);
  }
  return { panel: { units, own, others: units.map(() => []) }, truth };
}

test('price and deal effects carry over to periods whose prices are known', () => {
  const { panel, truth } = shops(3);
  const actual = truth.map((values) => values[79]);
  for (const criterion of ['mean', 'mape'] as const) {
    const forecast = forecastPromotions(panel, { cut: 77, ahead: 3, criterion });
    expect(meanAbsolutePercentageError(actual, forecast)).toBeLessThan(8);
  }
});

test('boosted trees learn the same effects; the same seed gives the same forecasts, and hidden periods do not matter', () => {
  const { panel, truth } = shops(3);
  const options = { seed: 1, cut: 77, steps: [2, 3], trees: 60 };
  const [[near, far]] = forecastBoosted([panel], options);
  for (const [at, forecast] of [
    [78, near],
    [79, far],
  ] as const)
    expect(
      meanAbsolutePercentageError(
        truth.map((values) => values[at]),
        forecast,
      ),
    ).toBeLessThan(15);
  const later = { ...panel, units: panel.units.map((values) => values.map((value, t) => (t < 77 ? value : 1e6))) };
  expect(forecastBoosted([later], options)[0][1]).toEqual(far);
  expect([...geometricMean([Float64Array.of(2, 9), Float64Array.of(8, 4)])].map((value) => +value.toFixed(9))).toEqual([4, 6]);
});

test('unknown periods do not matter, and a series without past has no forecast', () => {
  const { panel } = shops(3);
  const options = { cut: 77, ahead: 2 };
  const forecast = forecastPromotions(panel, options);
  const later = { ...panel, units: panel.units.map((values) => values.map((value, t) => (t < 77 ? value : 1e6))) };
  expect(forecastPromotions(later, options)).toEqual(forecast);
  const empty = { ...panel, units: [new Float64Array(80).fill(Number.NaN), ...panel.units.slice(1)] };
  expect(forecastPromotions(empty, options)[0]).toBeNaN();
});

dataTest('orange-juice/oj_yx.csv.gz', 'orange juice, four brands in the last round of the published protocol: under 40% MAPE', () => {
  const cut = 135 + 2 * 9 - 40 + 1;
  const ahead = 3;
  const errors = orangeJuicePanels(readRows)
    .slice(0, 4)
    .flatMap((panel) => {
      const forecast = forecastPromotions(panel, { cut, ahead, criterion: 'mape' });
      return panel.units.flatMap((units, s) => {
        const actual = units[cut - 1 + ahead];
        return Number.isNaN(actual) ? [] : [(100 * Math.abs(actual - forecast[s])) / actual];
      });
    });
  expect(mean(errors)).toBeLessThan(40);
});
