import { runSql } from '@promolift/db';
import { AppError, CampaignContent, type Interval80, type LocalizedText, newId, transition, windowDays } from '@promolift/domain';
import { checkSampleRatio } from '@promolift/ml';
import { z } from 'zod';
import { appendAudit } from '../../shared/audit.ts';
import type { Deps } from '../../shared/deps.ts';
import type { JobWork } from '../../shared/run-job.ts';
import { readSettings } from '../../shared/settings.ts';
import { lockCampaign, setStatus } from '../campaign-record.ts';
import { addDays, dayOf } from '../propose/shop-days.ts';
import { readAudienceOutcomes } from './audience-outcomes.ts';
import {
  type Arms,
  armsOf,
  type CumulativePoint,
  cumulativeLift,
  type GroupMean,
  groupMeans,
  isComparable,
  type LiftEffect,
  liftOf,
} from './estimate-lift.ts';
import { type HoldoutLeaks, isHoldoutKept, readHoldoutLeaks } from './holdout-leaks.ts';
import { type Verdict, verdictOf, verdictSentence } from './verdict.ts';

const DAY_MS = 86_400_000;
const Payload = z.object({ campaignId: z.uuid(), isFinal: z.boolean().default(false) });

/** As kept in `measurements.body`. Amounts in minor units of `currency`; effects are null where there is nothing to compare. */
export type MeasurementBody = {
  currency: string;
  from: string;
  until: string;
  verdict: Verdict;
  sentence: LocalizedText;
  sampleRatioPValue: number;
  isSampleRatioOk: boolean;
  /** Absent in measurements made before leaks were counted, as with the next two. */
  isHoldoutKept?: boolean;
  /** Held-out users who redeemed it all the same. */
  heldOutRedeemedCount?: number;
  /** Held-out users to whom it was shown all the same. */
  heldOutExposedCount?: number;
  offeredCount: number;
  heldOutCount: number;
  incrementalUnits: LiftEffect | null;
  incrementalRevenue: LiftEffect | null;
  incrementalMargin: LiftEffect | null;
  /** All revenue of orders that used the campaign: what other tools would claim. */
  influencedRevenueMinor: number;
  /** Budget spent, less what returns gave back. */
  discountCostMinor: number;
  promisedMarginMinor: Interval80 | null;
  /** Window measured ÷ window promised: a campaign that started late promised less. */
  promiseShare: number;
  /** Does the measured 95% interval meet the promised 80% interval? null without promise or verdict. */
  isPromiseKept: boolean | null;
  groups: GroupMean[];
  cumulative: CumulativePoint[];
};

export type MeasureResult = { measurementId: string; campaignId: string; verdict: Verdict; isFinal: boolean };

/** Measures what a campaign changed so far; the final measurement of an ended campaign closes its life. */
export async function measureCampaign(
  deps: Deps,
  { progress, payload, assertCurrent }: Parameters<JobWork<MeasureResult>>[0],
): Promise<MeasureResult> {
  const { campaignId, isFinal } = Payload.parse(payload);
  await progress.report(0.1, 'Reading the audience');
  const facts = await readFacts(deps, campaignId);
  const users = await readAudienceOutcomes(deps.sql, facts, deps.secrets.holdoutSalt);
  await progress.report(0.7, 'Comparing the groups', `${users.length} shoppers`);
  const arms = armsOf(users);
  const leaks = await readHoldoutLeaks(deps.sql, facts, new Set(arms.heldOut.map(({ id }) => id)));
  const body = bodyOf(facts, arms, leaks);
  await assertCurrent();
  return keep(deps, facts, body, isFinal);
}

type Facts = {
  id: string;
  status: string;
  startsAt: Date;
  until: Date;
  endsAt: Date;
  isOver: boolean;
  segmentKeys: 'all' | readonly string[];
  holdoutBasisPoints: number;
  currency: string;
  timeZone: string;
  promised: Interval80 | null;
  promisedDays: number;
  influencedRevenueMinor: number;
  discountCostMinor: number;
};

type Row = {
  id: string;
  status: string;
  starts_at: Date;
  ends_at: Date;
  content: unknown;
  promised: Interval80 | null;
  influenced: number;
  cost: number;
};

