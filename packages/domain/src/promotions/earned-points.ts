import { allocate } from '../shared/allocate.ts';
import { multiplyDivide, multiplyDivideUp } from '../shared/integer-arithmetic.ts';
import type { EarnedWish, Miss } from './promotion-kind.ts';
import { miss } from './promotion-kind.ts';

/** What a promotion promises: pending until the return window has passed. */
export interface Earned {
  readonly points: number;
  /** What `points` would be if the budget were not short. */
  readonly desiredPoints: number;
  /** For whoever brought the shopper. */
  readonly referrerPoints: number;
  /** Most rewards of a referrer from the campaign; absent where nobody is referred. */
  readonly maxPerReferrer?: number;
  /** Which line earned how many of `points`, so that what comes back takes its own points along. Empty = the whole order did. */
  readonly lines: readonly LinePoints[];
}

export interface LinePoints {
  readonly lineId: string;
  readonly points: number;
}

type Granted = Earned & { readonly costMinor: number };

/** What points cost the campaign's budget, rounded up: a budget never promises more than it holds. */
export const pointsCostMinor = (points: number, pointsPerMinor: number): number => multiplyDivideUp(points, 1, pointsPerMinor);

/** As many of the wanted points as the budget can pay. Shares go to lines by largest remainder and sum to the points. */
export function grantEarned(
  wanted: EarnedWish,
  lines: readonly { readonly lineId: string; readonly weight: number }[],
  budgetLeftMinor: number,
  onBudgetShort: 'partial' | 'refuse',
): Granted | Miss {
  const { points, referrerPoints, maxPerReferrer, pointsPerMinor, isWhole } = wanted;
  const wantedMinor = pointsCostMinor(points + referrerPoints, pointsPerMinor);
  const isShort = budgetLeftMinor < wantedMinor;
  if (isShort && (isWhole || onBudgetShort === 'refuse' || budgetLeftMinor <= 0))
    return miss('BUDGET_EXHAUSTED', wantedMinor, budgetLeftMinor);
  const granted = isShort ? budgetLeftMinor * pointsPerMinor : points;
  const shares = isWhole ? [] : pointsOfLines(granted, lines);
  return {
    points: granted,
    desiredPoints: points,
    referrerPoints,
    ...(maxPerReferrer !== undefined && { maxPerReferrer }),
    lines: shares,
    costMinor: isShort ? budgetLeftMinor : wantedMinor,
  };
}

function pointsOfLines(points: number, lines: readonly { readonly lineId: string; readonly weight: number }[]): LinePoints[] {
  const shares = allocate(
    points,
    lines.map(({ weight }) => weight),
    undefined,
    lines.map(({ lineId }) => lineId),
  );
  return lines.map(({ lineId }, index) => ({ lineId, points: shares[index] ?? 0 })).filter((share) => share.points > 0);
}

/** Units of an order's lines, bought and returned so far, by line id. */
export type ReturnedUnits = ReadonlyMap<string, { readonly quantity: number; readonly returned: number }>;

/**
 * How many of the points are lost by what has come back so far; a line that is back altogether loses all of its points, and
 * points of the whole order go when nothing of it stays. Never falls when more comes back.
 */
export function pointsLost({ points, lines }: Pick<Earned, 'points' | 'lines'>, units: ReturnedUnits): number {
  if (lines.length === 0) return [...units.values()].every(({ quantity, returned }) => returned >= quantity) ? points : 0;
  return lines.reduce((sum, line) => {
    const { quantity, returned } = units.get(line.lineId) ?? { quantity: 1, returned: 0 };
    return sum + multiplyDivide(line.points, returned, quantity).quotient;
  }, 0);
}
