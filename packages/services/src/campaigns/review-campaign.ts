import { runSql } from '@promolift/db';
import {
  accept,
  AppError,
  CAMPAIGN_REJECTION_REASONS,
  decideApproval,
  keepsApproved,
  newId,
  refuse,
  type Result,
  statusUnderReview,
  transition,
} from '@promolift/domain';
import { forgetLivePromotions } from '../promotions/live-promotions.ts';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { readSettings } from '../shared/settings.ts';
import { approvalsOf, type CampaignRecord, type CampaignRefusal, lockCampaign, setStatus, staleVersion } from './campaign-record.ts';
import { priceLawObstacle } from './price-law-gate.ts';
import { dropRevision, publishRevision, revisionObstacle } from './revision.ts';
import { scheduleLocked } from './run-campaign.ts';

type Outcome = Result<{ campaignId: string }, CampaignRefusal>;

/** Hands a draft to the approvers. */
export function requestReview(deps: Deps, request: { id: string; expectedVersion: number }): Promise<Outcome> {
  return change(deps, request, async (inside, campaign) => {
    const next = transition(campaign.status, 'request_review');
    if (!next.ok) return next;
    await setStatus(inside, campaign.id, next.value);
    await appendAudit(inside, {
      action: 'campaign.review-requested',
      subjectKind: 'campaign',
      subjectId: campaign.id,
      details: { version: campaign.version },
    });
    return accept({ campaignId: campaign.id });
  });
}

/**
 * A manager's yes to one exact version and hash. The author never approves, nor does anything but a manager. With the last
 * approval that is needed the campaign is scheduled as approved, and goes live if its window is open.
 */
export async function approveCampaign(deps: Deps, request: { id: string; expectedVersion: number; contentHash: string }): Promise<Outcome> {
  const outcome = await change(deps, request, async (inside, campaign) => {
    const actor =
      inside.actor.kind === 'manager' && inside.actor.principal.kind === 'manager'
        ? { kind: 'manager' as const, managerId: inside.actor.id, role: inside.actor.principal.role }
        : { kind: 'ai' as const };
    const settings = await readSettings(inside);
    const decision = decideApproval({
      campaign: {
        status: statusUnderReview(campaign),
        version: campaign.version,
        hash: campaign.contentHash,
        authorIds: campaign.authorIds,
        budgetMinor: campaign.content.budget.budgetMinor,
        currency: campaign.content.budget.currency,
      },
      actor,
      seen: { version: request.expectedVersion, hash: request.contentHash },
      earlier: await approvalsOf(inside, campaign),
      settings,
    });
    if (!decision.ok) return decision;
    const obstacle = (await priceLawObstacle(inside, campaign)) ?? (await revisionObstacle(inside, campaign, campaign.content));
    if (obstacle) return refuse(obstacle);
    await keepDecision(inside, campaign, 'approve', null);
    if (!keepsApproved(campaign.status)) await setStatus(inside, campaign.id, decision.value.status);
    await appendAudit(inside, {
      action: 'campaign.approved',
      subjectKind: 'campaign',
      subjectId: campaign.id,
      details: { version: campaign.version, contentHash: campaign.contentHash, approversMissing: decision.value.approversMissing },
    });
    if (decision.value.status !== 'approved') return accept({ campaignId: campaign.id });
    if (keepsApproved(campaign.status)) await publishRevision(inside, campaign);
    else await scheduleLocked(inside, { ...campaign, status: 'approved' });
    return accept({ campaignId: campaign.id });
  });
  forgetLivePromotions(deps.sql);
  return outcome;
}

/** A manager's no, with one of the six reasons: later proposals learn from it. */
export function rejectCampaign(
  deps: Deps,
  request: { id: string; expectedVersion: number; reasonCode: string; comment?: string | null },
): Promise<Outcome> {
  if (!Object.hasOwn(CAMPAIGN_REJECTION_REASONS, request.reasonCode)) {
    return Promise.resolve(
      refuse({
        kind: 'UNKNOWN_REASON',
        message: `reasonCode must be one of ${Object.keys(CAMPAIGN_REJECTION_REASONS).join(', ')}.`,
        field: ['reasonCode'],
      }),
    );
  }
  return decideAgainst(deps, request, 'reject', 'campaign.rejected', [request.reasonCode, request.comment].filter(Boolean).join(': '));
}

export function requestChanges(deps: Deps, request: { id: string; expectedVersion: number; comment: string }): Promise<Outcome> {
  return decideAgainst(deps, request, 'request_changes', 'campaign.changes-requested', request.comment);
}

function decideAgainst(
  deps: Deps,
  request: { id: string; expectedVersion: number },
  decision: 'reject' | 'request_changes',
  action: string,
  reason: string,
): Promise<Outcome> {
  return change(deps, request, async (inside, campaign) => {
    const next = transition(statusUnderReview(campaign), decision);
    if (!next.ok) return next;
    await keepDecision(inside, campaign, decision, reason);
    if (!keepsApproved(campaign.status)) await setStatus(inside, campaign.id, next.value);
    else if (decision === 'reject') await dropRevision(inside, campaign.id);
    await appendAudit(inside, { action, subjectKind: 'campaign', subjectId: campaign.id, details: { version: campaign.version, reason } });
    return accept({ campaignId: campaign.id });
  });
}

async function keepDecision(
  deps: Deps,
  campaign: CampaignRecord,
  decision: 'approve' | 'reject' | 'request_changes',
  reason: string | null,
): Promise<void> {
  if (deps.actor.kind !== 'manager') throw new AppError('FORBIDDEN', 'Only a manager decides.');
  await runSql(
    deps.em,
    'insert into approvals (id, campaign_id, version, content_hash, manager_id, decision, reason, at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [newId(), campaign.id, campaign.version, campaign.contentHash, deps.actor.id, decision, reason, deps.clock.now()],
  );
}

function change(
  deps: Deps,
  request: { id: string; expectedVersion: number },
  work: (inside: Deps, campaign: CampaignRecord) => Promise<Outcome>,
): Promise<Outcome> {
  return deps.em.transactional(async (em) => {
    const inside = { ...deps, em };
    const campaign = await lockCampaign(inside, request.id);
    return campaign.version === request.expectedVersion ? work(inside, campaign) : refuse(staleVersion(campaign));
  });
}
