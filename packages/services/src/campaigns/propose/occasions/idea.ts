import type { LocalizedText, Occasion, PromotionRule, Scope } from '@promolift/domain';
import type { PictureProduct } from '../products.ts';
import type { AudienceSegment } from '../segments.ts';

/** Why something might be worth doing, before anybody has computed whether it is. */
export type Idea = {
  occasion: Occasion;
  /** What it is about, for people: "Snacks", "Lapsing, high value". */
  label: LocalizedText;
  scope: Scope;
  products: PictureProduct[];
  kinds: PromotionRule['kind'][];
  segment: AudienceSegment | null;
  /** Given away by free gifts. */
  gift: PictureProduct | null;
  reasons: LocalizedText[];
};

export const percent = (share: number): string => `${Math.round(share * 100)}%`;
export const asLabel = (text: string): LocalizedText => ({ en: text, zh: text });
