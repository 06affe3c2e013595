import { CampaignContent, type CampaignStatus, type Occasion, type PromotionRule, ruleScope } from '@promolift/domain';
import { type Normal, type Observation, updateNormal } from '@promolift/ml';
import type { Pool } from 'pg';
import { z } from 'zod';
import { isTrusted } from '../measure/verdict.ts';

export type RememberedCampaign = {
  id: string;
  name: string;
  status: CampaignStatus;
  occasion: Occasion | null;
  content: CampaignContent;
  rejectionReason: string | null;
  promised: Promise80 | null;
  measured: Measured | null;
};
type Promise80 = { marginMinor: number; units: number };
type Measured = { marginMinor: number; units: number; unitsError: number };

/** What earlier campaigns teach: what is open already, what managers rejected lately, what measured ones really earned. */
export type CampaignMemory = { open: RememberedCampaign[]; rejected: RememberedCampaign[]; measured: RememberedCampaign[] };

const REJECTION_MEMORY_DAYS = 28;
const MOST_REMEMBERED = 300;
/** Before anything was measured, a prediction is believed to be right within this factor; campaigns of one kind differ by `SPREAD`. */
const PRIOR: Normal = { mean: 1, standardDeviation: 0.35 };
const SPREAD = 0.25;
/** Most that one shop's results may raise or lower a prediction. */
const [LEAST_RESPONSE, MOST_RESPONSE] = [0.2, 2.5];

type Row = {
  id: string;
  name: string;
  status: CampaignStatus;
  occasion: Occasion | null;
  content: unknown;
  reason: string | null;
  evidence: unknown;
  measurement: unknown;
};

const EvidenceNumbers = z.object({
  incrementalMarginMinor: z.object({ mean: z.number() }),
  incrementalUnits: z.object({ mean: z.number() }),
});
const Estimate = z.object({ mean: z.number(), lower95: z.number(), upper95: z.number() });
const MeasuredNumbers = z.object({
  verdict: z.string(),
  incrementalMargin: z.object({ total: Estimate }),
  incrementalUnits: z.object({ total: Estimate }),
  promiseShare: z.number().default(1),
});

export async function readCampaignMemory(sql: Pool, now: Date): Promise<CampaignMemory> {
  const { rows } = await sql.query<Row>(
    `select c.id, c.name, c.status, c.occasion, v.content, e.body evidence,
       (select a.reason from approvals a where a.campaign_id = c.id and a.decision = 'reject' order by a.at desc limit 1) reason,
       (select m.body from measurements m where m.campaign_id = c.id and m.is_final order by m.computed_at desc limit 1) measurement
     from campaigns c join campaign_versions v on v.campaign_id = c.id and v.version = coalesce(c.live_version, c.current_version) left join evidence e on e.id = v.evidence_id
     where c.status in ('draft', 'in_review', 'changes_requested', 'approved', 'scheduled', 'live', 'paused', 'measured') or (c.status = 'rejected' and c.updated_at >= $1::timestamptz - make_interval(days => $2))
     order by c.created_at desc limit $3`,
    [now, REJECTION_MEMORY_DAYS, MOST_REMEMBERED],
  );
  const remembered = rows.flatMap((row): RememberedCampaign[] => {
    const content = CampaignContent.safeParse(row.content);
    return content.success
      ? [
          {
            id: row.id,
            name: row.name,
            status: row.status,
            occasion: row.occasion,
            content: content.data,
            rejectionReason: row.reason,
            ...numbersOf(row),
          },
        ]
      : [];
  });
  return {
    open: remembered.filter(({ status }) => status !== 'rejected' && status !== 'measured'),
    rejected: remembered.filter(({ status }) => status === 'rejected'),
    measured: remembered.filter(({ status, measured }) => status === 'measured' && measured !== null),
  };
}

function numbersOf({ evidence, measurement }: Row): Pick<RememberedCampaign, 'promised' | 'measured'> {
  const promised = EvidenceNumbers.safeParse(evidence);
  const found = MeasuredNumbers.safeParse(measurement);
  const isUsable = found.success && isTrusted(found.data.verdict) && found.data.verdict !== 'too_early';
  const share = found.success ? found.data.promiseShare : 1;
  return {
    promised: promised.success
      ? { marginMinor: promised.data.incrementalMarginMinor.mean * share, units: promised.data.incrementalUnits.mean * share }
      : null,
    measured: isUsable
      ? {
          marginMinor: found.data.incrementalMargin.total.mean,
          units: found.data.incrementalUnits.total.mean,
          unitsError: (found.data.incrementalUnits.total.upper95 - found.data.incrementalUnits.total.lower95) / 3.92,
        }
      : null,
  };
}

export const kindOf = (campaign: { content: CampaignContent }): PromotionRule['kind'] | null =>
  campaign.content.promotions[0]?.rule.kind ?? null;

/** Measured ÷ predicted extra units of this kind, as a belief about the next campaign of the kind. */
export function responseOf(memory: CampaignMemory, kind: PromotionRule['kind']): Normal {
  const observations = memory.measured
    .filter((campaign) => kindOf(campaign) === kind)
    .flatMap(({ promised, measured }): Observation[] =>
      promised && measured && promised.units > 0.5
        ? [{ value: measured.units / promised.units, standardError: Math.max(0.01, measured.unitsError / promised.units) }]
        : [],
    );
  const { mean, standardDeviation } = updateNormal(PRIOR, observations, SPREAD);
  return { mean: Math.min(MOST_RESPONSE, Math.max(LEAST_RESPONSE, mean)), standardDeviation };
}

/** Same words as a proposal: everything, a category or a product that both are about. */
export function isSameGround(a: PromotionRule, b: PromotionRule, categoriesOf: (sku: string) => readonly string[]): boolean {
  const [first, second] = [ruleScope(a), ruleScope(b)];
  if (first.kind === 'all' || second.kind === 'all') return true;
  const keysOf = (scope: typeof first) =>
    new Set(
      scope.kind === 'skus'
        ? scope.skus.map((sku) => `s:${sku}`)
        : scope.kind === 'categories'
          ? scope.categoryKeys.map((key) => `c:${key}`)
          : [],
    );
  if (first.kind === second.kind) return !keysOf(first).isDisjointFrom(keysOf(second));
  const [skus, categories] = first.kind === 'skus' ? [first.skus, second] : [second.kind === 'skus' ? second.skus : [], first];
  return categories.kind === 'categories' && skus.some((sku) => categoriesOf(sku).some((key) => categories.categoryKeys.includes(key)));
}
