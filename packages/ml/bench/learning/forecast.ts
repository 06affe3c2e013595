import { benchDemand } from './forecast-demand.ts';
import { benchM3 } from './forecast-m3.ts';
import { benchForecastSpeed } from './forecast-speed.ts';
import type { Part } from './part.ts';

/** Univariate, intermittent and promoted demand on public data, then times beside statsmodels. */
export const forecast: Part = {
  name: 'forecast',
  async run(options) {
    benchM3(options);
    benchDemand(options);
    await benchForecastSpeed(options);
  },
};
