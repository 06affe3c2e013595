import { intervalCoverage, meanAbsoluteScaledError, symmetricMape } from '../../src/evaluate/forecast-errors.ts';
import { arima } from '../../src/forecast/auto-arima.ts';
import { combination } from '../../src/forecast/combination.ts';
import { ets, etsByAicc } from '../../src/forecast/ets.ts';
import { forecastSeries } from '../../src/forecast/forecast-series.ts';
import { type Forecaster, precomputedForecaster } from '../../src/forecast/forecaster.ts';
import { theta } from '../../src/forecast/theta.ts';
import { mean } from '../../src/numeric/statistics.ts';
import { readRowsOf } from '../../src/test-rows.ts';
import type { PartOptions } from './part.ts';

const COMBINATION = 'ets-theta-arima';

export type M3Series = { id: string; period: string; season: number; horizon: number; history: Float64Array; actual: Float64Array };

export const readM3 = (data: string): M3Series[] =>
  readRowsOf(data, 'm3/m3_series.csv.gz').map((row) => ({
    id: row[0],
    period: row[1].toLowerCase(),
    season: Number(row[4]),
    horizon: Number(row[8]),
    history: Float64Array.from(row[9].split(' '), Number),
    actual: Float64Array.from(row[10].split(' '), Number),
  }));

type Scores = Record<string, [smape: number, mase: number | null]>;

/** sMAPE and MASE of R's forecast 8.20 on these files, of the automatic Box-Jenkins submission where `auto.arima` was not finished, and the statsforecast README. */
const MEASURED: Record<string, { source: string; scores: Scores }[]> = {
  ets: [
    {
      source: 'R ets',
      scores: { monthly: [14.139, 0.865], quarterly: [9.684, 1.17], yearly: [17.003, 2.86], other: [4.372, 1.814], all: [13.067, null] },
    },
  ],
  theta: [
    {
      source: 'R thetaf',
      scores: { monthly: [13.856, 0.864], quarterly: [9.203, 1.117], yearly: [16.756, 2.774], other: [4.922, 2.271], all: [12.79, null] },
    },
  ],
  arima: [
    { source: 'R auto.arima', scores: { quarterly: [10.013, 1.189], yearly: [17.104, 2.959] } },
    { source: 'B-J automatic, submitted', scores: { monthly: [14.796, null], all: [13.719, null] } },
  ],
  [COMBINATION]: [
    {
      source: 'THETA, submitted',
      scores: { monthly: [13.892, 0.858], quarterly: [8.956, 1.087], yearly: [16.974, 2.806], other: [4.41, 1.904] },
    },
    { source: 'statsforecast ensemble', scores: { all: [12.63, null] } },
  ],
};
const TOLERANCE = 1.02;
/** What the combination must reach besides being better than each member. */
const COMBINATION_GOALS: Scores = { monthly: [13.9, 0.86], all: [12.9, null] };

type Made = { forecaster: string; forecasts: Map<M3Series, Float64Array> };

/** Point forecasts of all series (the short form leaves ARIMA its monthly ones), scored beside R's, then the ranges' coverage. */
export function benchM3({ data, short, report }: PartOptions): void {
  const series = readM3(data);
  const make = (name: string, of: (season: number) => Forecaster, chosen: M3Series[]): Made => ({
    forecaster: name,
    forecasts: new Map(chosen.map((one) => [one, of(one.season).forecast(one.history, one.horizon)])),
  });
  const [smooth, lines] = [make('ets', (season) => ets({ season }), series), make('theta', theta, series)];
  const chosen = short ? series.filter(({ period }) => period !== 'monthly') : series;
  const regressive = make('arima', (season) => arima({ season }), chosen);
  const all = [smooth, lines, regressive];
  const together: Made = {
    forecaster: COMBINATION,
    forecasts: new Map(
      chosen.map((one) => [
        one,
        meanOf(
          one,
          all.map(({ forecasts }) => forecasts.get(one) ?? new Float64Array(0)),
        ),
      ]),
    ),
  };
  const single = short ? [] : [make('ets, lowest AICc alone', (season) => etsByAicc({ season }), series)];
  for (const made of [...single, ...all]) reportScores(made, short, report);
  reportScores(together, short, report, all);
  reportCoverage(
    series.filter(({ period }, at) => period === 'monthly' && at % (short ? 20 : 4) === 0),
    report,
  );
}

function meanOf(one: M3Series, forecasts: Float64Array[]): Float64Array {
  const members = forecasts.map((values, i) => precomputedForecaster(String(i), new Map([[one.history.length, values]])));
  return combination('mean', members).forecast(one.history, one.horizon);
}

function scoresOf({ forecasts }: Made, period: string, chosen: ReadonlyMap<M3Series, unknown> = forecasts): [number, number] {
  const group = [...forecasts].filter(([one]) => chosen.has(one) && (period === 'all' || one.period === period));
  return [
    mean(group.map(([one, forecast]) => symmetricMape(one.actual, forecast))),
    mean(group.map(([one, forecast]) => meanAbsoluteScaledError(one.actual, forecast, one.history, one.season))),
  ];
}

/** `members`: what a combination is made of and must be better than (but for the 174 other series, where it ties with ETS). */
function reportScores(made: Made, short: boolean, report: PartOptions['report'], members: Made[] = []): void {
  const { forecaster, forecasts } = made;
  for (const period of ['monthly', 'quarterly', 'yearly', 'other', 'all']) {
    const scores = scoresOf(made, period);
    if (Number.isNaN(scores[0]) || (period === 'all' && short && forecasts.size < 3_003)) continue;
    scores.forEach((ours, k) => {
      const measured = MEASURED[forecaster]?.find((one) => one.scores[period]);
      const value = measured?.scores[period][k] ?? null;
      const rivals = period === 'other' ? [] : members.map((member) => scoresOf(member, period, forecasts)[k]);
      const goals = [...rivals, members.length > 0 ? COMBINATION_GOALS[period]?.[k] : value && value * TOLERANCE];
      const known = goals.filter((goal) => typeof goal === 'number');
      report({
        table: 'M3 competition, 3,003 series',
        what: `${forecaster}, ${period}`,
        measure: k === 0 ? 'sMAPE %' : 'MASE',
        better: 'lower',
        ours,
        peer: null,
        published: value === null || !measured ? null : { source: measured.source, value },
        goal: known.length > 0 ? Math.min(...known) : null,
        kind: 'quality',
      });
    });
  }
}

function reportCoverage(series: M3Series[], report: PartOptions['report']): void {
  const covered = series.map(({ history, actual, season, horizon }) => {
    const got = forecastSeries(history, { season, horizon, origins: 3 });
    return [intervalCoverage(actual, got.lower80, got.upper80), intervalCoverage(actual, got.lower95, got.upper95)];
  });
  [0.8, 0.95].forEach((promised, k) => {
    report({
      table: 'M3 competition, 3,003 series',
      what: `conformal ranges of the champion, ${series.length} monthly series`,
      measure: `coverage of the ${100 * promised}% range`,
      better: 'higher',
      ours: mean(covered.map((pair) => pair[k])),
      peer: null,
      published: null,
      goal: promised - 0.05,
      kind: 'quality',
    });
  });
}
