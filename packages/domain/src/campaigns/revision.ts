import type { CampaignAction, CampaignStatus } from './states.ts';
import { allowedActions } from './states.ts';

/** What a newer version of a planned or running campaign waits for; `none` where the approved version is the newest. */
export const REVISION_STATES = ['none', 'in_review', 'changes_requested'] as const;
export type RevisionState = (typeof REVISION_STATES)[number];

export interface RevisedCampaign {
  readonly status: CampaignStatus;
  /** Newest version. */
  readonly version: number;
  /** Version that is served, now or from the start on; null before it was scheduled. */
  readonly liveVersion: number | null;
  /** Did an approver ask for changes of the newest version? */
  readonly areChangesRequested: boolean;
}

/** Scheduled, live and paused campaigns keep their approved version while a newer one waits beside it. */
export const KEEPING_STATUSES = ['scheduled', 'live', 'paused'] as const satisfies readonly CampaignStatus[];
export const keepsApproved = (status: CampaignStatus): boolean => KEEPING_STATUSES.some((one) => one === status);

export function revisionState({ status, version, liveVersion, areChangesRequested }: RevisedCampaign): RevisionState {
  if (!keepsApproved(status) || liveVersion === null || version === liveVersion) return 'none';
  return areChangesRequested ? 'changes_requested' : 'in_review';
}

/** The status that a decision on the newest version starts from: of a campaign that keeps its approved version that of its revision. */
export function statusUnderReview(campaign: RevisedCampaign): CampaignStatus {
  const state = revisionState(campaign);
  return state === 'none' ? campaign.status : state;
}

const REVISION_ACTIONS: Readonly<Record<RevisionState, readonly CampaignAction[]>> = {
  none: ['revise'],
  in_review: ['revise', 'approve', 'request_changes', 'reject'],
  changes_requested: ['revise', 'reject'],
};

/** Everything that may happen to a campaign now: to what is served, and to what waits beside it. */
export function actionsOf(campaign: RevisedCampaign): readonly CampaignAction[] {
  const own = allowedActions(campaign.status);
  return keepsApproved(campaign.status) ? [...own, ...REVISION_ACTIONS[revisionState(campaign)]] : own;
}
