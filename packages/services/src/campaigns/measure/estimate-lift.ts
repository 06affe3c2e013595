import { type Arm, compareMeans, type Effect, perThousandUsers, sampleVariance, mean } from '@promolift/ml';
import type { AudienceUser, Outcome } from './audience-outcomes.ts';

export type Estimate95 = { mean: number; lower95: number; upper95: number };
/** The effect on a thousand users of the audience, and on all who were offered it. */
export type LiftEffect = { perThousandUsers: Estimate95; total: Estimate95 };
export type GroupMean = { group: 'offered' | 'held_out'; userCount: number; meanMarginMinor: number; lower95: number; upper95: number };
export type CumulativePoint = { day: string; marginMinor: number; lower95: number; upper95: number };

export type Arms = { offered: AudienceUser[]; heldOut: AudienceUser[] };

export const armsOf = (users: readonly AudienceUser[]): Arms => ({
  offered: users.filter((user) => !user.isHeldOut),
  heldOut: users.filter((user) => user.isHeldOut),
});

const LEAST_ARM = 2;
export const isComparable = ({ offered, heldOut }: Arms): boolean => offered.length >= LEAST_ARM && heldOut.length >= LEAST_ARM;

const armOf = (users: readonly AudienceUser[], key: keyof Outcome): Arm => ({
  outcomes: Float64Array.from(users, (user) => user[key]),
  covariates: Float64Array.from(users, (user) => user.before[key]),
});

/** Difference in means with CUPED on the same sum of the weeks before; Welch's 95% interval, corrected for skewness. */
export function liftOf(arms: Arms, key: keyof Outcome): LiftEffect {
  const effect = compareMeans(armOf(arms.offered, key), armOf(arms.heldOut, key));
  const perThousand = perThousandUsers(effect);
  return {
    perThousandUsers: { mean: perThousand.difference, lower95: perThousand.lower, upper95: perThousand.upper },
    total: times(effect, arms.offered.length),
  };
}

const times = ({ difference, lower, upper }: Effect, users: number): Estimate95 => ({
  mean: difference * users,
  lower95: lower * users,
  upper95: upper * users,
});

/** Plain group means of the margin per user, so that the two bars can be drawn. */
export function groupMeans(arms: Arms): GroupMean[] {
  return (
    [
      ['offered', arms.offered],
      ['held_out', arms.heldOut],
    ] as const
  ).map(([group, users]) => {
    const values = Float64Array.from(users, ({ margin }) => margin);
    const centre = users.length > 0 ? mean(values) : 0;
    const reach = users.length > 1 ? 1.96 * Math.sqrt(sampleVariance(values) / users.length) : 0;
    return { group, userCount: users.length, meanMarginMinor: centre, lower95: centre - reach, upper95: centre + reach };
  });
}

/**
 * The effect summed up to each day. The band holds on all days at once with 95% (each day at 1 − 0.05 ÷ days, Bonferroni), so
 * that whoever looks every day and stops when it looks good is not fooled.
 */
export function cumulativeLift(arms: Arms, days: readonly string[]): CumulativePoint[] {
  const confidence = 1 - 0.05 / Math.max(1, days.length);
  const [offered, heldOut] = [new Float64Array(arms.offered.length), new Float64Array(arms.heldOut.length)];
  const covariates = (users: readonly AudienceUser[]) => Float64Array.from(users, ({ before }) => before.margin);
  const [offeredBefore, heldOutBefore] = [covariates(arms.offered), covariates(arms.heldOut)];
  return days.map((day, index) => {
    arms.offered.forEach((user, at) => {
      offered[at] = (offered[at] ?? 0) + (user.marginByDay[index] ?? 0);
    });
    arms.heldOut.forEach((user, at) => {
      heldOut[at] = (heldOut[at] ?? 0) + (user.marginByDay[index] ?? 0);
    });
    const total = times(
      compareMeans({ outcomes: offered, covariates: offeredBefore }, { outcomes: heldOut, covariates: heldOutBefore }, confidence),
      arms.offered.length,
    );
    return { day, marginMinor: total.mean, lower95: total.lower95, upper95: total.upper95 };
  });
}
