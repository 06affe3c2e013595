import { lifecycleStage } from '@promolift/domain';
import { quantile } from '@promolift/ml';
import type { Profiles } from '../users/train-profiles.ts';
import type { SegmentDraft } from './write-segments.ts';

const NEW_DAYS = 60;
const DAY_MS = 86_400_000;
const DEFAULT_GAP_DAYS = 30;

type Facts = { asOf: Date; userCreatedMs: Float64Array; categoryKeys: string[]; categoryNames: string[]; profiles: Profiles };

/** Segments by a rule that a manager can read aloud; each user may be in several. */
export function ruleSegments({ asOf, userCreatedMs, categoryKeys, categoryNames, profiles }: Facts): SegmentDraft[] {
  const { rfm, tags } = profiles;
  const users = Array.from({ length: rfm.frequency.length }, (_, user) => user);
  const buyers = users.filter((user) => rfm.frequency[user] > 0);
  const gapDays = (user: number) =>
    rfm.frequency[user] > 1 ? (rfm.tenureDays[user] - rfm.recencyDays[user]) / (rfm.frequency[user] - 1) : null;
  const gaps = buyers.flatMap((user) => gapDays(user) ?? []);
  const shopGapDays = gaps.length > 0 ? Math.max(1, quantile(gaps, 0.5)) : DEFAULT_GAP_DAYS;
  const stageOf = (user: number) =>
    lifecycleStage(
      {
        orders: rfm.frequency[user],
        daysSinceLastOrder: Number.isNaN(rfm.recencyDays[user]) ? null : rfm.recencyDays[user],
        medianGapDays: gapDays(user),
      },
      shopGapDays,
    );
  const usualValue =
    buyers.length > 0
      ? quantile(
          buyers.map((user) => rfm.monetaryMinor[user]),
          0.5,
        )
      : 0;
  // An import may know no date of joining: its own day then stands for it, which says nothing of old customers.
  const isNewcomer = (user: number) => {
    const days = (asOf.getTime() - userCreatedMs[user]) / DAY_MS;
    return days >= 0 && days <= NEW_DAYS;
  };
  const isSlipping = (user: number) => ['slipping', 'lapsed'].includes(stageOf(user));
  return [
    {
      key: 'at-risk',
      kind: 'rule',
      name: { en: 'Valuable, at risk of leaving', zh: '高价值、有流失风险' },
      definition: { rule: 'lifecycle slipping or lapsed, and spent at least the median', medianValueMinor: Math.round(usualValue) },
      users: buyers.filter((user) => isSlipping(user) && rfm.monetaryMinor[user] >= usualValue),
    },
    {
      key: 'new-users',
      kind: 'rule',
      name: { en: 'New users', zh: '新用户' },
      definition: { rule: `first order in the last ${NEW_DAYS} days, or joined in that time without an order yet` },
      users: users.filter((user) => (rfm.frequency[user] > 0 ? rfm.tenureDays[user] <= NEW_DAYS : isNewcomer(user))),
    },
    ...categoryKeys.map(
      (key, category): SegmentDraft => ({
        key: `category-buyers:${key}`,
        kind: 'rule',
        name: { en: `Likes ${categoryNames[category]}`, zh: `喜欢${categoryNames[category]}` },
        definition: { rule: 'interest clearly above the shop’s usual', categoryKey: key },
        users: users.filter((user) => tags[user].some((tag) => tag.category === category)),
      }),
    ),
  ];
}
