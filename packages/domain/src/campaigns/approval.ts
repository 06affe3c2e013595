import { canonicalHash } from '../shared/hashing.ts';
import type { Refusal, Result } from '../shared/result.ts';
import { accept, refuse } from '../shared/result.ts';
import type { Role } from '../shared/roles.ts';
import { isAtLeast } from '../shared/roles.ts';
import type { CampaignContent } from './campaign-content.ts';
import type { CampaignStatus } from './states.ts';

/** Model kind → version that the proposal was made with. */
export type ModelVersions = Readonly<Record<string, string>>;

/** What an approval signs: SHA-256 of the canonical JSON of rules, audience, schedule, budget, model versions and evidence. */
export function approvalHash(signed: { content: CampaignContent; modelVersions: ModelVersions; evidence: unknown }): string {
  return canonicalHash({ content: signed.content, modelVersions: signed.modelVersions, evidence: signed.evidence ?? null });
}

export type Actor = { readonly kind: 'manager'; readonly managerId: string; readonly role: Role } | { readonly kind: 'ai' };

export interface ReviewedVersion {
  readonly status: CampaignStatus;
  readonly version: number;
  readonly hash: string;
  /** Managers who wrote any part of the campaign, its earlier versions included; empty for a pure AI proposal. */
  readonly authorIds: readonly string[];
  readonly budgetMinor: number;
  readonly currency: string;
}

export interface Approval {
  readonly managerId: string;
  readonly version: number;
  readonly hash: string;
}

export interface ApprovalRequest {
  readonly campaign: ReviewedVersion;
  readonly actor: Actor;
  /** The exact version and hash the manager saw. */
  readonly seen: { readonly version: number; readonly hash: string };
  readonly earlier: readonly Approval[];
  readonly settings: { readonly twoApproverBudgetMinor: number; readonly currency: string };
}

export interface ApprovalRefusal extends Refusal {
  readonly kind:
    | 'wrong-status'
    | 'ai-may-not-approve'
    | 'role-may-not-approve'
    | 'author-may-not-approve'
    | 'stale-version'
    | 'already-approved-by-you';
}

export interface ApprovalDecision {
  readonly approval: Approval;
  /** `in_review` while another approver is needed. */
  readonly status: 'approved' | 'in_review';
  readonly approversNeeded: 1 | 2;
  readonly approversMissing: number;
}

/** Two above the limit; a budget in another currency cannot be compared, so it needs two as well. */
export function approversNeeded(campaign: Pick<ReviewedVersion, 'budgetMinor' | 'currency'>, settings: ApprovalRequest['settings']): 1 | 2 {
  return campaign.currency !== settings.currency || campaign.budgetMinor > settings.twoApproverBudgetMinor ? 2 : 1;
}

/** Earlier approvals of this exact version and hash; all others are void. */
export const standingApprovals = (campaign: Pick<ReviewedVersion, 'version' | 'hash'>, approvals: readonly Approval[]): Approval[] =>
  approvals.filter((approval) => approval.version === campaign.version && approval.hash === campaign.hash);

/** May this manager approve this exact version, and is the campaign approved with it? */
export function decideApproval({ campaign, actor, seen, earlier, settings }: ApprovalRequest): Result<ApprovalDecision, ApprovalRefusal> {
  if (campaign.status !== 'in_review')
    return no('wrong-status', `Only a campaign in review can be approved; this one is ${campaign.status}.`);
  if (actor.kind === 'ai') return no('ai-may-not-approve', 'AI proposes; only a manager approves.');
  if (!isAtLeast(actor.role, 'approver')) return no('role-may-not-approve', `A ${actor.role} may not approve campaigns.`);
  if (campaign.authorIds.includes(actor.managerId)) return no('author-may-not-approve', 'Somebody else must approve what you wrote.');
  if (seen.version !== campaign.version || seen.hash !== campaign.hash)
    return no('stale-version', 'The campaign changed since you read it. Read the new version, then decide.');
  const approvers = new Set(
    standingApprovals(campaign, earlier)
      .map(({ managerId }) => managerId)
      .filter((id) => !campaign.authorIds.includes(id)),
  );
  if (approvers.has(actor.managerId))
    return no('already-approved-by-you', 'You approved this version already; another approver is needed.');
  const needed = approversNeeded(campaign, settings);
  const approversMissing = Math.max(0, needed - approvers.size - 1);
  return accept({
    approval: { managerId: actor.managerId, version: campaign.version, hash: campaign.hash },
    status: approversMissing === 0 ? 'approved' : 'in_review',
    approversNeeded: needed,
    approversMissing,
  });
}

/** Is everything that must be signed signed for this exact version? Asked again before a campaign goes live. */
export function isFullyApproved(
  campaign: Omit<ReviewedVersion, 'status'>,
  approvals: readonly Approval[],
  settings: ApprovalRequest['settings'],
): boolean {
  const approvers = new Set(
    standingApprovals(campaign, approvals)
      .map(({ managerId }) => managerId)
      .filter((id) => !campaign.authorIds.includes(id)),
  );
  return approvers.size >= approversNeeded(campaign, settings);
}

const no = (kind: ApprovalRefusal['kind'], message: string) => refuse<ApprovalRefusal>({ kind, message });
