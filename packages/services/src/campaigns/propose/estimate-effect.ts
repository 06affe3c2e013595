import type { DemandPart, EffectBasis, Interval80, TrafficBasis } from '@promolift/domain';
import {
  createRandom,
  type IncrementSamples,
  type Normal,
  type Random,
  sampleIncrement,
  sumIncrements,
  summariseSamples,
} from '@promolift/ml';
import { FULL_VOICE_BASIS_POINTS } from '../response/learn-response.ts';

/** What may be changed about a proposal without making another one of it. */
export type EffectChanges = { depthBasisPoints?: number; segmentKeys?: 'all' | readonly string[]; days?: number };

export type Effect = {
  units: Interval80;
  revenueMinor: Interval80;
  /** After discount cost and cannibalisation. */
  marginMinor: Interval80;
  discountCostMinor: Interval80;
  cannibalisedMarginMinor: Interval80;
  redemptions: Interval80;
  probabilityOfGain: number;
  /** Shoppers who are offered it. */
  reach: number;
  audienceSize: number;
};

/** Beliefs that all parts of a promotion share are drawn this many times; within each, demand is drawn `draws` ÷ this. */
const SHARED_DRAWS = 40;
const LEAST_LEVEL = 0.3;

/** Draws the effect of a promotion from its basis. The same basis and changes give the same numbers, on every machine. */
export function estimateEffect(basis: EffectBasis, changes: EffectChanges = {}): Effect {
  const plan = {
    ...basis,
    depthBasisPoints: changes.depthBasisPoints ?? basis.depthBasisPoints,
    segmentKeys: changes.segmentKeys ?? basis.segmentKeys,
    days: changes.days ?? basis.days,
  };
  const random = createRandom(basis.seed);
  const each = Math.max(1, Math.round(basis.draws / SHARED_DRAWS));
  const blocks = Array.from({ length: SHARED_DRAWS }, (_, block) => drawBlock(plan, random.fork(block), each));
  const all = (key: keyof Block) => Float64Array.from(blocks.flatMap((block) => [...block[key]]));
  const margin = summariseSamples(all('marginMinor'));
  const audienceSize = audienceOf(plan);
  return {
    units: interval(all('units')),
    revenueMinor: interval(all('revenueMinor')),
    marginMinor: { mean: margin.mean, low: margin.p10, high: margin.p90 },
    discountCostMinor: interval(all('discountCostMinor')),
    cannibalisedMarginMinor: interval(all('cannibalisedMinor')),
    redemptions: interval(all('redemptions')),
    probabilityOfGain: margin.positiveShare,
    audienceSize,
    reach: Math.round(audienceSize * offeredShare(plan)),
  };
}

type Plan = Omit<EffectBasis, 'segmentKeys'> & { segmentKeys: 'all' | readonly string[] };
type Block = IncrementSamples & { cannibalisedMinor: Float64Array };

const offeredShare = ({ holdoutBasisPoints }: Pick<Plan, 'holdoutBasisPoints'>): number => 1 - holdoutBasisPoints / 10_000;

const audienceOf = ({ segmentKeys, users }: Pick<Plan, 'segmentKeys' | 'users'>): number =>
  segmentKeys === 'all'
    ? users.all
    : Math.min(
        users.all,
        segmentKeys.reduce((sum, key) => sum + (users.bySegment[key] ?? 0), 0),
      );

const shareOf = (part: DemandPart, segmentKeys: Plan['segmentKeys']): number =>
  segmentKeys === 'all'
    ? 1
    : Math.min(
        1,
        segmentKeys.reduce((sum, key) => sum + (part.segmentShares[key] ?? 0), 0),
      );

function interval(samples: Float64Array): Interval80 {
  const { mean, p10, p90 } = summariseSamples(samples);
  return { mean, low: p10, high: p90 };
}

