import { approversNeeded, isRevisable, revisionState, type RevisionState, statusUnderReview } from '@promolift/domain';
import {
  allowedCampaignActions,
  type CampaignView,
  findCampaign,
  guardrailsOfCampaign,
  listCampaigns,
  withPriceLaw,
} from '@promolift/services';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { RedemptionType } from '../promotions/redemption.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { moneyOf, moneyOrNull, MoneyType } from '../shared/money.type.ts';
import { toConnection } from '../shared/page.type.ts';
import { LocalisedTextType, textOf } from '../shared/text.type.ts';
import { toPromotions } from './campaign-parts.resolver.ts';
import { ApprovalType, AudienceType, CampaignVersionType, LedgerEntryType, PromotionType } from './campaign-parts.type.ts';
import {
  CampaignBudgetType,
  CampaignCodeType,
  CampaignConnectionType,
  CampaignFilterInput,
  CampaignSortEnum,
  CampaignType,
  GuardrailType,
  RevisionStateEnum,
  ScheduleType,
} from './campaign.type.ts';
import { EvidenceType } from './evidence.type.ts';
import { toEvidence, toGuardrail } from './map-evidence.ts';
import { toMeasurement } from './map-measurement.ts';
import { MeasurementType } from './measurement.type.ts';

@Resolver(() => CampaignType)
export class CampaignResolver {
  @Query(() => CampaignConnectionType, { description: 'The campaigns.' })
  async campaigns(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 100; default 20.' }) first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last campaign seen.' }) after: string | undefined,
    @Arg('filter', () => CampaignFilterInput, { nullable: true, description: 'Which campaigns.' }) filter: CampaignFilterInput | undefined,
    @Arg('sort', () => CampaignSortEnum, { nullable: true, defaultValue: 'NEWEST', description: 'Order of the list.' }) sort:
      | keyof typeof CampaignSortEnum
      | null,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignConnectionType> {
    return toConnection(await listCampaigns(deps, { first, after, filter: filter ?? null, sort: sort ?? 'NEWEST' }), after);
  }

  @Query(() => CampaignType, { nullable: true, description: 'One campaign.' })
  campaign(
    @Arg('id', () => ID, { description: 'Id of the campaign.' }) id: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignType | null> {
    return findCampaign(deps, requireUuid(id));
  }

  @FieldResolver(() => LocalisedTextType, { description: 'Name in both languages, where the proposal has one.' })
  async title(@Root() { name, evidenceId }: CampaignView, @Ctx() { loaders }: ApiContext): Promise<LocalisedTextType> {
    const evidence = evidenceId ? await loaders.evidence.load(evidenceId) : null;
    return textOf(evidence?.body.title ?? { en: name, zh: name });
  }

  @FieldResolver(() => RevisionStateEnum, { description: 'What its newest version waits for while another is served.' })
  revision(@Root() campaign: CampaignView): RevisionState {
    return revisionState(campaign);
  }

  @FieldResolver(() => ScheduleType, { description: 'When it runs.' })
  schedule(@Root() { startsAt, endsAt, content }: CampaignView): ScheduleType {
    return { startsAt, endsAt, timeZone: content.schedule.timeZone };
  }

  @FieldResolver(() => AudienceType, { description: 'Who it is for.' })
  async audience(@Root() { id, content }: CampaignView, @Ctx() { loaders }: ApiContext): Promise<AudienceType> {
    const keys = content.audience.segmentKeys === 'all' ? null : content.audience.segmentKeys;
    const size = await loaders.audienceSize.load({ id, segmentKeys: keys });
    return {
      isEverybody: keys === null,
      segmentKeys: keys ?? [],
      size,
      heldOutSize: Math.round((size * content.holdoutBasisPoints) / 10_000),
    };
  }

  @FieldResolver(() => [PromotionType], { description: 'Its rules.' })
  promotions(@Root() { content }: CampaignView): PromotionType[] {
    return toPromotions(content);
  }

  @FieldResolver(() => CampaignBudgetType, { description: 'What it may spend and has spent.' })
  budget(
    @Root() { content: { budget }, budgetMinor, maxRedemptions, reservedMinor, spentMinor, redemptionCount }: CampaignView,
  ): CampaignBudgetType {
    const money = (amountMinor: number) => moneyOf(amountMinor, budget.currency);
    return {
      budget: money(budgetMinor),
      reserved: money(reservedMinor),
      spent: money(spentMinor),
      maxRedemptions,
      maxPerUser: budget.maxPerUser,
      limits: budget.limits,
      sharedBudgetKey: budget.sharedBudgetKey,
      onBudgetShort: budget.onBudgetShort,
      redemptionCount,
    };
  }

  @FieldResolver(() => Int, { description: 'Share of the audience that gets no offer, in basis points.' })
  holdoutBasisPoints(@Root() { content }: CampaignView): number {
    return content.holdoutBasisPoints;
  }

  @FieldResolver(() => Int, { description: 'Higher applies first.' })
  priority(@Root() { content }: CampaignView): number {
    return content.priority;
  }

  @FieldResolver(() => Boolean, { description: 'Does it apply only alone?' })
  isExclusive(@Root() { content }: CampaignView): boolean {
    return content.exclusive;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Key of its group; null when it is on its own.' })
  group(@Root() { content }: CampaignView): string | null {
    return content.group ?? null;
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'Most it takes off one cart; null is no limit.' })
  maxPerCart(@Root() { content }: CampaignView): MoneyType | null {
    return moneyOrNull(content.budget.maxPerCartMinor, content.budget.currency);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'Most it takes off one line of a cart; null is no limit.' })
  maxPerLine(@Root() { content }: CampaignView): MoneyType | null {
    return moneyOrNull(content.maxPerLineMinor ?? null, content.budget.currency);
  }

  @FieldResolver(() => [GuardrailType], {
    description: 'What it may not do: as checked with its evidence, or computed now while its content may still change.',
  })
  async guardrails(@Root() campaign: CampaignView, @Ctx() { deps, loaders }: ApiContext): Promise<GuardrailType[]> {
    const evidence = campaign.evidenceId ? await loaders.evidence.load(campaign.evidenceId) : null;
    const checks =
      evidence?.body.guardrails ?? (isRevisable(statusUnderReview(campaign)) ? await guardrailsOfCampaign(deps, campaign) : []);
    const all = await withPriceLaw(deps, campaign, checks);
    return all.map((check) => toGuardrail(check, campaign.content.budget.currency));
  }

  @FieldResolver(() => EvidenceType, { nullable: true, description: 'What its proposal rests on; null for what a manager wrote.' })
  async evidence(@Root() { evidenceId }: CampaignView, @Ctx() { loaders }: ApiContext): Promise<EvidenceType | null> {
    const evidence = evidenceId ? await loaders.evidence.load(evidenceId) : null;
    return evidence && toEvidence(evidence);
  }

  @FieldResolver(() => [ApprovalType], { description: 'Every decision on it, newest first.' })
  approvals(@Root() { id }: CampaignView, @Ctx() { loaders }: ApiContext): Promise<ApprovalType[]> {
    return loaders.approvalsOfCampaign.load(id);
  }

  @FieldResolver(() => Int, { description: 'How many approvers must sign: 1, or 2 above the limit of the settings.' })
  async approvalsNeeded(@Root() { content: { budget } }: CampaignView, @Ctx() { loaders }: ApiContext): Promise<number> {
    return approversNeeded(budget, await loaders.shop.load(''));
  }

  @FieldResolver(() => [CampaignVersionType], { description: 'Its contents over time, newest first.' })
  versions(@Root() { id }: CampaignView, @Ctx() { loaders }: ApiContext): Promise<CampaignVersionType[]> {
    return loaders.versionsOfCampaign.load(id);
  }

  @FieldResolver(() => [String], {
    description: 'What you may do with it now: revise, request_review, approve, reject, request_changes, schedule, pause, resume, kill.',
  })
  async allowedActions(@Root() campaign: CampaignView, @Ctx() { deps, loaders }: ApiContext): Promise<string[]> {
    const [versions, approvals] = await Promise.all([
      loaders.versionsOfCampaign.load(campaign.id),
      loaders.approvalsOfCampaign.load(campaign.id),
    ]);
    return allowedCampaignActions(campaign, { versions, approvals }, deps.actor);
  }

  @FieldResolver(() => MeasurementType, { nullable: true, description: 'Its newest result.' })
  async measurement(@Root() { id }: CampaignView, @Ctx() { loaders }: ApiContext): Promise<MeasurementType | null> {
    const measurement = await loaders.measurementOfCampaign.load(id);
    return measurement && toMeasurement(measurement);
  }

  @FieldResolver(() => [RedemptionType], { description: 'Its uses, newest first.' })
  redemptions(
    @Root() { id }: CampaignView,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<RedemptionType[]> {
    return loaders.redemptionsOfCampaign.load({ id, count: first });
  }

  @FieldResolver(() => [LedgerEntryType], { description: 'Movements of its budget, newest first.' })
  ledger(
    @Root() { id }: CampaignView,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<LedgerEntryType[]> {
    return loaders.ledgerOfCampaign.load({ id, count: first });
  }

  @FieldResolver(() => [CampaignCodeType], { description: 'Its codes.' })
  codes(
    @Root() { id }: CampaignView,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<CampaignCodeType[]> {
    return loaders.codesOfCampaign.load({ id, count: first });
  }
}
