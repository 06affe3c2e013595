import type { LocalizedText } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { readSettings } from '../../shared/settings.ts';
import type { MeasurementBody } from '../measure/measure-campaign.ts';
import type { ProposalRunResult } from '../propose/propose-campaigns.ts';
import { type CampaignView, listCampaigns } from './read-campaigns.ts';

export type MeasurementRecord = { id: string; campaignId: string; at: Date; isFinal: boolean; body: MeasurementBody };

/** The newest measurement of each campaign; the final one if there is one. */
export async function measurementsOfCampaigns({ sql }: Pick<Deps, 'sql'>, ids: readonly string[]): Promise<MeasurementRecord[]> {
  const { rows } = await sql.query<MeasurementRecord>(
    `select distinct on (campaign_id) id, campaign_id "campaignId", body, computed_at "at", is_final "isFinal" from measurements
     where campaign_id = any($1::uuid[]) order by campaign_id, is_final desc, computed_at desc`,
    [ids],
  );
  return rows;
}

export type TrackRecord = { campaignCount: number; currency: string; promisedMinor: number | null; measuredMinor: number | null };
export type InboxView = { proposals: CampaignView[]; trackRecord: TrackRecord; lastRun: ProposalRunResult | null };

const MOST_PROPOSALS = 100;

/** What waits for a decision, most promising first, with how earlier promises were kept. */
export async function readInbox(deps: Pick<Deps, 'sql'>): Promise<InboxView> {
  const [open, trackRecord, lastRun] = await Promise.all([
    listCampaigns(deps, { first: MOST_PROPOSALS, filter: { isAwaitingDecision: true }, sort: 'EXPECTED_MARGIN_DESC' }),
    readTrackRecord(deps),
    readLastRun(deps),
  ]);
  return { proposals: open.nodes, trackRecord, lastRun };
}

/** Campaigns with a final measurement that had promised something: sums of both sides. */
async function readTrackRecord(deps: Pick<Deps, 'sql'>): Promise<TrackRecord> {
  const { currency } = await readSettings(deps);
  const { rows } = await deps.sql.query<{ count: number; promised: number | null; measured: number | null }>(
    `select count(*) count, sum((m.body #>> '{promisedMarginMinor,mean}')::float8) promised, sum((m.body #>> '{incrementalMargin,total,mean}')::float8) measured
     from measurements m where m.is_final and m.body ->> 'currency' = $1 and m.body #>> '{promisedMarginMinor,mean}' is not null and m.body #>> '{incrementalMargin,total,mean}' is not null
       and m.body ->> 'verdict' not in ('sample_ratio_failed', 'holdout_leaked')`,
    [currency],
  );
  const found = rows[0];
  const whole = (amount: number | null | undefined) => (amount === null || amount === undefined ? null : Math.round(amount));
  return { campaignCount: found?.count ?? 0, currency, promisedMinor: whole(found?.promised), measuredMinor: whole(found?.measured) };
}

async function readLastRun({ sql }: Pick<Deps, 'sql'>): Promise<ProposalRunResult | null> {
  const { rows } = await sql.query<{ result: ProposalRunResult & { sentence: LocalizedText } }>(
    "select result from job_runs where name = 'propose-campaigns' and status = 'succeeded' and result is not null order by finished_at desc limit 1",
  );
  return rows[0]?.result ?? null;
}
