import type { CampaignAction, CampaignStatus } from './states.ts';
import { allowedActions } from './states.ts';

/** What a newer version of a running campaign waits for; `none` where the served version is the newest. */
export const REVISION_STATES = ['none', 'in_review', 'changes_requested'] as const;
export type RevisionState = (typeof REVISION_STATES)[number];

export interface RevisedCampaign {
  readonly status: CampaignStatus;
  /** Newest version. */
  readonly version: number;
  /** Version that is served; null before the first launch. */
  readonly liveVersion: number | null;
  /** Did an approver ask for changes of the newest version? */
  readonly areChangesRequested: boolean;
}

/** May a new version be written while the approved one is served on? */
export const isRunning = (status: CampaignStatus): boolean => status === 'live' || status === 'paused';

export function revisionState({ status, version, liveVersion, areChangesRequested }: RevisedCampaign): RevisionState {
  if (!isRunning(status) || liveVersion === null || version === liveVersion) return 'none';
  return areChangesRequested ? 'changes_requested' : 'in_review';
}

/** The status that a decision on the newest version starts from: of a running campaign that of its revision. */
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
  return isRunning(campaign.status) ? [...own, ...REVISION_ACTIONS[revisionState(campaign)]] : own;
}