function drawBlock(plan: Plan, random: Random, draws: number): Block {
  const redemption = Math.min(1, Math.max(0.01, drawOf(plan.redemption, random)));
  const response = Math.max(0.05, drawOf(plan.response, random));
  const worth = plan.threshold?.rewardWorthMinor ?? 0;
  // A reward's depth is what it takes off a cart that gets it; a changed depth scales the reward.
  const scale = plan.threshold && plan.depthBasisPoints > 0 ? plan.depthBasisPoints / Math.max(1, nominalDepth(plan)) : 1;
  const depth = plan.threshold
    ? (10_000 * worth * scale) / Math.max(1, plan.threshold.reachedCartMinor)
    : plan.depthBasisPoints * plan.depthFactor;
  const shape = meanShape(plan) * Math.max(LEAST_LEVEL, drawOf(plan.level, random));
  const parts = plan.parts.map((part, index) =>
    drawPart(part, plan, random.fork(`part-${index}`), draws, {
      redemption,
      response,
      depth: Math.min(9_000, depth),
      shape,
      loudness: Math.min(1, depth / FULL_VOICE_BASIS_POINTS),
    }),
  );
  const sum = sumBlocks(parts, draws);
  const full = plan.threshold ? addThreshold(sum, plan.threshold, plan, random.fork('threshold'), scale) : capUnits(sum, plan.unitCap);
  return plan.traffic ? addTraffic(full, plan.traffic, plan, random.fork('traffic'), { depth, redemption, response, shape, scale }) : full;
}

const nominalDepth = ({ threshold }: Plan): number => (threshold ? (10_000 * threshold.rewardCostMinor) / threshold.minimumMinor : 0);
const drawOf = ({ mean, standardDeviation }: Normal, random: Random): number => random.normal(mean, standardDeviation);

/** Demand of the window's days against the mean of the horizon. */
function meanShape({ dayShape, days }: Plan): number {
  const covered = dayShape.slice(0, Math.max(1, Math.ceil(days)));
  return covered.length === 0 ? 1 : covered.reduce((a, b) => a + b, 0) / covered.length;
}

type Shared = { redemption: number; response: number; depth: number; shape: number; loudness: number };

function drawPart(part: DemandPart, plan: Plan, random: Random, draws: number, shared: Shared): Block {
  const reached = plan.threshold ? plan.threshold.reachedShare : 1;
  const samples = sampleIncrement(
    {
      baselineUnitsPerDay: part.unitsPerDay * shared.shape,
      baselineRelativeError: part.relativeError,
      priceMinor: part.priceMinor,
      costMinor: part.costMinor,
      depthBasisPoints: Math.round(shared.depth),
      days: plan.days,
      elasticity: { mean: part.elasticity.mean * shared.response, standardDeviation: part.elasticity.standardDeviation },
      visibility: { mean: plan.visibility.mean * shared.loudness, standardDeviation: plan.visibility.standardDeviation * shared.loudness },
      audienceShare: shareOf(part, plan.segmentKeys) * offeredShare(plan) * reached,
      redemptionShare: shared.redemption,
      pullForwardShare: part.pullForwardShare,
      cannibalisationShare: part.cannibalisationShare,
      cannibalisedPriceMinor: part.otherPriceMinor,
      cannibalisedMarginMinor: part.otherMarginMinor,
      maxMultiple: 4,
    },
    random,
    draws,
  );
  const kept = Math.max(0.05, 1 - part.pullForwardShare - part.cannibalisationShare);
  return {
    ...samples,
    cannibalisedMinor: samples.units.map((units) => (units / kept) * part.cannibalisationShare * part.otherMarginMinor),
  };
}

function sumBlocks(parts: readonly Block[], draws: number): Block {
  if (parts.length === 0) {
    const none = () => new Float64Array(draws);
    return {
      units: none(),
      revenueMinor: none(),
      marginMinor: none(),
      discountCostMinor: none(),
      redemptions: none(),
      cannibalisedMinor: none(),
    };
  }
  return {
    ...sumIncrements(parts),
    cannibalisedMinor: Float64Array.from({ length: draws }, (_, draw) =>
      parts.reduce((total, part) => total + (part.cannibalisedMinor[draw] ?? 0), 0),
    ),
  };
}

/** Beyond the cap nothing is sold at the price: gain and cost shrink alike. */
function capUnits(block: Block, cap: number | null): Block {
  if (cap === null) return block;
  const factor = block.redemptions.map((sold) => (sold > cap ? cap / sold : 1));
  const scaled = (values: Float64Array) => values.map((value, draw) => value * (factor[draw] ?? 1));
  return {
    units: scaled(block.units),
    revenueMinor: scaled(block.revenueMinor),
    marginMinor: scaled(block.marginMinor),
    discountCostMinor: scaled(block.discountCostMinor),
    redemptions: scaled(block.redemptions),
    cannibalisedMinor: scaled(block.cannibalisedMinor),
  };
}

