import type { LocalizedText } from '../shared/text.ts';

export const SEGMENT_SOURCES = ['model', 'rule'] as const;
export type SegmentSource = (typeof SEGMENT_SOURCES)[number];

/** A segment's middle member against the whole shop, as ranks 0 to 1 (1 = most recent, most often, most spent). */
export interface SegmentPortrait {
  readonly recencyRank: number;
  readonly frequencyRank: number;
  readonly moneyRank: number;
  readonly topInterests: readonly string[];
}

/** A name that a person understands: "Loyal, high value, buys snacks". */
export function segmentName({ recencyRank, frequencyRank, moneyRank, topInterests }: SegmentPortrait): LocalizedText {
  const life = lifeText(recencyRank, frequencyRank);
  const value =
    moneyRank >= 2 / 3
      ? { en: 'high value', zh: '高价值' }
      : moneyRank >= 1 / 3
        ? { en: 'medium value', zh: '中等价值' }
        : { en: 'low value', zh: '低价值' };
  const interest = topInterests[0];
  return {
    en: [life.en, value.en, ...(interest ? [`buys ${interest}`] : [])].join(', '),
    zh: [life.zh, value.zh, ...(interest ? [`常买${interest}`] : [])].join('，'),
  };
}

function lifeText(recencyRank: number, frequencyRank: number): LocalizedText {
  const isRecent = recencyRank >= 0.5;
  const isFrequent = frequencyRank >= 0.5;
  if (isRecent && isFrequent) return { en: 'Loyal', zh: '忠诚' };
  if (isRecent) return { en: 'New or occasional', zh: '新客或偶尔购买' };
  return isFrequent ? { en: 'Lapsing', zh: '即将流失' } : { en: 'Sleeping', zh: '沉睡' };
}

/** Groups below k are shown to nobody and targeted by nothing. */
export const isLargeEnough = (memberCount: number, minimumSegmentSize: number): boolean => memberCount >= minimumSegmentSize;