async function readFacts(deps: Deps, campaignId: string): Promise<Facts> {
  const { rows } = await deps.sql.query<Row>(
    `select c.id, c.status, c.starts_at, c.ends_at, v.content, e.body -> 'incrementalMarginMinor' promised,
       (select coalesce(sum(o.total_minor), 0)::float8 from orders o where o.status = 'placed' and o.id in (select r.order_id from redemptions r where r.campaign_id = c.id and r.status = 'committed')) influenced,
       (select coalesce(sum(r.amount_minor - r.refunded_minor), 0)::float8 from redemptions r where r.campaign_id = c.id and r.status = 'committed') cost
     from campaigns c join campaign_versions v on v.campaign_id = c.id and v.version = c.live_version left join evidence e on e.id = v.evidence_id where c.id = $1`,
    [campaignId],
  );
  const row = rows[0];
  if (!row) throw new AppError('NOT_FOUND', 'There is no such campaign, or it never started.', { field: ['campaignId'] });
  const content = CampaignContent.parse(row.content);
  const [now, settings] = [deps.clock.now(), await readSettings(deps)];
  if (row.starts_at >= now) throw new AppError('BAD_USER_INPUT', 'The campaign has not started yet.', { field: ['campaignId'] });
  return {
    id: row.id,
    status: row.status,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    until: row.ends_at < now ? row.ends_at : now,
    isOver: row.ends_at <= now,
    segmentKeys: content.audience.segmentKeys,
    holdoutBasisPoints: content.holdoutBasisPoints,
    currency: content.budget.currency,
    timeZone: settings.timeZone,
    promised: row.promised,
    promisedDays: windowDays(content.schedule),
    influencedRevenueMinor: row.influenced,
    discountCostMinor: row.cost,
  };
}

function bodyOf(facts: Facts, arms: Arms, leaks: HoldoutLeaks): MeasurementBody {
  const planned = [1 - facts.holdoutBasisPoints / 10_000, facts.holdoutBasisPoints / 10_000];
  const ratio = checkSampleRatio([arms.offered.length, arms.heldOut.length], planned);
  const canCompare = isComparable(arms);
  const margin = canCompare ? liftOf(arms, 'margin') : null;
  const elapsedDays = (facts.until.getTime() - facts.startsAt.getTime()) / DAY_MS;
  const finding = {
    margin: margin?.total ?? null,
    isSampleRatioOk: !ratio.blocked,
    isHoldoutKept: isHoldoutKept(leaks, arms.heldOut.length),
    leakedCount: leaks.leakedCount,
    isOver: facts.isOver,
    elapsedDays,
    currency: facts.currency,
    offeredCount: arms.offered.length,
    heldOutCount: arms.heldOut.length,
  };
  const verdict = verdictOf(finding);
  const share = Math.min(1, elapsedDays / facts.promisedDays);
  const promised = facts.promised
    ? { mean: facts.promised.mean * share, low: facts.promised.low * share, high: facts.promised.high * share }
    : null;
  // An unclear result neither keeps nor breaks a promise.
  const isJudged = verdict === 'gain' || verdict === 'loss';
  return {
    currency: facts.currency,
    from: facts.startsAt.toISOString(),
    until: facts.until.toISOString(),
    verdict,
    sentence: verdictSentence(verdict, finding),
    sampleRatioPValue: ratio.pValue,
    isSampleRatioOk: !ratio.blocked,
    isHoldoutKept: finding.isHoldoutKept,
    heldOutRedeemedCount: leaks.redeemedCount,
    heldOutExposedCount: leaks.exposedCount,
    offeredCount: arms.offered.length,
    heldOutCount: arms.heldOut.length,
    incrementalUnits: canCompare ? liftOf(arms, 'units') : null,
    incrementalRevenue: canCompare ? liftOf(arms, 'revenue') : null,
    incrementalMargin: margin,
    influencedRevenueMinor: facts.influencedRevenueMinor,
    discountCostMinor: facts.discountCostMinor,
    promisedMarginMinor: promised,
    promiseShare: share,
    isPromiseKept: promised && margin && isJudged ? margin.total.lower95 <= promised.high && margin.total.upper95 >= promised.low : null,
    groups: groupMeans(arms),
    cumulative: canCompare ? cumulativeLift(arms, daysOf(facts)) : [],
  };
}

function daysOf({ startsAt, until, timeZone }: Facts): string[] {
  const count = Math.max(1, Math.ceil((until.getTime() - startsAt.getTime()) / DAY_MS));
  const first = dayOf(startsAt, timeZone);
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

/** The measurement, and for the last one the campaign's new status with its audit entry, in one transaction. */
function keep(deps: Deps, facts: Facts, body: MeasurementBody, isFinal: boolean): Promise<MeasureResult> {
  return deps.em.transactional(async (em) => {
    const inside = { ...deps, em };
    const campaign = await lockCampaign(inside, facts.id);
    const next = transition(campaign.status, 'measure');
    const closes = isFinal && next.ok;
    const measurementId = newId();
    await runSql(em, 'insert into measurements (id, campaign_id, computed_at, body, is_final) values ($1, $2, $3, $4::jsonb, $5)', [
      measurementId,
      facts.id,
      deps.clock.now(),
      JSON.stringify(body),
      closes,
    ]);
    if (closes) {
      await setStatus(inside, facts.id, next.value);
      await appendAudit(inside, {
        action: 'campaign.measured',
        subjectKind: 'campaign',
        subjectId: facts.id,
        details: { verdict: body.verdict, measurementId },
      });
    }
    return { measurementId, campaignId: facts.id, verdict: body.verdict, isFinal: closes };
  });
}
