import { measureCampaign as measureCampaignJob } from '@promolift/jobs';
import type { Refusal, Result } from '@promolift/domain';
import {
  approveCampaign,
  createCampaign,
  type Deps,
  findCampaign,
  killCampaign,
  pauseCampaign,
  readSettings,
  rejectCampaign,
  requestChanges,
  requestJob,
  requestReview,
  resumeCampaign,
  reviseCampaign,
  scheduleCampaign,
} from '@promolift/services';
import { AppError } from '@promolift/domain';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { JobPayloadType } from '../shared/job.type.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import {
  ApproveCampaignInput,
  CampaignActionInput,
  CreateCampaignInput,
  RejectCampaignInput,
  RequestChangesInput,
  ReviseCampaignInput,
} from './campaign.inputs.ts';
import { CampaignPayloadType, CampaignType } from './campaign.type.ts';
import { toContent, toInputField } from './map-content.ts';

const WHICH = { description: 'Which campaign, as you read it.' };

@Resolver(() => CampaignType)
export class CampaignMutations {
  @Mutation(() => CampaignPayloadType, { description: "A manager's own campaign, as a draft." })
  async createCampaign(
    @Arg('input', () => CreateCampaignInput, { description: 'What it says.' }) input: CreateCampaignInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(
      deps,
      await createCampaign(deps, { idempotencyKey: input.idempotencyKey, content: toContent(input.content, await readSettings(deps)) }),
    );
  }

  @Mutation(() => CampaignPayloadType, { description: 'Writes a new version; every approval of the old one is void.' })
  async reviseCampaign(
    @Arg('input', () => ReviseCampaignInput, { description: 'What it says now.' }) input: ReviseCampaignInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    const before = await findCampaign(deps, requireUuid(input.id));
    const content = toContent(input.content, await readSettings(deps), before?.content);
    return toPayload(deps, await reviseCampaign(deps, { ...target(input), content }));
  }

  @Mutation(() => CampaignPayloadType, { description: 'Hands a draft to the approvers.' })
  async requestReview(
    @Arg('input', () => CampaignActionInput, WHICH) input: CampaignActionInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await requestReview(deps, target(input)));
  }

  @Mutation(() => CampaignPayloadType, {
    description:
      'A yes to one exact version and hash, by a manager who wrote none of it. The last yes that is needed schedules the campaign.',
  })
  async approveCampaign(
    @Arg('input', () => ApproveCampaignInput, { description: 'What is approved.' }) input: ApproveCampaignInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await approveCampaign(deps, { ...target(input), contentHash: input.contentHash }));
  }

  @Mutation(() => CampaignPayloadType, { description: 'A no, with one of six reasons that later proposals learn from.' })
  async rejectCampaign(
    @Arg('input', () => RejectCampaignInput, { description: 'What is rejected and why.' }) input: RejectCampaignInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await rejectCampaign(deps, { ...target(input), reasonCode: input.reasonCode, comment: input.comment ?? null }));
  }

  @Mutation(() => CampaignPayloadType, { description: 'Hands a campaign back to be changed.' })
  async requestChanges(
    @Arg('input', () => RequestChangesInput, { description: 'What to change.' }) input: RequestChangesInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await requestChanges(deps, { ...target(input), comment: input.comment }));
  }

  @Mutation(() => CampaignPayloadType, {
    description: 'Schedules an approved campaign; it goes live at its start, or at once when its window is open.',
  })
  async scheduleCampaign(
    @Arg('input', () => CampaignActionInput, WHICH) input: CampaignActionInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await scheduleCampaign(deps, target(input)));
  }

  @Mutation(() => CampaignPayloadType, { description: 'Stops a live campaign for now.' })
  async pauseCampaign(
    @Arg('input', () => CampaignActionInput, WHICH) input: CampaignActionInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await pauseCampaign(deps, target(input)));
  }

  @Mutation(() => CampaignPayloadType, { description: 'Serves a paused campaign again.' })
  async resumeCampaign(
    @Arg('input', () => CampaignActionInput, WHICH) input: CampaignActionInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await resumeCampaign(deps, target(input)));
  }

  @Mutation(() => CampaignPayloadType, { description: 'Stops a campaign for good, at the next request.' })
  async killCampaign(
    @Arg('id', () => ID, { description: 'Id of the campaign.' }) id: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await killCampaign(deps, { id: requireUuid(id) }));
  }

  @Mutation(() => JobPayloadType, {
    description: 'Measures what a campaign changed so far; the final result follows by itself once it is over.',
  })
  async measureCampaign(
    @Arg('id', () => ID, { description: 'Id of the campaign.' }) id: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<JobPayloadType> {
    if (!(await findCampaign(deps, requireUuid(id)))) throw new AppError('NOT_FOUND', 'There is no such campaign.', { field: ['id'] });
    return { job: await requestJob(deps, measureCampaignJob, { campaignId: id, isFinal: false }), userErrors: [] };
  }
}

const target = ({ id, expectedVersion }: CampaignActionInput) => ({ id: requireUuid(id), expectedVersion });

export async function toPayload(deps: Deps, result: Result<{ campaignId: string }, Refusal>): Promise<CampaignPayloadType> {
  if (result.ok) return { campaign: await findCampaign(deps, result.value.campaignId), userErrors: [] };
  const { field, ...refusal } = result.refusal;
  return { campaign: null, userErrors: toUserErrors(field ? { ...refusal, field: toInputField(field) } : refusal) };
}
