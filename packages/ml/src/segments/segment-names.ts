import type { InterestTag } from '../features/interest-tags.ts';
import type { RfmFeatures } from '../features/recency-frequency-monetary.ts';
import { quantile } from '../numeric/statistics.ts';

export type RecencyTrait = 'active' | 'slowing' | 'lapsing' | 'lapsed';
export type FrequencyTrait = 'first-time' | 'occasional' | 'regular' | 'frequent';
export type ValueTrait = 'low' | 'medium' | 'high';

/** What tells a segment from the others, as data. */
export interface SegmentTraits {
  recency: RecencyTrait;
  frequency: FrequencyTrait;
  value: ValueTrait;
  /** Categories liked far more than elsewhere, strongest first. */
  tags: number[];
}

export interface SegmentProfile {
  traits: SegmentTraits;
  users: number;
  /** Medians of the segment's users. */
  recencyDays: number;
  frequency: number;
  monetaryMinor: number;
  /** Unique within one call. */
  nameEn: string;
  nameZh: string;
}

export interface SegmentNameInput {
  /** Segment of each user, [userCount]; −1 for none. */
  labels: ArrayLike<number>;
  segmentCount: number;
  rfm: RfmFeatures;
  /** Interests of each user, [userCount]. */
  tags: readonly (readonly InterestTag[])[];
  /** Names of categories, [categoryCount]. */
  categoryNames: readonly { en: string; zh: string }[];
}

const MIN_TAG_SHARE = 0.25; // A tag names a segment when a quarter of its users carry it …
const MIN_TAG_LIFT = 1.3; // … and it is that much more common there than among all users.

const NO_REPEAT_GAP_DAYS = 30; // Where nobody bought twice yet there is no rhythm to go by.

/**
 * Describes each segment by its medians, in words a manager understands: recency against the shop's usual gap between orders,
 * frequency and value against all users' quantiles.
 */
export function describeSegments(input: SegmentNameInput): SegmentProfile[] {
  const everyone = Array.from({ length: input.labels.length }, (_, user) => user).filter(
    (user) => input.labels[user] >= 0 && input.rfm.frequency[user] > 0,
  );
  const limits = {
    recency: [1, 2, 4].map((gaps) => gaps * usualGapDays(input.rfm, everyone)),
    value: limitsOf(input.rfm.monetaryMinor, everyone, [0.4, 0.75]),
    frequency: limitsOf(input.rfm.frequency, everyone, [0.5, 0.8]),
  };
  const shop = tagShares(input.tags, everyone);
  const profiles = Array.from({ length: input.segmentCount }, (_, segment): SegmentProfile => {
    const users = everyone.filter((user) => input.labels[user] === segment);
    const median = (column: Float64Array) =>
      quantile(
        users.map((user) => column[user]),
        0.5,
      );
    const [recencyDays, frequency, monetaryMinor] = [
      median(input.rfm.recencyDays),
      median(input.rfm.frequency),
      median(input.rfm.monetaryMinor),
    ];
    const traits: SegmentTraits = {
      recency: (['active', 'slowing', 'lapsing', 'lapsed'] as const)[above(limits.recency, recencyDays)],
      frequency: frequency <= 1 ? 'first-time' : (['occasional', 'regular', 'frequent'] as const)[above(limits.frequency, frequency)],
      value: (['low', 'medium', 'high'] as const)[above(limits.value, monetaryMinor)],
      tags: distinguishingTags(tagShares(input.tags, users), shop),
    };
    return { traits, users: users.length, recencyDays, frequency, monetaryMinor, ...segmentName(traits, input.categoryNames) };
  });
  return makeUnique(profiles);
}

const limitsOf = (column: Float64Array, users: number[], probabilities: number[]) =>
  probabilities.map((p) =>
    quantile(
      users.map((user) => column[user]),
      p,
    ),
  );

/** Median over users with several orders of their mean days between orders. */
function usualGapDays({ tenureDays, recencyDays, frequency }: RfmFeatures, users: number[]): number {
  const gaps = users.filter((user) => frequency[user] > 1).map((user) => (tenureDays[user] - recencyDays[user]) / (frequency[user] - 1));
  return gaps.length === 0 ? NO_REPEAT_GAP_DAYS : Math.max(1, quantile(gaps, 0.5));
}

