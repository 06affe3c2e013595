import { z } from 'zod';
import type { PromotionRule } from '../promotions/promotion-rule.ts';
import { AmountMinor } from '../shared/money.ts';
import { LIMIT_PERIODS, type LimitPeriod, periodStart } from './limit-period.ts';

export const LIMIT_DIMENSIONS = ['user', 'guest', 'code', 'segment'] as const;
export type LimitDimension = (typeof LIMIT_DIMENSIONS)[number];

/**
 * At most `maxUses` uses or `maxMinor` of discount for each combination of `per` in each `period` of the campaign's zone.
 * Empty `per` = the whole campaign.
 */
export const CampaignLimit = z
  .object({
    per: z
      .array(z.enum(LIMIT_DIMENSIONS))
      .max(LIMIT_DIMENSIONS.length)
      .refine((per) => new Set(per).size === per.length, { error: 'names a dimension twice' })
      .default([]),
    period: z.enum(LIMIT_PERIODS).default('none'),
    maxUses: z.int().min(1).nullable().default(null),
    maxMinor: AmountMinor.min(1).nullable().default(null),
  })
  .refine(({ maxUses, maxMinor }) => maxUses !== null || maxMinor !== null, { error: 'limits neither uses nor money' })
  .refine(({ per, period }) => per.length > 0 || period !== 'none', {
    error: 'of the whole campaign for ever are maxRedemptions and budgetMinor',
  });
export type CampaignLimit = z.infer<typeof CampaignLimit>;

export const CampaignLimits = z
  .array(CampaignLimit)
  .max(20)
  .refine((limits) => new Set(limits.map(prefixOf)).size === limits.length, { error: 'two limits have the same dimensions and period' })
  .default([]);

/** Who and what one use counts against. */
export interface LimitSubject {
  /** `user:…` or `anonymous:…`; null = nobody known. */
  readonly userKey: string | null;
  /** Pseudonymous key of a guest's e-mail or phone; null = not told. */
  readonly guestKey: string | null;
  /** In normal form; null = the promotion needs none. */
  readonly code: string | null;
  /** Those of the shopper that the campaign is for. */
  readonly segmentKeys: readonly string[];
}

export type LimitRefusal = 'USER_LIMIT_REACHED' | 'CODE_LIMIT_REACHED' | 'LIMIT_REACHED' | 'UNITS_EXHAUSTED';

/** One row that counts uses, money and units of a campaign; null = no limit of that sort. */
export interface LimitCounter {
  readonly key: string;
  readonly refusal: LimitRefusal;
  readonly maxUses: number | null;
  readonly maxMinor: number | null;
  readonly maxUnits: number | null;
}

interface CountedPromotion {
  readonly id: string;
  readonly rule: PromotionRule;
  /** The promotion of an earlier version that its units are counted with. */
  readonly countsUnitsOf?: string | undefined;
}

interface LimitedBudget {
  readonly maxPerUser: number | null;
  readonly limits: readonly CampaignLimit[];
}

/** Every limit of a budget in the one model; `maxPerUser` is its simplest case. Uses of a user are counted also without a limit, so that one set later counts them. */
export function limitsOf({ maxPerUser, limits }: LimitedBudget): CampaignLimit[] {
  const isPerUser = (limit: CampaignLimit) => prefixOf(limit) === 'user|none';
  const own = limits.find(isPerUser);
  const maxUses = own?.maxUses == null ? maxPerUser : Math.min(own.maxUses, maxPerUser ?? own.maxUses);
  return [{ per: ['user'], period: 'none', maxUses, maxMinor: own?.maxMinor ?? null }, ...limits.filter((limit) => !isPerUser(limit))];
}

/** Does a limit count guests, and is this shopper neither signed in nor known by e-mail or phone? A new cookie would defeat it. */
export const isGuestKeyMissing = ({ limits }: LimitedBudget, subject: LimitSubject): boolean =>
  limits.some(({ per }) => per.includes('guest')) && guestKeysOf(subject).length === 0;

/** Does a limit count users, and is nothing known of this shopper? Without a key of any sort there is nothing to count against. */
export const isShopperMissing = ({ maxPerUser, limits }: LimitedBudget, subject: LimitSubject): boolean =>
  (maxPerUser !== null || limits.some(({ per }) => per.includes('user'))) && valuesOf('user', subject).length === 0;

/**
 * The counters that one use of one promotion at `at` counts against, sorted by key; without a promotion those of any. A shopper counts once against each key
 * they are known by, so that signing in or a new cookie starts nothing anew.
 */
export function limitCountersOf(
  budget: LimitedBudget,
  promotion: CountedPromotion | null,
  subject: LimitSubject,
  at: Date,
  timeZone: string,
): LimitCounter[] {
  const counters = limitsOf(budget).flatMap((limit) => {
    const start = periodStart(at, limit.period, timeZone);
    const prefix = start === null ? prefixOf(limit) : `${prefixOf(limit)}@${start.toISOString()}`;
    return combinations(dimensionsOf(limit).map((dimension) => valuesOf(dimension, subject))).map((values): LimitCounter => {
      const { maxUses, maxMinor } = limit;
      return { key: [prefix, ...values].join('|'), refusal: refusalOf(limit), maxUses, maxMinor, maxUnits: null };
    });
  });
  const units = promotion && unitCounterOf(promotion);
  return [...counters, ...(units ? [units] : [])].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What counts the units of a flash sale; null for other kinds. */
export function unitCounterOf(promotion: CountedPromotion): LimitCounter | null {
  const { rule } = promotion;
  if (rule.kind !== 'flash_sale') return null;
  return { key: `units|${unitsKeyOf(promotion)}`, refusal: 'UNITS_EXHAUSTED', maxUses: null, maxMinor: null, maxUnits: rule.stockCapUnits };
}

/** The promotion that the units of a flash sale are counted under: the same in every version of a campaign. */
export const unitsKeyOf = ({ id, countsUnitsOf }: Pick<CountedPromotion, 'id' | 'countsUnitsOf'>): string => countsUnitsOf ?? id;

function prefixOf({ per, period }: { per: readonly LimitDimension[]; period: LimitPeriod }): string {
  return `${dimensionsOf({ per }).join('+')}|${period}`;
}

/** In the one order of keys, whatever the order in which somebody wrote them. */
function dimensionsOf({ per }: { per: readonly LimitDimension[] }): LimitDimension[] {
  return LIMIT_DIMENSIONS.filter((dimension) => per.includes(dimension));
}

function valuesOf(dimension: LimitDimension, subject: LimitSubject): readonly string[] {
  switch (dimension) {
    case 'user':
      return [subject.userKey, subject.guestKey].filter((key) => key !== null);
    case 'guest':
      return guestKeysOf(subject);
    case 'code':
      return subject.code === null ? [] : [`code:${subject.code}`];
    case 'segment':
      return subject.segmentKeys.map((key) => `segment:${key}`);
  }
}

/** A signed-in user is as good as an e-mail address; a cookie is not. */
const guestKeysOf = ({ guestKey, userKey }: LimitSubject): string[] =>
  [userKey?.startsWith('user:') ? userKey : null, guestKey].filter((key) => key !== null);

const refusalOf = ({ per }: CampaignLimit): LimitRefusal =>
  per.includes('user') || per.includes('guest') ? 'USER_LIMIT_REACHED' : per.includes('code') ? 'CODE_LIMIT_REACHED' : 'LIMIT_REACHED';

const combinations = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>((made, list) => made.flatMap((before) => list.map((value) => [...before, value])), [[]]);
