import { mean, sortedQuantile } from '../numeric/statistics.ts';
import type { Random } from '../random/random.ts';
import type { Normal } from './normal.ts';

/** What is known and believed about offering one product cheaper for a while. */
export interface IncrementInput {
  /** Expected units a day of the whole shop without the offer. */
  baselineUnitsPerDay: number;
  /** Relative standard deviation of that forecast over the window, for example 0.1. Default 0. */
  baselineRelativeError?: number;
  priceMinor: number;
  costMinor: number;
  /** Effective depth of the discount, 0..10,000. */
  depthBasisPoints: number;
  days: number;
  elasticity: Normal;
  /** ln units gained by being shown, beyond the price. Default none. */
  visibility?: Normal;
  /** Share of the product's buyers who are offered it, 0..1. */
  audienceShare: number;
  /** Share of their purchases that use the offer, 0..1 (1 = automatic, less = a code). */
  redemptionShare: number;
  /** Share of extra units only bought earlier than otherwise, 0..1. */
  pullForwardShare: number;
  /** Share of extra units taken from other products of the shop, 0..1. */
  cannibalisationShare: number;
  /** Margin lost with each unit taken from another product. Default: this product's own margin at full price. */
  cannibalisedMarginMinor?: number;
  /** Price of the unit taken from another product. Default: this product's price. */
  cannibalisedPriceMinor?: number;
  /** Demand never grows above this multiple: beyond the depths seen, the price response is a guess. Default 5. */
  maxMultiple?: number;
}

/** One value per draw, [n]. All are differences from not offering. */
export interface IncrementSamples {
  units: Float64Array;
  revenueMinor: Float64Array;
  /** Margin after discount cost: what the offer earns. */
  marginMinor: Float64Array;
  /** Money given away, also on units that would have been bought anyway. */
  discountCostMinor: Float64Array;
  redemptions: Float64Array;
}

/** Draws of what the offer changes: beliefs about elasticity, visibility and baseline are drawn, then counts (Poisson). */
export function sampleIncrement(input: IncrementInput, random: Random, n: number): IncrementSamples {
  const samples: IncrementSamples = {
    units: new Float64Array(n),
    revenueMinor: new Float64Array(n),
    marginMinor: new Float64Array(n),
    discountCostMinor: new Float64Array(n),
    redemptions: new Float64Array(n),
  };
  for (let draw = 0; draw < n; draw++) {
    const outcome = drawIncrement(input, random);
    samples.units[draw] = outcome.units;
    samples.revenueMinor[draw] = outcome.revenueMinor;
    samples.marginMinor[draw] = outcome.marginMinor;
    samples.discountCostMinor[draw] = outcome.discountCostMinor;
    samples.redemptions[draw] = outcome.redemptions;
  }
  return samples;
}

/** Factor on demand at a discount of `depth` (0..1): (1 − depth)^elasticity, at least 1. */
export const demandMultiple = (depth: number, elasticity: number, visibility = 0, maxMultiple = 5) =>
  Math.min(maxMultiple, Math.max(1, Math.max(0.01, 1 - depth) ** Math.min(0, elasticity) * Math.exp(visibility)));

function drawIncrement(input: IncrementInput, random: Random) {
  const { priceMinor, costMinor, visibility, pullForwardShare, cannibalisationShare } = input;
  const discountMinor = Math.round((priceMinor * input.depthBasisPoints) / 10_000);
  const elasticity = random.normal(input.elasticity.mean, input.elasticity.standardDeviation);
  const shown = visibility ? random.normal(visibility.mean, visibility.standardDeviation) : 0;
  const multiple = demandMultiple(input.depthBasisPoints / 10_000, elasticity, shown, input.maxMultiple);
  const level = Math.max(0, random.normal(1, input.baselineRelativeError ?? 0));
  const reached = input.baselineUnitsPerDay * level * input.days * input.audienceShare * input.redemptionShare;
  const anyway = random.poisson(reached);
  const extra = random.poisson(reached * (multiple - 1));
  const redemptions = anyway + extra;
  const otherPrice = input.cannibalisedPriceMinor ?? priceMinor;
  const otherMargin = input.cannibalisedMarginMinor ?? priceMinor - costMinor;
  const [earlier, taken] = [extra * pullForwardShare, extra * cannibalisationShare];
  const discountCostMinor = redemptions * discountMinor;
  return {
    redemptions,
    units: extra - earlier - taken,
    discountCostMinor,
    revenueMinor: (extra - earlier) * priceMinor - taken * otherPrice - discountCostMinor,
    marginMinor: (extra - earlier) * (priceMinor - costMinor) - taken * otherMargin - discountCostMinor,
  };
}

/** Adds draws of several products, draw by draw. Throws RangeError when their numbers of draws differ. */
export function sumIncrements(parts: readonly IncrementSamples[]): IncrementSamples {
  const n = parts[0]?.units.length ?? 0;
  if (parts.some(({ units }) => units.length !== n)) throw new RangeError('all parts need the same number of draws');
  const sum = (key: keyof IncrementSamples) =>
    Float64Array.from({ length: n }, (_, draw) => parts.reduce((total, part) => total + part[key][draw], 0));
  return {
    units: sum('units'),
    revenueMinor: sum('revenueMinor'),
    marginMinor: sum('marginMinor'),
    discountCostMinor: sum('discountCostMinor'),
    redemptions: sum('redemptions'),
  };
}

export interface Summary {
  mean: number;
  p10: number;
  p90: number;
  /** Share of draws above 0. */
  positiveShare: number;
}

/** Mean and the 80% range of draws. */
export function summariseSamples(samples: Float64Array): Summary {
  const sorted = samples.slice().sort();
  return {
    mean: mean(sorted),
    p10: sortedQuantile(sorted, 0.1),
    p90: sortedQuantile(sorted, 0.9),
    positiveShare: sorted.filter((value) => value > 0).length / sorted.length,
  };
}
