import { CampaignContent, type CampaignStatus, type Evidence, KEEPING_STATUSES, type Occasion } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { containing, listPage, type PageRequest } from '../../shared/list-page.ts';
import type { Page } from '../../shared/page.ts';

type Reading = Pick<Deps, 'sql'>;

/** A campaign with its newest version and what is left of its budget. */
export type CampaignView = {
  id: string;
  name: string;
  status: CampaignStatus;
  origin: 'ai' | 'manager';
  occasion: Occasion | null;
  version: number;
  /** Version that is served, was or will be; null before it was scheduled. */
  liveVersion: number | null;
  /** Did an approver ask for changes of `version`? */
  areChangesRequested: boolean;
  lockVersion: number;
  contentHash: string;
  isKilled: boolean;
  authorId: string | null;
  createdAt: Date;
  startsAt: Date;
  endsAt: Date;
  content: CampaignContent;
  evidenceId: string | null;
  /** What stands of the budget and the uses that this version asked for: they may have been lowered since. */
  budgetMinor: number;
  maxRedemptions: number | null;
  reservedMinor: number;
  spentMinor: number;
  redemptionCount: number;
};
export type CampaignFilter = {
  statuses?: readonly CampaignStatus[] | null;
  origin?: 'ai' | 'manager' | null;
  occasion?: Occasion | null;
  search?: string | null;
  /** In review, or with a revision in review. */
  isAwaitingDecision?: boolean;
};

// With a revision the newest version is shown, which the row's own columns do not speak of.
const IS_REVISED = `c.status in (${KEEPING_STATUSES.map((status) => `'${status}'`).join(', ')}) and c.live_version <> c.current_version`;
const ARE_CHANGES_REQUESTED = `exists (select from approvals a where a.campaign_id = c.id and a.version = c.current_version and a.decision = 'request_changes')`;
const COLUMNS = `c.id, case when ${IS_REVISED} then v.content ->> 'name' else c.name end "name", c.live_version "liveVersion", c.status,
  ${ARE_CHANGES_REQUESTED} "areChangesRequested", c.origin, c.occasion, c.current_version "version", c.lock_version "lockVersion", v.content_hash "contentHash", c.is_killed "isKilled", c.author_id "authorId",
  c.created_at "createdAt", case when c.status = 'scheduled' and ${IS_REVISED} then (v.content #>> '{schedule,startsAt}')::timestamptz else coalesce(c.starts_at, c.created_at) end "startsAt", case when ${IS_REVISED} then (v.content #>> '{schedule,endsAt}')::timestamptz else coalesce(c.ends_at, c.created_at) end "endsAt", v.content, v.evidence_id "evidenceId",
  coalesce(case when c.live_version = c.current_version then k.budget_minor end, (v.content #>> '{budget,budgetMinor}')::bigint) "budgetMinor",
  case when c.live_version = c.current_version then k.redemption_limit else (v.content #>> '{budget,maxRedemptions}')::int end "maxRedemptions",
  coalesce(k.reserved_minor, 0) "reservedMinor", coalesce(k.spent_minor, 0) "spentMinor", coalesce(k.reserved_uses + k.used, 0) "redemptionCount"`;
const FROM = `campaigns c join campaign_versions v on v.campaign_id = c.id and v.version = c.current_version left join campaign_counters k on k.campaign_id = c.id`;

const ORDERS = {
  NEWEST: { expression: 'c.created_at', type: 'timestamptz', isDescending: true },
  STARTS_AT_ASC: { expression: 'coalesce(c.starts_at, c.created_at)', type: 'timestamptz', isDescending: false },
  STARTS_AT_DESC: { expression: 'coalesce(c.starts_at, c.created_at)', type: 'timestamptz', isDescending: true },
  NAME_ASC: { expression: 'c.name', type: 'text', isDescending: false },
  // Campaigns without evidence promise nothing; they come last.
  EXPECTED_MARGIN_DESC: {
    expression:
      "coalesce((select (e.body #>> '{incrementalMarginMinor,mean}')::float8 from evidence e where e.id = v.evidence_id), '-infinity')",
    type: 'float8',
    isDescending: true,
  },
} as const;
export type CampaignSort = keyof typeof ORDERS;

type Row = Omit<CampaignView, 'content'> & { content: unknown };
const viewOf = (row: Row): CampaignView => ({ ...row, content: CampaignContent.parse(row.content) });

