import type { LocalizedText } from '../shared/text.ts';

/** Why a manager says no; keys 1 to 6 in the inbox. Proposals learn from them. */
export const CAMPAIGN_REJECTION_REASONS = {
  TOO_COSTLY: { en: 'Costs too much', zh: '成本过高' },
  TOO_UNCERTAIN: { en: 'Gain too uncertain', zh: '收益不确定' },
  WRONG_AUDIENCE: { en: 'Wrong audience', zh: '人群不合适' },
  WRONG_PRODUCTS: { en: 'Wrong products', zh: '商品不合适' },
  WRONG_TIME: { en: 'Wrong time', zh: '时机不合适' },
  HURTS_BRAND: { en: 'Does not fit the brand', zh: '不符合品牌形象' },
} as const satisfies Record<string, LocalizedText>;
export type CampaignRejectionReason = keyof typeof CAMPAIGN_REJECTION_REASONS;
