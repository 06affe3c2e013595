import { demandMultiple, type Normal, type Observation, shrinkGroups, updateNormal } from '@promolift/ml';
import type { SaleEffect } from './sale-effects.ts';

/** How shoppers answer an offer beyond its price. */
export type CallResponse = {
  /** Relative rise of orders, and orders of those who stay away that come back per order they used to place; both per whole of what is bought given away. */
  lift: Normal;
  comeback: Normal;
  /** ln units gained by being announced, from `FULL_VOICE_BASIS_POINTS` on. */
  visibility: Normal;
};

/** Belief about the price response of each category of a sale, and what of it is no gain. */
export type PriceBelief = { elasticities: readonly number[]; pullForwardShare: number };

/** Extra units that were only bought earlier; published decompositions for stockpiled goods lie between 10% and 30%. */
export const PULL_FORWARD_SHARE = 0.15;
/** From this depth on an offer is noticed in full; below, in proportion. */
export const FULL_VOICE_BASIS_POINTS = 1_000;

/** Part of the price response that is more orders rather than fuller or other carts. A prior of ours, said in the evidence. */
const ORDER_SHARE = 0.3;
const LEAST_ELASTICITY = 0.5;

/**
 * What serves until a shop's own past says more: round numbers of ours, twice as wide as they are high. Offers that are announced sell beyond
 * their price (features and displays do so in every published decomposition), and 10% on everything brings back a fifth of lost orders.
 */
export function usualResponse(shopElasticity: number): CallResponse {
  const lift = ORDER_SHARE * Math.max(LEAST_ELASTICITY, -shopElasticity);
  return {
    lift: { mean: lift, standardDeviation: 2 * lift },
    comeback: { mean: 2, standardDeviation: 4 },
    visibility: { mean: 0.12, standardDeviation: 0.08 },
  };
}

const LEAST_SALES = 3;

/** Elasticities of whole categories are this wrong, the same way in every sale, so that more sales do not mend it. */
const PRICE_ERROR = 0.25;

/** Null with fewer than three sales. */
export function learnResponse(effects: readonly SaleEffect[], usual: CallResponse, price: PriceBelief): CallResponse | null {
  if (effects.length < LEAST_SALES) return null;
  const visibility = visibilityOf(effects, usual.visibility, price);
  const lift = nextOf(
    effects.map((effect) => liftOf(effect, price, visibility.mean)),
    usual.lift,
  );
  const comeback = nextOf(
    effects.map(({ comeback: { value, standardError }, missingPerDay, from, to, felt }) => {
      const scale = missingPerDay * (to - from) * felt;
      return { value: value / scale, standardError: standardError / scale };
    }),
    usual.comeback,
  );
  return { lift, comeback, visibility };
}

function visibilityOf(effects: readonly SaleEffect[], usual: Normal, price: PriceBelief): Normal {
  const seen = shrinkGroups(contrastsOf(effects, price), usual);
  const rises = effects.map((effect) => explainedUnits(effect, price, 0) / effect.expectedUnits);
  const error = (PRICE_ERROR * rises.reduce((sum, rise) => sum + rise, 0)) / rises.length;
  return updateNormal(usual, [{ value: seen.common.mean, standardError: Math.hypot(seen.common.standardDeviation, error) }]);
}

/** The next campaign differs from the mean of the past ones as they differed from each other. */
function nextOf(observations: readonly Observation[], usual: Normal): Normal {
  const { common, spread } = shrinkGroups(observations, usual);
  return { mean: Math.max(0, common.mean), standardDeviation: Math.hypot(common.standardDeviation, spread) };
}

/** What the price alone adds to a category's volume, and what announcing adds per unit of `visibility`. */
function riseOf(depth: number, elasticity: number, pullForwardShare: number): { price: number; announced: number } {
  const multiple = demandMultiple(depth, elasticity);
  const loudness = Math.min(1, (depth * 10_000) / FULL_VOICE_BASIS_POINTS);
  return { price: (multiple - 1) * (1 - pullForwardShare), announced: multiple * loudness * (1 - pullForwardShare) };
}

function liftOf(effect: SaleEffect, price: PriceBelief, visibility: number): Observation {
  const scale = effect.felt * effect.expectedUnits;
  return {
    value: (effect.extraUnits.value - explainedUnits(effect, price, visibility)) / scale,
    standardError: effect.extraUnits.standardError / scale,
  };
}

const explainedUnits = ({ categories }: SaleEffect, { elasticities, pullForwardShare }: PriceBelief, visibility: number): number =>
  categories.reduce((sum, { depth, expectedUnits }, at) => {
    const rise = riseOf(depth, elasticities[at] ?? 0, pullForwardShare);
    return sum + expectedUnits * (rise.price + visibility * rise.announced);
  }, 0);

/** Of each sale: how much more its own categories rose than the others, beyond what their prices explain. */
function contrastsOf(effects: readonly SaleEffect[], { elasticities, pullForwardShare }: PriceBelief): Observation[] {
  return effects.flatMap(({ categories }): Observation[] => {
    const rows = categories.flatMap(({ depth, expectedUnits, extraUnits }, at) => {
      const standardError = extraUnits.standardError / expectedUnits;
      if (!(expectedUnits > 0) || !Number.isFinite(standardError)) return [];
      const rise = riseOf(depth, elasticities[at] ?? 0, pullForwardShare);
      return [{ x: rise.announced, y: extraUnits.value / expectedUnits - rise.price, weight: 1 / standardError ** 2 }];
    });
    const total = rows.reduce((sum, { weight }) => sum + weight, 0);
    const centre = (of: 'x' | 'y') => rows.reduce((sum, row) => sum + row.weight * row[of], 0) / total;
    const [x, y] = [centre('x'), centre('y')];
    const square = rows.reduce((sum, row) => sum + row.weight * (row.x - x) ** 2, 0);
    if (!(square > 0)) return [];
    return [{ value: rows.reduce((sum, row) => sum + row.weight * (row.x - x) * (row.y - y), 0) / square, standardError: square ** -0.5 }];
  });
}

/** Units and returned orders that a response expects of a sale, each relative to what there would be without it. */
export function predictedRise(effect: SaleEffect, response: CallResponse, price: PriceBelief): { units: number; comeback: number } {
  return {
    units: explainedUnits(effect, price, response.visibility.mean) / effect.expectedUnits + response.lift.mean * effect.felt,
    comeback: response.comeback.mean * effect.felt,
  };
}

export const seenRise = ({
  extraUnits,
  comeback,
  expectedUnits,
  missingPerDay,
  from,
  to,
}: SaleEffect): { units: number; comeback: number } => ({
  units: extraUnits.value / expectedUnits,
  comeback: comeback.value / (missingPerDay * (to - from)),
});
