import type { CampaignContent, CampaignContentInput as Content, ShopSettings } from '@promolift/domain';
import type { CampaignContentInput } from './campaign.inputs.ts';
import type { CampaignLimitInput } from './limit.type.ts';

/** The flat input as content; the service checks every part of it, the rules too. */
export function toContent(input: CampaignContentInput, settings: ShopSettings, before?: CampaignContent): Record<keyof Content, unknown> {
  return {
    name: input.name,
    promotions: input.promotions.map(({ kind, rule, condition, needsCode }, index) => ({
      id: `promotion-${index + 1}`,
      rule: { ...(typeof rule === 'object' ? rule : {}), kind },
      condition: condition ?? undefined,
      ...(needsCode && { needsCode }),
    })),
    audience: { segmentKeys: input.segmentKeys?.length ? input.segmentKeys : 'all' },
    schedule: { startsAt: input.startsAt.toISOString(), endsAt: input.endsAt.toISOString(), timeZone: input.timeZone },
    budget: {
      budgetMinor: input.budgetMinor,
      currency: settings.currency,
      maxRedemptions: input.maxRedemptions ?? null,
      maxPerUser: input.maxPerUser ?? null,
      maxPerCartMinor: (input.maxPerCartMinor === undefined ? before?.budget.maxPerCartMinor : input.maxPerCartMinor) ?? null,
      limits: input.limits?.map(toLimit) ?? before?.budget.limits ?? [],
      sharedBudgetKey: (input.sharedBudgetKey === undefined ? before?.budget.sharedBudgetKey : input.sharedBudgetKey) ?? null,
      onBudgetShort: input.onBudgetShort ?? before?.budget.onBudgetShort ?? 'partial',
    },
    holdoutBasisPoints: input.holdoutBasisPoints ?? settings.holdoutBasisPoints,
    priority: input.priority ?? 0,
    exclusive: input.isExclusive ?? false,
    group: input.group ?? undefined,
    maxPerLineMinor: input.maxPerLineMinor ?? undefined,
  };
}

const toLimit = ({ per, period, maxUses, maxMinor }: CampaignLimitInput) => ({
  per,
  period,
  maxUses: maxUses ?? null,
  maxMinor: maxMinor ?? null,
});

const GROUPS = new Set(['schedule', 'budget', 'audience']);

/** Where a problem of the content stands in the flat input. */
export const toInputField = (field: readonly string[]): string[] =>
  field.filter((part, index) => !(index === 1 && field[0] === 'content' && GROUPS.has(part)));
