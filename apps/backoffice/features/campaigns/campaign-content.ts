import { z } from 'zod';
import type { CampaignContentInput } from '@/generated/graphql.ts';
import { field, numberField } from '@/lib/action.ts';
import { toInstant } from '@/lib/zoned-time.ts';

const Promotions = z.array(
  z.object({ kind: z.string(), rule: z.record(z.string(), z.unknown()), condition: z.unknown(), needsCode: z.boolean() }),
);
const Limits = z.array(
  z.object({
    per: z.array(z.enum(['user', 'guest', 'code', 'segment'])),
    period: z.enum(['none', 'hour', 'day', 'week', 'month', 'year']),
    maxUses: z.number().nullish(),
    maxMinor: z.number().nullish(),
  }),
);
const OnBudgetShort = z.enum(['partial', 'refuse']);
const listIn = (form: FormData, name: string): unknown => JSON.parse(field(form, name) || '[]');

/** What the campaign form says, for saving and for rehearsing alike. */
export function contentOf(form: FormData): CampaignContentInput {
  const timeZone = field(form, 'timeZone');
  const minor = numberField(form, 'minor') ?? 100;
  const whole = (name: string) => {
    const value = numberField(form, name);
    return value === undefined ? null : Math.round(value);
  };
  const sum = (name: string) => {
    const value = numberField(form, name);
    return value === undefined ? null : Math.round(value * minor);
  };
  return {
    name: field(form, 'name'),
    promotions: Promotions.parse(listIn(form, 'promotions')),
    segmentKeys: form.getAll('segmentKeys').filter((key) => typeof key === 'string'),
    startsAt: toInstant(field(form, 'startsAt'), timeZone),
    endsAt: toInstant(field(form, 'endsAt'), timeZone),
    timeZone,
    budgetMinor: sum('budget') ?? 0,
    maxRedemptions: whole('maxRedemptions'),
    maxPerUser: whole('maxPerUser'),
    limits: Limits.parse(listIn(form, 'limits')),
    sharedBudgetKey: field(form, 'sharedBudgetKey') || null,
    onBudgetShort: OnBudgetShort.parse(field(form, 'onBudgetShort') || 'partial'),
    holdoutBasisPoints: Math.round((numberField(form, 'holdoutPercent') ?? 0) * 100),
    priority: whole('priority'),
    isExclusive: form.get('isExclusive') === 'on',
    group: field(form, 'group') || null,
    maxPerLineMinor: sum('maxPerLine'),
    maxPerCartMinor: sum('maxPerCart'),
  };
}
