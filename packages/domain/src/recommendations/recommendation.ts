import type { LocalizedText } from '../shared/text.ts';
import { fillText } from '../shared/text.ts';

/** What answered: the shopper's model, their segment, what sells most, or a stored answer. */
export const SERVED_BY = ['MODEL', 'SEGMENT', 'POPULAR', 'CACHE'] as const;
export type ServedBy = (typeof SERVED_BY)[number];

/** Why a product is recommended; `{name}` is filled in. */
export const RECOMMENDATION_REASONS = {
  BECAUSE_YOU_BOUGHT: { en: 'Because you bought {product}', zh: '因为您购买过{product}' },
  BECAUSE_YOU_VIEWED: { en: 'Because you viewed {product}', zh: '因为您浏览过{product}' },
  BOUGHT_TOGETHER: { en: 'Often bought together with {product}', zh: '常与{product}一起购买' },
  LIKED_BY_SIMILAR_USERS: { en: 'Liked by shoppers with a taste like yours', zh: '与您口味相近的顾客喜欢' },
  FAVOURITE_CATEGORY: { en: 'From {category}, which you like', zh: '来自您喜欢的{category}' },
  POPULAR_IN_SEGMENT: { en: 'Popular with shoppers like you', zh: '与您相似的顾客常买' },
  POPULAR: { en: 'Popular now', zh: '当前热销' },
  BUY_AGAIN: { en: 'Time to buy again', zh: '该回购了' },
  NEW_ARRIVAL: { en: 'New', zh: '新品' },
} as const satisfies Record<string, LocalizedText>;
export type RecommendationReasonCode = keyof typeof RECOMMENDATION_REASONS;

export interface RecommendationReason {
  readonly code: RecommendationReasonCode;
  readonly text: LocalizedText;
}

export function recommendationReason(
  code: RecommendationReasonCode,
  values: { product?: string; category?: string } = {},
): RecommendationReason {
  return { code, text: fillText(RECOMMENDATION_REASONS[code], values) };
}

export interface RankedProduct {
  readonly productId: string;
  readonly score: number;
  readonly reasons: readonly RecommendationReason[];
}
