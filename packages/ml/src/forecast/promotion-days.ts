export interface PromotionDays {
  /** Units per day, [days]. */
  units: ArrayLike<number>;
  /** Non-zero on days whose demand a promotion or an odd price changed, [days]. */
  promoted: ArrayLike<number>;
  season: number;
  /** Believed factor before any data, for example 1.5. Default 1.3. */
  priorFactor?: number;
  /** Promoted days the prior counts for. Default 14. */
  priorDays?: number;
}

export interface CleanedHistory {
  /** What would have been sold without promotions: promoted days divided by the factor. [days] */
  baseline: Float64Array;
  /** Units on promoted days ÷ units on like days, shrunk towards the prior (geometric mean). */
  factor: number;
  promotedDays: number;
}

const NEAR_SEASONS = 4;

/** Estimates how much promotions multiplied demand, and takes that out of the history, so that a forecaster learns the plain demand. */
export function removePromotionUplift({ units, promoted, season, priorFactor = 1.3, priorDays = 14 }: PromotionDays): CleanedHistory {
  let sum = 0;
  let promotedDays = 0;
  for (let day = 0; day < units.length; day++) {
    if (!promoted[day]) continue;
    promotedDays++;
    const like = likeDays(units, promoted, day, season);
    // Half a unit on both sides keeps empty days finite.
    if (like !== null) sum += Math.log((units[day] + 0.5) / (like + 0.5));
    else sum += Math.log(priorFactor);
  }
  const factor = Math.exp((sum + priorDays * Math.log(priorFactor)) / (promotedDays + priorDays));
  return { baseline: Float64Array.from(units, (value, day) => (promoted[day] ? value / factor : value)), factor, promotedDays };
}

/** Multiplies the forecast of promoted days by the factor. `promoted`: [horizon]. */
export const addPromotionUplift = (forecast: ArrayLike<number>, promoted: ArrayLike<number>, factor: number) =>
  Float64Array.from(forecast, (value, day) => (promoted[day] ? value * factor : value));

/** Mean of plain days at the same place in the season, up to four seasons away on both sides; null when there is none. */
function likeDays(units: ArrayLike<number>, promoted: ArrayLike<number>, day: number, season: number): number | null {
  let [sum, count] = [0, 0];
  for (let away = -NEAR_SEASONS; away <= NEAR_SEASONS; away++) {
    const other = day + away * season;
    if (other < 0 || other >= units.length || promoted[other]) continue;
    sum += units[other];
    count++;
  }
  return count === 0 ? null : sum / count;
}
