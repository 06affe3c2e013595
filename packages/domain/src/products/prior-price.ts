import { multiplyDivide } from '../shared/integer-arithmetic.ts';
import { BASIS_POINTS } from '../shared/money.ts';
import type { LocalizedText } from '../shared/text.ts';

const DAY_MS = 86_400_000;
/** Directive 98/6/EC Art. 6a(2): the period before the reduction is at least 30 days. */
export const PRIOR_PRICE_WINDOW_DAYS = 30;
const WINDOW_MS = PRIOR_PRICE_WINDOW_DAYS * DAY_MS;

/** A shelf price from one instant on, until the next one in the same currency. */
export interface PriceChange {
  readonly at: Date;
  readonly priceMinor: number;
  readonly currency: string;
}

/** A time in which everybody could buy below the shelf price. */
export interface PublicReduction {
  readonly from: Date;
  /** First instant at which it was over. */
  readonly until: Date;
  /** What a unit of this shelf price cost then, in minor units. */
  readonly priceOf: (shelfMinor: number) => number;
}

/** What a product was offered for. `changes` is append-only and may stand in any order; other currencies are ignored. */
export interface PriceHistory {
  readonly currency: string;
  readonly changes: readonly PriceChange[];
  readonly reductions: readonly PublicReduction[];
}

export interface ReductionRules {
  /** May a product on sale for less than 30 days announce a reduction against the days it has? Art. 6a(4) leaves this to each country. */
  readonly announcesNewProducts: boolean;
}

export const NO_REDUCTION_REASONS = {
  NO_PRICE_BEFORE: { en: 'No price is on record before the reduction began', zh: '降价开始前没有价格记录' },
  NEW_PRODUCT: { en: 'On sale for less than 30 days', zh: '上架不足 30 天' },
  NOT_BELOW_PRIOR_PRICE: {
    en: 'Not below the lowest price of the 30 days before the reduction began',
    zh: '不低于降价开始前 30 天内的最低价',
  },
  NOT_REDUCED: { en: 'The price was not reduced lately', zh: '近期没有降价' },
} as const satisfies Record<string, LocalizedText>;
export type NoReductionReason = keyof typeof NO_REDUCTION_REASONS;

export interface PriorPrice {
  readonly priorPriceMinor: number;
  /** When the reduction began: of an uninterrupted series of cuts the first. */
  readonly beganAt: Date;
  /** On sale for less than the whole window. */
  readonly isNewProduct: boolean;
}

export interface ReductionVerdict {
  /** What a reduction is counted from; null where nothing is on record. */
  readonly priorPriceMinor: number | null;
  readonly mayAnnounceReduction: boolean;
  /** Share of the prior price that is saved, rounded down so that it never says too much; 0 where none may be announced. */
  readonly announcedReductionBasisPoints: number;
  /** Why none may be announced; null where one may. */
  readonly reason: NoReductionReason | null;
}

/**
 * The lowest price of the 30 days that end before the reduction began (Directive 98/6/EC Art. 6a). Further cuts without
 * interruption keep the window of the first one (Art. 6a(5)); a price that held for 30 days is the ordinary one and ends the series.
 */
export function priorPrice(history: PriceHistory, reduced: { priceMinor: number; beganAt: Date }): PriorPrice | null {
  const stretches = stretchesOf(history);
  const beganMs = firstCutMs(stretches, history.reductions, reduced);
  const windowMs = beganMs - WINDOW_MS;
  const offered = offeredPrices(stretches, history.reductions, windowMs, beganMs);
  const [first] = stretches;
  if (first === undefined || offered.length === 0) return null;
  return { priorPriceMinor: Math.min(...offered), beganAt: new Date(beganMs), isNewProduct: first.fromMs > windowMs };
}

/** What may be said about a price that is called reduced; the percentage is counted from the prior price (ECJ C-330/23). */
export function judgeReduction(
  history: PriceHistory,
  reduced: { priceMinor: number; beganAt: Date },
  rules: ReductionRules,
): ReductionVerdict {
  const prior = priorPrice(history, reduced);
  const refused = (reason: NoReductionReason): ReductionVerdict => ({
    priorPriceMinor: prior?.priorPriceMinor ?? null,
    mayAnnounceReduction: false,
    announcedReductionBasisPoints: 0,
    reason,
  });
  if (prior === null) return refused('NO_PRICE_BEFORE');
  if (prior.isNewProduct && !rules.announcesNewProducts) return refused('NEW_PRODUCT');
  const { priorPriceMinor } = prior;
  const savedMinor = priorPriceMinor - reduced.priceMinor;
  if (savedMinor <= 0) return refused('NOT_BELOW_PRIOR_PRICE');
  return {
    priorPriceMinor,
    mayAnnounceReduction: true,
    announcedReductionBasisPoints: multiplyDivide(savedMinor, BASIS_POINTS, priorPriceMinor).quotient,
    reason: null,
  };
}

