import type { LiftEffect, MeasurementRecord } from '@promolift/services';
import { moneyOf } from '../shared/money.type.ts';
import { textOf } from '../shared/text.type.ts';
import { intervalMoney } from './map-evidence.ts';
import type { EffectType, MeasurementType } from './measurement.type.ts';

/** A stored measurement as the API shows it. */
export function toMeasurement({ id, at, isFinal, body }: MeasurementRecord): MeasurementType {
  const {
    currency,
    influencedRevenueMinor,
    discountCostMinor,
    promisedMarginMinor,
    sentence,
    incrementalUnits,
    incrementalRevenue,
    incrementalMargin,
    ...rest
  } = body;
  const money = `${currency} minor units`;
  return {
    ...rest,
    id,
    incrementalUnits: withUnit(incrementalUnits, 'units'),
    incrementalRevenue: withUnit(incrementalRevenue, money),
    incrementalMargin: withUnit(incrementalMargin, money),
    isHoldoutKept: body.isHoldoutKept ?? null,
    heldOutRedeemedCount: body.heldOutRedeemedCount ?? null,
    heldOutExposedCount: body.heldOutExposedCount ?? null,
    isFinal,
    computedAt: at,
    sentence: textOf(sentence),
    influencedRevenue: moneyOf(Math.round(influencedRevenueMinor), currency),
    discountCost: moneyOf(Math.round(discountCostMinor), currency),
    promisedMargin: promisedMarginMinor && intervalMoney(promisedMarginMinor, currency),
  };
}

const withUnit = (effect: LiftEffect | null, unit: string): EffectType | null => effect && { ...effect, unit };
