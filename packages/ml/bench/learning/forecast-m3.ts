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

/** sMAPE and MASE of R's forecast 8.20 on these files (`auto.arima` was not finished on monthly series; there the submitted B-J automatic). */
const MEASURED: Record<string, { source: string; scores: Record<string, [number, number | null]> }> = {
  ets: {
    source: 'R ets',
    scores: { monthly: [14.139, 0.865], quarterly: [9.684, 1.17], yearly: [17.003, 2.86], other: [4.372, 1.814], all: [13.067, null] },
  },
  theta: {
    source: 'R thetaf',
    scores: { monthly: [13.856, 0.864], quarterly: [9.203, 1.117], yearly: [16.756, 2.774], other: [4.922, 2.271], all: [12.79, null] },
  },
  arima: {
    source: 'R auto.arima',
    scores: { quarterly: [10.013, 1.189], yearly: [17.104, 2.959], monthly: [14.796, null] },
  },
  'ets-theta-arima': { source: 'statsforecast ensemble', scores: { all: [12.63, null] } },
};
const TOLERANCE = 1.02;
const COMBINATION_GOAL = 12.9;

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
    forecaster: 'ets-theta-arima',
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
  for (const made of [...single, ...all, together]) reportScores(made, short, report);
  reportCoverage(
    series.filter(({ period }, at) => period === 'monthly' && at % (short ? 20 : 4) === 0),
    report,
  );
}

function meanOf(one: M3Series, forecasts: Float64Array[]): Float64Array {
  const members = forecasts.map((values, i) => precomputedForecaster(String(i), new Map([[one.history.length, values]])));
  return combination('mean', members).forecast(one.history, one.horizon);
}

function reportScores({ forecaster, forecasts }: Made, short: boolean, report: PartOptions['report']): void {
  const measured = MEASURED[forecaster];
  for (const period of ['monthly', 'quarterly', 'yearly', 'other', 'all']) {
    const group = [...forecasts].filter(([one]) => period === 'all' || one.period === period);
    if (group.length === 0 || (period === 'all' && short && group.length < 3_003)) continue;
    const scores = [
      mean(group.map(([one, forecast]) => symmetricMape(one.actual, forecast))),
      mean(group.map(([one, forecast]) => meanAbsoluteScaledError(one.actual, forecast, one.history, one.season))),
    ];
    scores.forEach((ours, k) => {
      const value = measured?.scores[period]?.[k] ?? null;
      const isCombination = forecaster === 'ets-theta-arima';
      report({
        table: 'M3 competition, 3,003 series',
        what: `${forecaster}, ${period}`,
        measure: k === 0 ? 'sMAPE %' : 'MASE',
        better: 'lower',
        ours,
        peer: null,
        published: value === null ? null : { source: measured.source, value },
        goal: value === null ? null : isCombination ? COMBINATION_GOAL : value * TOLERANCE,
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
      goal: promised - 0.1,
      kind: 'quality',
    });
  });
}