const above = (limits: number[], value: number) => limits.filter((limit) => value > limit).length;

function tagShares(tags: SegmentNameInput['tags'], users: number[]): Map<number, number> {
  const shares = new Map<number, number>();
  for (const user of users)
    for (const { category } of tags[user] ?? []) shares.set(category, (shares.get(category) ?? 0) + 1 / users.length);
  return shares;
}

function distinguishingTags(own: Map<number, number>, shop: Map<number, number>): number[] {
  return Array.from(own, ([category, share]) => ({ category, share, lift: share / (shop.get(category) ?? share) }))
    .filter(({ share, lift }) => share >= MIN_TAG_SHARE && lift >= MIN_TAG_LIFT)
    .sort((a, b) => b.share * b.lift - a.share * a.lift || a.category - b.category)
    .slice(0, 2)
    .map(({ category }) => category);
}

const HABITS: Record<RecencyTrait, Record<FrequencyTrait, [string, string]>> = {
  active: { 'first-time': ['New', '新客'], occasional: ['Active', '活跃'], regular: ['Loyal', '忠诚'], frequent: ['Loyal', '忠诚'] },
  slowing: {
    'first-time': ['Bought once', '仅购一次'],
    occasional: ['Occasional', '偶尔购买'],
    regular: ['Regular', '常客'],
    frequent: ['Regular', '常客'],
  },
  lapsing: {
    'first-time': ['One purchase, drifting away', '一次购买后渐远'],
    occasional: ['Drifting away', '渐行渐远'],
    regular: ['At risk of leaving', '有流失风险'],
    frequent: ['At risk of leaving', '有流失风险'],
  },
  lapsed: {
    'first-time': ['One purchase long ago', '很久前仅购一次'],
    occasional: ['Lapsed', '已流失'],
    regular: ['Lost regulars', '流失的常客'],
    frequent: ['Lost regulars', '流失的常客'],
  },
};
const VALUES: Record<ValueTrait, [string, string]> = {
  low: ['low value', '低价值'],
  medium: ['medium value', '中价值'],
  high: ['high value', '高价值'],
};

/** "Loyal, high value, buys snacks" and "忠诚，高价值，爱买零食". */
export function segmentName(traits: SegmentTraits, categoryNames: SegmentNameInput['categoryNames']): { nameEn: string; nameZh: string } {
  const [habitEn, habitZh] = HABITS[traits.recency][traits.frequency];
  const [valueEn, valueZh] = VALUES[traits.value];
  const liked = traits.tags.flatMap((tag) => categoryNames[tag] ?? []);
  const en = liked.length > 0 ? [`buys ${liked.map((name) => name.en.toLowerCase()).join(' and ')}`] : [];
  const zh = liked.length > 0 ? [`爱买${liked.map((name) => name.zh).join('和')}`] : [];
  return { nameEn: [habitEn, valueEn, ...en].join(', '), nameZh: [habitZh, valueZh, ...zh].join('，') };
}

/** Two segments of the same traits are told apart by how many days ago the median user bought, then by a number. */
function makeUnique(profiles: SegmentProfile[]): SegmentProfile[] {
  const same = (a: SegmentProfile, b: SegmentProfile) => a.nameEn === b.nameEn;
  const dated = profiles.map((profile) => {
    if (profiles.filter((other) => same(profile, other)).length === 1) return profile;
    const days = Math.round(profile.recencyDays);
    return { ...profile, nameEn: `${profile.nameEn} (last order ${days} days ago)`, nameZh: `${profile.nameZh}（${days} 天前购买）` };
  });
  return dated.map((profile, at) => {
    const earlier = dated.slice(0, at).filter((other) => same(profile, other)).length;
    return earlier === 0 ? profile : { ...profile, nameEn: `${profile.nameEn} ${earlier + 1}`, nameZh: `${profile.nameZh} ${earlier + 1}` };
  });
}
