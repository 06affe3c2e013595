import { z } from 'zod';
import { Condition } from '../promotions/conditions/condition.ts';
import { PromotionRule } from '../promotions/promotion-rule.ts';
import { CurrencyCode } from '../shared/currencies.ts';
import { AmountMinor, BasisPoints } from '../shared/money.ts';
import { TimeZone } from '../shared/shop-settings.ts';
import { GroupKey } from '../shared/stacking.ts';
import { CampaignLimits } from './campaign-limits.ts';

const Instant = z.iso.datetime({ offset: true });

export const CampaignPromotion = z.object({
  id: z.string().min(1).max(100),
  rule: PromotionRule,
  condition: Condition.optional(),
  /** Only with a code of one of its batches. Missing is no: contents approved before the field came keep their hash. */
  needsCode: z.boolean().optional(),
  /** Of a later version's flash sale: the promotion whose units it goes on counting. Written with the version, never by a client. */
  countsUnitsOf: z.string().min(1).max(100).optional(),
});
export type CampaignPromotion = z.infer<typeof CampaignPromotion>;

export const CampaignAudience = z.union([z.literal('all'), z.array(z.string().min(1)).min(1).max(200)]);

export const CampaignSchedule = z
  .object({ startsAt: Instant, endsAt: Instant, timeZone: TimeZone })
  .refine((schedule) => Date.parse(schedule.endsAt) > Date.parse(schedule.startsAt), {
    error: 'must end after it starts',
    path: ['endsAt'],
  });
export type CampaignSchedule = z.infer<typeof CampaignSchedule>;

/** Lower case letters, digits and dashes. */
export const SHARED_BUDGET_KEY = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

export const CampaignBudget = z.object({
  budgetMinor: AmountMinor.min(1),
  currency: CurrencyCode,
  maxRedemptions: z.int().min(1).nullable().default(null),
  maxPerUser: z.int().min(1).nullable().default(null),
  /** Most for one cart. */
  maxPerCartMinor: AmountMinor.min(1).nullable().default(null),
  /** Limits on count or money per user, guest, code or segment and period; see CampaignLimit. */
  limits: CampaignLimits,
  /** A budget that several campaigns draw on, besides this one's own; null = none. */
  sharedBudgetKey: z.string().regex(SHARED_BUDGET_KEY, { error: 'is not a key of a shared budget' }).nullable().default(null),
  /** When less budget is left than a cart would get: give what is left, or nothing. */
  onBudgetShort: z.enum(['partial', 'refuse']).default('partial'),
});
export type CampaignBudget = z.infer<typeof CampaignBudget>;

/** Everything about a campaign that an approval covers. Plain JSON; one immutable version each. */
export const CampaignContent = z.object({
  name: z.string().trim().min(1).max(200),
  promotions: z
    .array(CampaignPromotion)
    .min(1)
    .max(20)
    .refine((promotions) => new Set(promotions.map(({ id }) => id)).size === promotions.length, { error: 'two promotions have one id' }),
  audience: z.object({ segmentKeys: CampaignAudience }),
  schedule: CampaignSchedule,
  budget: CampaignBudget,
  holdoutBasisPoints: BasisPoints.default(1_000),
  priority: z.int().min(-1_000).max(1_000).default(0),
  exclusive: z.boolean().default(false),
  /** The shop's settings say how the campaigns of a group share a cart; absent = on its own. Optional, so that old versions keep their hash. */
  group: GroupKey.optional(),
  /** Most for one line of a cart; absent = no limit. */
  maxPerLineMinor: AmountMinor.min(1).optional(),
});
export type CampaignContent = z.infer<typeof CampaignContent>;
export type CampaignContentInput = z.input<typeof CampaignContent>;

/** Length of the window in days, with fractions. */
export const windowDays = (schedule: Pick<CampaignSchedule, 'startsAt' | 'endsAt'>): number =>
  (Date.parse(schedule.endsAt) - Date.parse(schedule.startsAt)) / 86_400_000;
