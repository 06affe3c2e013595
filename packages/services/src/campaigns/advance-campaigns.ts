import { releaseExpired, sweepIdempotencyKeys } from '@promolift/db';
import { measureCampaign as measureCampaignJob } from '@promolift/jobs';
import { type CampaignAction, transition } from '@promolift/domain';
import { settleAccounts } from '../promotions/accounts/settle-accounts.ts';
import { forgetLivePromotions } from '../promotions/live-promotions.ts';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { requestJob } from '../shared/request-job.ts';
import { readSettings } from '../shared/settings.ts';
import { lockCampaign, setStatus } from './campaign-record.ts';
import { startLocked } from './run-campaign.ts';

export type Advanced = { started: number; ended: number; expired: number; released: number; measurementsRequested: number };

/** The routine tick: moves every campaign whose time has come, gives expired reservations back, releases and expires points and gift cards, forgets old idempotency keys, and asks for the results of ended ones. Harmless when run twice. */
export async function advanceCampaigns(deps: Deps): Promise<Advanced> {
  const now = deps.clock.now();
  const { proposalTtlDays } = await readSettings(deps);
  const due = async (text: string, values: unknown[]) => (await deps.sql.query<{ id: string }>(text, values)).rows.map((row) => row.id);
  const toStart = await due("select id from campaigns where status = 'scheduled' and starts_at <= $1", [now]);
  const toEnd = await due("select id from campaigns where status in ('live', 'paused') and ends_at <= $1", [now]);
  const toExpire = await due(
    "select id from campaigns where status in ('draft', 'in_review', 'changes_requested') and origin = 'ai' and (ends_at <= $1 or created_at <= $2)",
    [now, new Date(now.getTime() - proposalTtlDays * 86_400_000)],
  );
  for (const id of toStart) await move(deps, id, 'start');
  for (const id of toEnd) await move(deps, id, 'end');
  for (const id of toExpire) await move(deps, id, 'expire');
  const released = await releaseExpired(deps.sql, now);
  await settleAccounts(deps);
  await sweepIdempotencyKeys(deps.sql);
  if (toStart.length + toEnd.length + released.length > 0) forgetLivePromotions(deps.sql);
  return {
    started: toStart.length,
    ended: toEnd.length,
    expired: toExpire.length,
    released: released.length,
    measurementsRequested: await requestMeasurements(deps),
  };
}

const AUDIT: Partial<Record<CampaignAction, string>> = { end: 'campaign.ended', expire: 'campaign.expired' };

/** Looks again under the lock: two ticks may have seen the same campaign. */
async function move(deps: Deps, id: string, action: CampaignAction): Promise<void> {
  await deps.em.fork().transactional(async (em) => {
    const inside = { ...deps, em };
    const campaign = await lockCampaign(inside, id);
    const next = transition(campaign.status, action);
    if (!next.ok) return;
    if (action === 'start') {
      await startLocked(inside, campaign);
      return;
    }
    await setStatus(inside, id, next.value);
    await appendAudit(inside, { action: AUDIT[action] ?? `campaign.${action}`, subjectKind: 'campaign', subjectId: id });
  });
}

/** One measuring job for each ended campaign that had a start and has none waiting or running. */
async function requestMeasurements(deps: Deps): Promise<number> {
  const { rows } = await deps.sql.query<{ id: string }>(
    `select c.id from campaigns c where c.status = 'ended' and c.live_version is not null
       and not exists (select 1 from job_runs j where j.name = $1 and j.payload ->> 'campaignId' = c.id::text and (j.payload ->> 'isFinal')::boolean)`,
    [measureCampaignJob.name],
  );
  for (const { id } of rows) await requestJob({ ...deps, em: deps.em.fork() }, measureCampaignJob, { campaignId: id, isFinal: true });
  return rows.length;
}
