import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { symmetricMape } from '../../src/evaluate/forecast-errors.ts';
import { continueArima } from '../../src/forecast/arima-fit.ts';
import { fitAutoArima } from '../../src/forecast/auto-arima.ts';
import { etsByAicc } from '../../src/forecast/ets.ts';
import type { Forecaster } from '../../src/forecast/forecaster.ts';
import { mean } from '../../src/numeric/statistics.ts';
import { type M3Series, readM3 } from './forecast-m3.ts';
import type { PartOptions } from './part.ts';

const DAILY_SERIES = 10_000;
const GOAL_SECONDS = 300;

/** The choice by lowest AICc on both sides, on the same monthly series, in processor seconds; then many daily series on all cores. */
export async function benchForecastSpeed(options: PartOptions): Promise<void> {
  const monthly = readM3(options.data).filter(({ period }) => period === 'monthly');
  const everyNth = (count: number) => monthly.filter((_, at) => at % Math.floor(monthly.length / count) === 0).slice(0, count);
  if (!options.short && options.python) {
    const byAicc: Forecaster = {
      name: 'arima',
      forecast: (history, horizon) => continueArima(fitAutoArima(history, { season: 12 }), history, horizon),
    };
    beside(options, options.python, 'ets', etsByAicc({ season: 12 }), everyNth(12), 20);
    beside(options, options.python, 'arima', byAicc, everyNth(6), 10);
  }
  await benchThousands(options);
}

function beside({ report }: PartOptions, python: string, method: string, forecaster: Forecaster, series: M3Series[], goal: number): void {
  const job = series.map(({ history, season, horizon }) => ({ history: [...history], season, horizon }));
  const theirs: { seconds: number; forecasts: number[][] } = JSON.parse(
    execFileSync(python, [join(import.meta.dirname, 'forecast-peers.py')], {
      input: JSON.stringify({ method, series: job }),
      maxBuffer: 1e8,
      stdio: ['pipe', 'pipe', 'ignore'],
    }).toString(),
  );
  for (const { history, horizon } of series) forecaster.forecast(history, horizon); // Compiled before it is measured, as theirs is.
  const started = process.cpuUsage().user;
  const ours = series.map(({ history, horizon }) => forecaster.forecast(history, horizon));
  const seconds = (process.cpuUsage().user - started) / 1e6;
  const error = (forecasts: ArrayLike<number>[]) => mean(series.map(({ actual }, i) => symmetricMape(actual, forecasts[i])));
  const shared = { table: 'Forecast speed beside statsmodels', peer: null, published: null } as const;
  report({
    ...shared,
    what: `automatic ${method}, ${series.length} monthly series`,
    measure: 'ms a series',
    better: 'lower',
    ours: (1000 * seconds) / series.length,
    peer: { name: 'statsmodels', value: (1000 * theirs.seconds) / series.length },
    goal: null,
    kind: 'time',
  });
  report({
    ...shared,
    what: `automatic ${method}`,
    measure: 'times as fast',
    better: 'higher',
    ours: theirs.seconds / seconds,
    goal,
    kind: 'time',
  });
  report({
    ...shared,
    what: `automatic ${method}`,
    measure: 'sMAPE %',
    better: 'lower',
    ours: error(ours),
    peer: { name: 'statsmodels', value: error(theirs.forecasts) },
    goal: null,
    kind: 'quality',
  });
}

/** The whole procedure (a comparison from one origin, the champion's forecast of 28 days, its ranges) for daily series of two years. */
async function benchThousands({ short, report }: PartOptions): Promise<void> {
  const threads = Math.min(2, availableParallelism());
  const count = short ? DAILY_SERIES / 50 : DAILY_SERIES;
  const [started, startedProcessor] = [performance.now(), process.cpuUsage()];
  await Promise.all(
    Array.from({ length: threads }, (_, part) => {
      const worker = new Worker(join(import.meta.dirname, 'forecast-thousands.ts'), {
        workerData: { from: Math.floor((count * part) / threads), to: Math.floor((count * (part + 1)) / threads) },
      });
      return new Promise<void>((resolve, reject) => {
        worker.once('error', reject);
        worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the forecasting thread ended with ${code}`))));
      });
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(startedProcessor);
  for (const [measure, ours] of [
    ['s', seconds],
    ['processor s a thread', (user + system) / 1e6 / threads],
  ] as const)
    report({
      table: 'Forecast speed, many series',
      what: `${count.toLocaleString('en')} daily series of two years, ${threads} threads: champion, 28 days, ranges`,
      measure,
      better: 'lower',
      ours,
      peer: null,
      published: null,
      goal: (GOAL_SECONDS * count) / DAILY_SERIES,
      kind: 'time',
    });
}
