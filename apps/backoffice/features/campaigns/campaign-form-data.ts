import type { CampaignContentQuery as Content, CampaignFormQuery as FormAnswer } from '@/generated/graphql.ts';
import { Arguments, storedRule } from '@/features/promotions/rule-arguments.ts';
import type { Formatter } from '@/lib/format.ts';
import { currencyDigits } from '@/lib/format.ts';
import { toLocal } from '@/lib/zoned-time.ts';
import type { CampaignDraft } from './campaign-form.tsx';

const WEEK_MS = 7 * 86_400_000;

/** What the form offers, from the API's own description of promotion kinds. */
export function formChoices(answer: FormAnswer, f: Formatter) {
  const { promotionKinds, conditionKinds, segments, categories, products, settings, sharedBudgets } = answer;
  const choice = (kind: FormAnswer['promotionKinds'][number]) => ({
    kind: kind.kind,
    label: f.text(kind.label),
    arguments: Arguments.parse(kind.arguments),
  });
  return {
    kinds: promotionKinds.map(choice),
    conditionKinds: conditionKinds.map(choice),
    groups: settings.promotionGroups,
    sharedBudgets,
    segments: segments.map((segment) => ({ key: segment.key, name: f.text(segment.name), size: segment.size })),
    categories,
    products: products.nodes,
    money: { currency: settings.currency, minor: 10 ** currencyDigits(settings.currency), timeZone: settings.timeZone },
    timeZone: settings.timeZone,
  };
}

/** A week from tomorrow on the shop's clock. */
export function emptyDraft({ settings }: FormAnswer): CampaignDraft {
  const start = Date.parse(settings.shopNow) + 86_400_000;
  return {
    id: null,
    version: 0,
    name: '',
    segmentKeys: [],
    startsAt: `${toLocal(new Date(start).toISOString(), settings.timeZone).slice(0, 10)}T00:00`,
    endsAt: `${toLocal(new Date(start + WEEK_MS).toISOString(), settings.timeZone).slice(0, 10)}T00:00`,
    budget: null,
    maxRedemptions: null,
    maxPerUser: 1,
    holdoutPercent: settings.holdoutBasisPoints / 100,
    priority: 0,
    isExclusive: false,
    group: '',
    maxPerLine: null,
    maxPerCart: null,
    limits: [],
    sharedBudgetKey: '',
    onBudgetShort: 'partial',
    promotions: [],
  };
}

export function draftOf(campaign: NonNullable<Content['campaign']>): CampaignDraft {
  const { budget, schedule } = campaign;
  const major = (sum: { amountMinor: number; currency: string } | null | undefined) =>
    sum ? sum.amountMinor / 10 ** currencyDigits(sum.currency) : null;
  return {
    id: campaign.id,
    version: campaign.version,
    name: campaign.name,
    segmentKeys: campaign.audience.segments.map(({ key }) => key),
    startsAt: toLocal(schedule.startsAt, schedule.timeZone),
    endsAt: toLocal(schedule.endsAt, schedule.timeZone),
    budget: major(budget.budget),
    maxRedemptions: budget.maxRedemptions ?? null,
    maxPerUser: budget.maxPerUser ?? null,
    holdoutPercent: campaign.holdoutBasisPoints / 100,
    priority: campaign.priority,
    isExclusive: campaign.isExclusive,
    group: campaign.group ?? '',
    maxPerLine: major(campaign.maxPerLine),
    maxPerCart: major(campaign.maxPerCart),
    limits: budget.limits,
    sharedBudgetKey: budget.sharedBudgetKey ?? '',
    onBudgetShort: budget.onBudgetShort,
    promotions: campaign.promotions.map(({ kind, rule, condition, needsCode }) => ({ kind, rule: storedRule(rule), condition, needsCode })),
  };
}
