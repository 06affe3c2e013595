import { lockCounters, openCounter, runSql } from '@promolift/db';
import { accept, AppError, type CampaignAction, normalCode, refuse, type Result, transition } from '@promolift/domain';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { forgetLivePromotions } from '../promotions/live-promotions.ts';
import { priceLawObstacle } from './price-law-gate.ts';
import { type CampaignRecord, type CampaignRefusal, lockCampaign, setStatus, staleVersion } from './campaign-record.ts';

type Outcome = Result<{ campaignId: string }, CampaignRefusal>;

/** Schedules an approved campaign; it goes live at its start, or at once when its window is open already. */
export function scheduleCampaign(deps: Deps, request: { id: string; expectedVersion: number }): Promise<Outcome> {
  return deps.em.transactional(async (em) => {
    const inside = { ...deps, em };
    const campaign = await lockCampaign(inside, request.id);
    if (campaign.version !== request.expectedVersion) return refuse(staleVersion(campaign));
    const obstacle = await priceLawObstacle(inside, campaign);
    return obstacle ? refuse(obstacle) : scheduleLocked(inside, campaign);
  });
}

/** Opens budget and codes for the approved version. The database refuses the status without an approval of exactly this version. */
export async function scheduleLocked(deps: Deps, campaign: CampaignRecord): Promise<Outcome> {
  const next = transition(campaign.status, 'schedule');
  if (!next.ok) return next;
  const { budget, schedule } = campaign.content;
  await openCounter(deps.em, { ...budget, id: campaign.id, redemptionLimit: budget.maxRedemptions });
  await insertCodes(deps, campaign);
  await runSql(deps.em, 'update campaigns set live_version = $2, starts_at = $3, ends_at = $4 where id = $1', [
    campaign.id,
    campaign.version,
    new Date(schedule.startsAt),
    new Date(schedule.endsAt),
  ]);
  await setStatus(deps, campaign.id, next.value);
  await appendAudit(deps, {
    action: 'campaign.scheduled',
    subjectKind: 'campaign',
    subjectId: campaign.id,
    details: { version: campaign.version },
  });
  if (Date.parse(schedule.startsAt) <= deps.clock.now().getTime())
    await startLocked(deps, { ...campaign, status: next.value, liveVersion: campaign.version });
  return accept({ campaignId: campaign.id });
}

/** Goes live with its approved version; the measured window begins now, not at a start that lay before the approval. */
export async function startLocked(deps: Deps, campaign: Pick<CampaignRecord, 'id' | 'status' | 'liveVersion'>): Promise<Outcome> {
  const next = transition(campaign.status, 'start');
  if (!next.ok) return next;
  await runSql(deps.em, 'update campaigns set starts_at = greatest(starts_at, $2) where id = $1', [campaign.id, deps.clock.now()]);
  await setStatus(deps, campaign.id, next.value);
  await appendAudit(deps, {
    action: 'campaign.started',
    subjectKind: 'campaign',
    subjectId: campaign.id,
    details: { version: campaign.liveVersion },
  });
  forgetLivePromotions(deps.sql);
  return accept({ campaignId: campaign.id });
}

export async function insertCodes(deps: Deps, campaign: CampaignRecord): Promise<void> {
  for (const { id, rule } of campaign.content.promotions) {
    if (rule.kind !== 'coupon') continue;
    const taken = await runSql<{ campaign_id: string }>(
      deps.em,
      'select c.campaign_id from codes c join campaigns k on k.id = c.campaign_id where c.code = $1 and c.campaign_id <> $2',
      [normalCode(rule.code), campaign.id],
    );
    if (taken.length > 0) continue;
    await runSql(
      deps.em,
      'insert into codes (id, campaign_id, promotion_id, code, use_limit) values (uuid_v7(), $1, $2, $3, $4) on conflict (code) do update set promotion_id = excluded.promotion_id, use_limit = case when excluded.use_limit is not null then greatest(excluded.use_limit, codes.used) end',
      [campaign.id, id, normalCode(rule.code), campaign.content.budget.maxRedemptions],
    );
  }
}

export const pauseCampaign = (deps: Deps, request: { id: string; expectedVersion: number }): Promise<Outcome> =>
  step(deps, request, 'pause', 'campaign.paused');
export const resumeCampaign = (deps: Deps, request: { id: string; expectedVersion: number }): Promise<Outcome> =>
  step(deps, request, 'resume', 'campaign.resumed');

/** Stops a campaign for good at the next request: the flag is read by the redemption statement itself. */
export async function killCampaign(deps: Deps, request: { id: string }): Promise<Outcome> {
  const outcome = await deps.em.transactional(async (em): Promise<Outcome> => {
    const inside = { ...deps, em };
    const campaign = await lockCampaign(inside, request.id);
    const next = transition(campaign.status, 'kill');
    if (!next.ok) return next;
    await runSql(em, 'update campaigns set is_killed = true, ends_at = least(ends_at, $2) where id = $1', [
      campaign.id,
      inside.clock.now(),
    ]);
    await setStatus(inside, campaign.id, next.value);
    await appendAudit(inside, { action: 'campaign.killed', subjectKind: 'campaign', subjectId: campaign.id });
    return accept({ campaignId: campaign.id });
  });
  forgetLivePromotions(deps.sql);
  if (outcome.ok) await waitForRedemptions(deps, request.id);
  return outcome;
}

/** Redemptions that come after the kill read its flag; those that began before hold the counter. None is given once the kill is answered. */
async function waitForRedemptions(deps: Deps, campaignId: string): Promise<void> {
  try {
    await lockCounters(deps.sql, [campaignId]);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'RATE_LIMITED')) throw error;
    deps.log.warn({ campaignId }, 'redemption that began before the kill still running');
  }
}

async function step(deps: Deps, request: { id: string; expectedVersion: number }, action: CampaignAction, audit: string): Promise<Outcome> {
  const outcome = await deps.em.transactional(async (em): Promise<Outcome> => {
    const inside = { ...deps, em };
    const campaign = await lockCampaign(inside, request.id);
    if (campaign.version !== request.expectedVersion) return refuse(staleVersion(campaign));
    const next = transition(campaign.status, action);
    if (!next.ok) return next;
    await setStatus(inside, campaign.id, next.value);
    await appendAudit(inside, { action: audit, subjectKind: 'campaign', subjectId: campaign.id });
    return accept({ campaignId: campaign.id });
  });
  forgetLivePromotions(deps.sql);
  return outcome;
}
