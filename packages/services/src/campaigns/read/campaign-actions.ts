import { actionsOf, type CampaignAction, isAllowed, type Operation } from '@promolift/domain';
import type { Actor } from '../../shared/deps.ts';
import type { ApprovalRecord, CampaignVersionRecord, CampaignView } from './read-campaigns.ts';

/** The mutation behind each action that people take; the others happen by themselves. */
const OPERATION_OF: Partial<Record<CampaignAction, Operation>> = {
  revise: 'reviseCampaign',
  request_review: 'requestReview',
  request_changes: 'requestChanges',
  reject: 'rejectCampaign',
  approve: 'approveCampaign',
  schedule: 'scheduleCampaign',
  pause: 'pauseCampaign',
  resume: 'resumeCampaign',
  kill: 'killCampaign',
};

export type ActionFacts = { versions: readonly Pick<CampaignVersionRecord, 'createdBy'>[]; approvals: readonly ApprovalRecord[] };

/** What this actor may do with this campaign now: a hint for screens, the use cases decide. Nobody approves what they wrote, nor twice. */
export function allowedCampaignActions(
  campaign: Pick<CampaignView, 'status' | 'authorId' | 'version' | 'liveVersion' | 'areChangesRequested'>,
  { versions, approvals }: ActionFacts,
  actor: Actor,
): CampaignAction[] {
  const managerId = actor.kind === 'manager' ? actor.id : null;
  const isWriter = campaign.authorId === managerId || versions.some(({ createdBy }) => createdBy === managerId);
  const hasSigned = approvals.some((approval) => approval.isValid && approval.decision === 'approve' && approval.managerId === managerId);
  return actionsOf(campaign).filter((action) => {
    const operation = OPERATION_OF[action];
    if (!operation || actor.kind === 'system' || !isAllowed(actor.principal, operation)) return false;
    return action !== 'approve' || (managerId !== null && !isWriter && !hasSigned);
  });
}
