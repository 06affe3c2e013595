import { quantile } from '@promolift/ml';
import type { Profiles } from '../users/train-profiles.ts';
import type { SegmentDraft } from './write-segments.ts';

/** What the backoffice shows of a segment; kept in `segments.portrait`. */
export type StoredPortrait = {
  medianRecencyDays: number | null;
  averageOrders: number;
  averageRevenueMinor: number;
  topInterests: { categoryKey: string; strength: number }[];
  sentence: { en: string; zh: string } /** Share of all revenue of known users, 0..1. */;
  valueShare: number;
};

const TOP_INTERESTS = 3;

export function portraitsOf(
  drafts: SegmentDraft[],
  { rfm, tags }: Profiles,
  { categoryKeys, categoryNames }: { categoryKeys: string[]; categoryNames: string[] },
): (SegmentDraft & { portrait: StoredPortrait })[] {
  const total = rfm.monetaryMinor.reduce((sum, value) => sum + value, 0);
  return drafts.map((draft) => {
    const { users } = draft;
    const sum = (column: Float64Array) => users.reduce((all, user) => all + column[user], 0);
    const recencies = users.map((user) => rfm.recencyDays[user]).filter((days) => !Number.isNaN(days));
    const medianRecencyDays = recencies.length > 0 ? Math.round(quantile(recencies, 0.5)) : null;
    const averageOrders = sum(rfm.frequency) / users.length;
    const interests = topInterests(users.map((user) => tags[user]));
    const valueShare = total > 0 ? sum(rfm.monetaryMinor) / total : 0;
    const names = interests.map(({ category }) => categoryNames[category]);
    return {
      ...draft,
      portrait: {
        medianRecencyDays,
        averageOrders,
        averageRevenueMinor: Math.round(sum(rfm.monetaryMinor) / users.length),
        valueShare,
        topInterests: interests.map(({ category, strength }) => ({ categoryKey: categoryKeys[category], strength })),
        sentence: sentenceOf(users.length, medianRecencyDays, averageOrders, Math.round(valueShare * 100), names),
      },
    };
  });
}

/** Strength: share of the members who carry the tag. */
function topInterests(tags: Profiles['tags']): { category: number; strength: number }[] {
  const counts = new Map<number, number>();
  for (const list of tags) for (const { category } of list) counts.set(category, (counts.get(category) ?? 0) + 1);
  return Array.from(counts, ([category, count]) => ({ category, strength: count / tags.length }))
    .sort((a, b) => b.strength - a.strength || a.category - b.category)
    .slice(0, TOP_INTERESTS);
}

function sentenceOf(
  size: number,
  recencyDays: number | null,
  orders: number,
  valuePercent: number,
  interests: string[],
): { en: string; zh: string } {
  const ordered =
    recencyDays === null
      ? { en: 'who have not bought yet', zh: '尚未购买' }
      : {
          en: `who last bought ${recencyDays} days ago (median) and ordered ${orders.toFixed(1)} times on average`,
          zh: `最近一次购买在 ${recencyDays} 天前（中位数），平均下单 ${orders.toFixed(1)} 次`,
        };
  const liked =
    interests.length > 0 ? { en: ` They like ${interests.join(', ')}.`, zh: `喜欢${interests.join('、')}。` } : { en: '', zh: '' };
  return {
    en: `${size} users ${ordered.en}; ${valuePercent}% of revenue.${liked.en}`,
    zh: `${size} 位用户，${ordered.zh}；贡献 ${valuePercent}% 的收入。${liked.zh}`,
  };
}
