import { z } from 'zod';
import type { LocalizedText } from '../shared/text.ts';

/** Why now: what a proposal answers to. */
export const OCCASIONS = ['overstock', 'lull', 'at_risk_segment', 'basket_affinity', 'seasonal_rise', 'slow_new_product'] as const;
export const Occasion = z.enum(OCCASIONS);
export type Occasion = z.infer<typeof Occasion>;

export const OCCASION_NAMES: Readonly<Record<Occasion, LocalizedText>> = {
  overstock: { en: 'More stock than the forecast needs', zh: '库存高于预测需求' },
  lull: { en: 'A lull in demand', zh: '需求低谷' },
  at_risk_segment: { en: 'A segment at risk of leaving', zh: '有流失风险的人群' },
  basket_affinity: { en: 'Products bought together', zh: '常被一起购买的商品' },
  seasonal_rise: { en: 'A seasonal rise', zh: '季节性上升' },
  slow_new_product: { en: 'A new product that sells slowly', zh: '新品动销缓慢' },
};
