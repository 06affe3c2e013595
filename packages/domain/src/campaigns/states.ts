import type { Refusal, Result } from '../shared/result.ts';
import { accept, refuse } from '../shared/result.ts';

export const CAMPAIGN_STATUSES = [
  'draft',
  'in_review',
  'changes_requested',
  'rejected',
  'approved',
  'scheduled',
  'live',
  'paused',
  'ended',
  'measured',
  'expired',
] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

export const CAMPAIGN_ACTIONS = [
  'revise',
  'request_review',
  'request_changes',
  'reject',
  'approve',
  'schedule',
  'start',
  'pause',
  'resume',
  'end',
  'kill',
  'measure',
  'expire',
] as const;
export type CampaignAction = (typeof CAMPAIGN_ACTIONS)[number];

/**
 * The life of a campaign. What is not here cannot happen. Revising makes a new version, so it voids every
 * approval; what is scheduled or runs keeps its approved version, and the newer one waits beside it (`revision.ts`).
 */
export const TRANSITIONS: Readonly<Record<CampaignStatus, Partial<Record<CampaignAction, CampaignStatus>>>> = {
  draft: { revise: 'draft', request_review: 'in_review', expire: 'expired' },
  in_review: { revise: 'draft', request_changes: 'changes_requested', reject: 'rejected', approve: 'approved', expire: 'expired' },
  changes_requested: { revise: 'draft', reject: 'rejected', expire: 'expired' },
  rejected: {},
  approved: { revise: 'draft', schedule: 'scheduled', kill: 'ended', expire: 'expired' },
  scheduled: { start: 'live', kill: 'ended' },
  live: { pause: 'paused', end: 'ended', kill: 'ended' },
  paused: { resume: 'live', end: 'ended', kill: 'ended' },
  ended: { measure: 'measured' },
  measured: {},
  expired: {},
};

export interface TransitionRefusal extends Refusal {
  readonly kind: 'wrong-status';
  readonly status: CampaignStatus;
  readonly action: CampaignAction;
  readonly allowedFrom: readonly CampaignStatus[];
}

/** The next status, or a refusal that says from where the action is possible. */
export function transition(status: CampaignStatus, action: CampaignAction): Result<CampaignStatus, TransitionRefusal> {
  const next = TRANSITIONS[status][action];
  if (next) return accept(next);
  const allowedFrom = CAMPAIGN_STATUSES.filter((from) => TRANSITIONS[from][action] !== undefined);
  return refuse({
    kind: 'wrong-status',
    status,
    action,
    allowedFrom,
    message: `A campaign that is ${status} cannot ${action.replace('_', ' ')}; it must be ${allowedFrom.join(' or ')}.`,
  });
}

export const allowedActions = (status: CampaignStatus): readonly CampaignAction[] =>
  CAMPAIGN_ACTIONS.filter((action) => TRANSITIONS[status][action] !== undefined);
export const isFinal = (status: CampaignStatus): boolean => allowedActions(status).length === 0;
/** Are its promotions served inside their window? */
export const isServing = (status: CampaignStatus): boolean => status === 'live';
export const isAwaitingDecision = (status: CampaignStatus): boolean => status === 'in_review';
/** May its rules still change? */
export const isRevisable = (status: CampaignStatus): boolean => TRANSITIONS[status].revise !== undefined;
