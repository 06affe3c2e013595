import { z } from 'zod';

/** What a percentage is of: the price as the cart came, or what earlier promotions left of it. */
export const PERCENT_BASES = ['remaining', 'initial'] as const;
export const PercentBase = z.enum(PERCENT_BASES);
export type PercentBase = z.infer<typeof PercentBase>;

/** How the campaigns of one group share a cart. */
export const GROUP_MODES = ['all', 'first', 'best_for_shopper', 'best_for_margin'] as const;
export const GroupMode = z.enum(GROUP_MODES);
export type GroupMode = z.infer<typeof GroupMode>;

export const GroupKey = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9][a-z0-9_-]*$/, { error: 'lower-case letters, digits, "-" and "_"' });

export const PromotionGroup = z.object({ key: GroupKey, mode: GroupMode });
export type PromotionGroup = z.infer<typeof PromotionGroup>;

export const PromotionGroups = z
  .array(PromotionGroup)
  .max(100)
  .refine((groups) => new Set(groups.map(({ key }) => key)).size === groups.length, { error: 'a group is named twice' });

export const SeparateGroups = z
  .array(z.tuple([GroupKey, GroupKey]).refine(([a, b]) => a !== b, { error: 'a group is not apart from itself; give it the mode first' }))
  .max(500);
