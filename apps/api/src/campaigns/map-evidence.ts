import { type Evidence, formatMoney, type GuardrailCheck, type Interval80 } from '@promolift/domain';
import type { EvidenceRecord } from '@promolift/services';
import type { EstimateType, MoneyEstimateType } from '../shared/estimate.type.ts';
import { moneyEstimateOf } from '../shared/estimate.type.ts';
import { moneyOf, moneyOrNull } from '../shared/money.type.ts';
import { textOf } from '../shared/text.type.ts';
import type { GuardrailType } from './campaign.type.ts';
import type { EvidenceType } from './evidence.type.ts';

const whole = (amount: number | null): number | null => (amount === null ? null : Math.round(amount));
export const estimateOf = ({ mean, low, high }: Interval80): EstimateType => ({ mean, lower80: low, upper80: high });
export const intervalMoney = ({ mean, low, high }: Interval80, currency: string): MoneyEstimateType =>
  moneyEstimateOf({ mean, lower80: low, upper80: high }, currency);

/** Stored evidence as the API shows it. */
export function toEvidence({ id, at, hash, body }: EvidenceRecord): EvidenceType {
  const evidence: Evidence = body;
  const money = (interval: Interval80) => intervalMoney(interval, evidence.currency);
  return {
    id,
    hash,
    createdAt: at,
    incrementalMargin: money(evidence.incrementalMarginMinor),
    incrementalRevenue: money(evidence.incrementalRevenueMinor),
    incrementalUnits: estimateOf(evidence.incrementalUnits),
    discountCost: money(evidence.discountCostMinor),
    cannibalisedMargin: money(evidence.cannibalisedMarginMinor),
    probabilityOfLoss: 1 - evidence.probabilityOfGain,
    series: evidence.forecast.map((point) => ({
      day: point.day,
      without: point.without.mean,
      withOffer: point.with.mean,
      without80: [point.without.low, point.without.high],
      withOffer80: [point.with.low, point.with.high],
    })),
    assumptions: evidence.assumptions.map((text) => ({ text: textOf(text) })),
    reasons: evidence.reasons.map((text) => ({ text: textOf(text) })),
    dataFrom: dayOf(evidence.history.fromDay),
    dataTo: dayOf(evidence.history.toDay),
    backtest: evidence.backtest && {
      orderCount: evidence.backtest.carts,
      touchedCount: evidence.backtest.cartsWithPromotion,
      discount: moneyOf(Math.round(evidence.backtest.discountMinor), evidence.currency),
      margin: moneyOf(Math.round(evidence.backtest.marginAfterMinor), evidence.currency),
      window: `${evidence.backtest.fromDay} – ${evidence.backtest.toDay}`,
    },
    models: evidence.models,
    depthCurve: evidence.depthCurve.map((point) => ({
      depthBasisPoints: point.depthBasisPoints,
      incrementalMargin: money(point.incrementalMarginMinor),
      discountCost: moneyOf(Math.round(point.discountCostMinor), evidence.currency),
    })),
    similarCampaigns: evidence.similarCampaigns.map(({ campaignId, promisedMarginMinor, measuredMarginMinor }) => ({
      campaignId,
      promised: moneyOrNull(whole(promisedMarginMinor), evidence.currency),
      measured: moneyOrNull(whole(measuredMarginMinor), evidence.currency),
    })),
  };
}

const dayOf = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`));

export function toGuardrail(check: GuardrailCheck, currency: string): GuardrailType {
  return {
    key: check.code,
    label: textOf(check.message),
    value: check.value === null ? 'unknown' : withUnit(check.value, check.unit, currency),
    limit: `${check.comparison === 'at_least' ? '≥' : '≤'} ${withUnit(check.limit, check.unit, currency)}`,
    passed: check.passed,
  };
}

function withUnit(value: number, unit: GuardrailCheck['unit'], currency: string): string {
  switch (unit) {
    case 'basisPoints':
      return `${Number((value / 100).toFixed(2))}%`;
    case 'amountMinor':
      return formatMoney(Math.round(value), currency, 'en');
    case 'days':
      return `${Number(value.toFixed(1))} days`;
    case 'count':
      return String(Math.round(value));
  }
}
