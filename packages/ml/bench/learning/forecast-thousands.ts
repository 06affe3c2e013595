// One thread's share of the many daily series: weekly shape, own level and trend, Poisson noise; every tenth sells seldom.
import { workerData } from 'node:worker_threads';
import { forecastSeries } from '../../src/forecast/forecast-series.ts';
import { createRandom } from '../../src/random/random.ts';

const WEEK = [0.7, 0.8, 0.9, 1, 1.2, 1.4, 1];
const DAYS = 730;

const { from, to } = workerData as { from: number; to: number };
for (let at = from; at < to; at++) {
  const random = createRandom(`daily-${at}`);
  const level = at % 10 === 0 ? 0.2 : Math.exp(1 + 1.2 * random.normal());
  const growth = 0.3 * random.normal();
  const history = Float64Array.from({ length: DAYS }, (_, day) => random.poisson(level * WEEK[day % 7] * Math.exp((growth * day) / DAYS)));
  forecastSeries(history, { season: 7, horizon: 28, origins: 1 });
}