/** Carts just below the minimum that top up to reach it; and a gift costs what it cost the shop, not what it is worth. */
function addThreshold(block: Block, threshold: NonNullable<EffectBasis['threshold']>, plan: Plan, random: Random, scale: number): Block {
  const costShare = threshold.rewardWorthMinor > 0 ? threshold.rewardCostMinor / threshold.rewardWorthMinor : 1;
  const share = plan.segmentKeys === 'all' ? 1 : mean(plan.parts.map((part) => shareOf(part, plan.segmentKeys)));
  const result: Block = {
    ...block,
    marginMinor: block.marginMinor.slice(),
    revenueMinor: block.revenueMinor.slice(),
    units: block.units.slice(),
    discountCostMinor: block.discountCostMinor.slice(),
    redemptions: block.redemptions.slice(),
  };
  const unitPrice = Math.max(1, mean(plan.parts.map((part) => part.priceMinor)));
  for (let draw = 0; draw < block.units.length; draw += 1) {
    const chance = Math.min(0.9, Math.max(0, drawOf(threshold.topUpChance, random))) * Math.min(1.5, scale);
    const topUps = random.poisson(threshold.nearCartsPerDay * plan.days * share * offeredShare(plan) * Math.min(1, chance));
    const given = block.discountCostMinor[draw] ?? 0;
    const gift = given * (1 - costShare);
    const added = topUps * threshold.nearGapMinor;
    const reward = topUps * threshold.rewardCostMinor * scale;
    result.discountCostMinor[draw] = given - gift + reward;
    result.marginMinor[draw] = (block.marginMinor[draw] ?? 0) + gift + added * threshold.marginShare - reward;
    result.revenueMinor[draw] = (block.revenueMinor[draw] ?? 0) + gift + added - reward;
    result.units[draw] = (block.units[draw] ?? 0) + added / unitPrice;
    result.redemptions[draw] = given / Math.max(1, threshold.rewardWorthMinor * scale) + topUps;
  }
  return result;
}

type Called = { depth: number; redemption: number; response: number; shape: number; scale: number };
/** A reward behind a minimum calls less than money off at once: half as much, until measured results say otherwise. */
const MINIMUM_DOUBT = 0.5;

/** Orders that would not have been placed without the offer, with all that lies in such carts. */
function addTraffic(block: Block, traffic: TrafficBasis, plan: Plan, random: Random, called: Called): Block {
  const { threshold } = plan;
  const keys = plan.segmentKeys;
  const share = keys === 'all' ? 1 : Math.min(1, total(keys.map((key) => traffic.segmentShares[key] ?? 0)));
  const missing =
    keys === 'all'
      ? (traffic.missingOfAllPerDay ?? Math.max(0, ...Object.values(traffic.missingPerDay)))
      : total(keys.map((key) => traffic.missingPerDay[key] ?? 0));
  const felt = threshold
    ? (MINIMUM_DOUBT * called.scale * threshold.rewardWorthMinor) / Math.max(threshold.minimumMinor, traffic.cartCoveredMinor)
    : called.depth / 10_000;
  const away = felt * traffic.coveredShare;
  const lift = Math.max(0, drawOf(traffic.lift, random)) * away;
  const comeback = Math.min(1, Math.max(0, drawOf(traffic.comeback, random)) * away);
  const perDay = (traffic.ordersPerDay * share * lift * called.shape + missing * comeback) * called.redemption * called.response;
  const discount = threshold
    ? threshold.rewardCostMinor * called.scale * traffic.reachedShare
    : (traffic.cartCoveredMinor * called.depth) / 10_000;
  const unitPrice = Math.max(1, mean(plan.parts.map((part) => part.priceMinor)));
  const orders = block.units.map(() => random.poisson(Math.max(0, perDay * plan.days * offeredShare(plan))));
  const plus = (values: Float64Array, each: number) => values.map((value, draw) => value + (orders[draw] ?? 0) * each);
  return {
    ...block,
    units: plus(block.units, traffic.cartCoveredMinor / unitPrice),
    revenueMinor: plus(block.revenueMinor, traffic.cartCoveredMinor - discount),
    marginMinor: plus(block.marginMinor, traffic.cartMarginMinor - discount),
    discountCostMinor: plus(block.discountCostMinor, discount),
    redemptions: plus(block.redemptions, 1),
  };
}

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length);