/** The same for the shelf price at `now`: reduced while its last change was a cut within the last 30 days. */
export function judgeShelfPrice(history: PriceHistory, now: Date, rules: ReductionRules): ReductionVerdict {
  const passed = stretchesOf(history).filter(({ fromMs }) => fromMs <= now.getTime());
  const [before, current] = [passed.at(-2), passed.at(-1)];
  const isReduced =
    before !== undefined && current !== undefined && before.priceMinor > current.priceMinor && now.getTime() - current.fromMs < WINDOW_MS;
  if (isReduced) return judgeReduction(history, { priceMinor: current.priceMinor, beganAt: new Date(current.fromMs) }, rules);
  const lowest = current && priorPrice(history, { priceMinor: current.priceMinor, beganAt: now });
  return {
    priorPriceMinor: lowest?.priorPriceMinor ?? null,
    mayAnnounceReduction: false,
    announcedReductionBasisPoints: 0,
    reason: 'NOT_REDUCED',
  };
}

/** One shelf price without a break; the last one lasts. */
interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly priceMinor: number;
}

/** A price said twice is one stretch: importers repeat the price at every import. */
function stretchesOf({ changes, currency }: PriceHistory): Stretch[] {
  const sorted = changes.filter((change) => change.currency === currency).sort((a, b) => a.at.getTime() - b.at.getTime());
  const steps = sorted.filter((change, index) => change.priceMinor !== sorted[index - 1]?.priceMinor);
  return steps.map(({ at, priceMinor }, index) => ({
    priceMinor,
    fromMs: at.getTime(),
    untilMs: steps[index + 1]?.at.getTime() ?? Number.POSITIVE_INFINITY,
  }));
}

/** Every price that somebody could pay in [fromMs, untilMs), the one in force at its start included. */
function offeredPrices(stretches: readonly Stretch[], reductions: readonly PublicReduction[], fromMs: number, untilMs: number): number[] {
  return stretches.flatMap((stretch) => {
    const [from, until] = [Math.max(stretch.fromMs, fromMs), Math.min(stretch.untilMs, untilMs)];
    if (from >= until) return [];
    const lower = reductions.filter((one) => Math.max(from, one.from.getTime()) < Math.min(until, one.until.getTime()));
    return [stretch.priceMinor, ...lower.map((one) => one.priceOf(stretch.priceMinor))];
  });
}

type Cut = { atMs: number; priceMinor: number };

function firstCutMs(
  stretches: readonly Stretch[],
  reductions: readonly PublicReduction[],
  reduced: { priceMinor: number; beganAt: Date },
): number {
  let cut: Cut = { atMs: reduced.beganAt.getTime(), priceMinor: reduced.priceMinor };
  for (let earlier = cutBefore(stretches, reductions, cut); earlier !== null; earlier = cutBefore(stretches, reductions, cut))
    cut = earlier;
  return cut.atMs;
}

/** The cut that this one continues without a rise between them; null where it is the first. */
function cutBefore(stretches: readonly Stretch[], reductions: readonly PublicReduction[], cut: Cut): Cut | null {
  const index = stretches.findLastIndex(({ fromMs }) => fromMs < cut.atMs);
  const [before, current] = [stretches[index - 1], stretches[index]];
  if (current === undefined) return null;
  for (const one of reductions) {
    const priceMinor = one.priceOf(current.priceMinor);
    const isJoined = one.from.getTime() < cut.atMs && cut.atMs <= one.until.getTime();
    if (isJoined && cut.atMs - one.from.getTime() < WINDOW_MS && priceMinor > cut.priceMinor)
      return { atMs: one.from.getTime(), priceMinor };
  }
  const isCut = before !== undefined && before.priceMinor > current.priceMinor && current.priceMinor > cut.priceMinor;
  return isCut && cut.atMs - current.fromMs < WINDOW_MS ? { atMs: current.fromMs, priceMinor: current.priceMinor } : null;
}