/** A page of the campaigns. */
export async function listCampaigns(
  { sql }: Reading,
  request: PageRequest & { filter?: CampaignFilter | null; sort?: CampaignSort },
): Promise<Page<CampaignView>> {
  const { statuses, origin, occasion, search, isAwaitingDecision = false } = request.filter ?? {};
  const from = `${FROM} where ($1::text[] is null or c.status = any($1)) and ($2::text is null or c.origin = $2) and ($3::text is null or c.occasion = $3) and ($4::text is null or lower(c.name) like $4)
    and (not $5 or c.status = 'in_review' or (${IS_REVISED} and not ${ARE_CHANGES_REQUESTED}))`;
  const values = [
    statuses?.length ? statuses : null,
    origin ?? null,
    occasion ?? null,
    search?.trim() ? containing(search) : null,
    isAwaitingDecision,
  ];
  const page = await listPage<Row>(sql, request, { columns: COLUMNS, from, values, order: ORDERS[request.sort ?? 'NEWEST'] });
  return { ...page, nodes: page.nodes.map(viewOf) };
}

export async function campaignsByIds({ sql }: Reading, ids: readonly string[]): Promise<CampaignView[]> {
  return (await sql.query<Row>(`select ${COLUMNS} from ${FROM} where c.id = any($1::uuid[])`, [ids])).rows.map(viewOf);
}

export const findCampaign = async (deps: Reading, id: string): Promise<CampaignView | null> =>
  (await campaignsByIds(deps, [id]))[0] ?? null;

export type CampaignVersionRecord = {
  campaignId: string;
  version: number;
  contentHash: string;
  createdAt: Date;
  createdBy: string | null;
  content: unknown;
};

/** Every version of each campaign, newest first. */
export async function versionsOfCampaigns({ sql }: Reading, ids: readonly string[]): Promise<CampaignVersionRecord[]> {
  const { rows } = await sql.query<CampaignVersionRecord>(
    `select campaign_id "campaignId", version, content_hash "contentHash", created_at "createdAt", created_by "createdBy", content
     from campaign_versions where campaign_id = any($1::uuid[]) order by version desc`,
    [ids],
  );
  return rows;
}

export type ApprovalRecord = {
  id: string;
  campaignId: string;
  version: number;
  contentHash: string;
  decision: 'approve' | 'reject' | 'request_changes';
  reason: string | null;
  managerId: string;
  at: Date;
  isValid: boolean;
};

/** Every decision on each campaign, newest first; an approval is valid for the newest version and its exact hash only. */
export async function approvalsOfCampaigns({ sql }: Reading, ids: readonly string[]): Promise<ApprovalRecord[]> {
  const { rows } = await sql.query<ApprovalRecord>(
    `select a.id, a.campaign_id "campaignId", a.version, a.content_hash "contentHash", a.decision, a.reason, a.manager_id "managerId", a.at,
       a.decision = 'approve' and a.version = c.current_version and a.content_hash = v.content_hash "isValid"
     from approvals a join campaigns c on c.id = a.campaign_id join campaign_versions v on v.campaign_id = c.id and v.version = c.current_version
     where a.campaign_id = any($1::uuid[]) order by a.at desc, a.id desc`,
    [ids],
  );
  return rows;
}

/** Shoppers of each audience; `segmentKeys` null is everybody. A shopper without consent is in no segment. */
export async function audienceSizes(
  { sql }: Reading,
  audiences: readonly { id: string; segmentKeys: readonly string[] | null }[],
): Promise<{ id: string; size: number }[]> {
  const { rows } = await sql.query<{ id: string; size: number }>(
    `select w.id, case when jsonb_typeof(w.keys) = 'array' then (
         select count(distinct m.user_id) from segments s join segment_members m on m.segment_id = s.id and m.valid_to is null
         join users u on u.id = m.user_id and u.has_consent and u.erased_at is null where s.retired_at is null and w.keys ? s.key)
       else (select count(*) from users where erased_at is null) end::int size
     from jsonb_to_recordset($1::jsonb) w(id text, keys jsonb)`,
    [JSON.stringify(audiences.map(({ id, segmentKeys }) => ({ id, keys: segmentKeys })))],
  );
  return rows;
}

export type EvidenceRecord = { id: string; campaignId: string; body: Evidence; at: Date; hash: string };

export async function evidenceByIds({ sql }: Reading, ids: readonly string[]): Promise<EvidenceRecord[]> {
  return (
    await sql.query<EvidenceRecord>(
      'select id, campaign_id "campaignId", body, created_at "at", hash from evidence where id = any($1::uuid[])',
      [ids],
    )
  ).rows;
}
