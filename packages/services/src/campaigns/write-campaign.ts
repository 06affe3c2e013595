import { runSql } from '@promolift/db';
import {
  accept,
  AppError,
  approvalHash,
  CampaignContent,
  type CampaignContentInput,
  type CampaignStatus,
  canonicalHash,
  continueUnits,
  keepsApproved,
  type ModelVersions,
  newId,
  refuse,
  type Result,
  transition,
} from '@promolift/domain';
import { managerIdOf } from '../shared/actor.ts';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { withIdempotency } from '../shared/idempotency.ts';
import { readSettings } from '../shared/settings.ts';
import { evidenceOfContent } from './propose/evidence-of-content.ts';
import { type CampaignRefusal, lockCampaign, staleVersion } from './campaign-record.ts';
import { keepRevision, revisionObstacle } from './revision.ts';

type WrittenCampaign = { campaignId: string };
type Outcome = Result<WrittenCampaign, CampaignRefusal>;

/** A manager's own campaign, as a draft. */
export async function createCampaign(deps: Deps, request: { idempotencyKey: string; content: unknown }): Promise<Outcome> {
  const known = await evidenceIfValid(deps, request.content);
  return withIdempotency<Outcome>(
    deps,
    { operation: 'createCampaign', key: request.idempotencyKey, body: request.content },
    async (inside) => {
      const parsed = await parseContent(inside, request.content);
      if (!parsed.ok) return parsed;
      return accept({
        campaignId: await insertCampaign(inside, {
          content: parsed.value,
          origin: 'manager',
          occasion: null,
          ...known,
        }),
      });
    },
    (answer) => answer.ok,
  );
}

/**
 * Writes a new version; every approval of the old one is void, and the campaign is a draft again. A scheduled or running campaign
 * keeps its approved version, which starts and is served as planned, and the new one waits in review beside it.
 */
export async function reviseCampaign(deps: Deps, request: { id: string; expectedVersion: number; content: unknown }): Promise<Outcome> {
  const known = await evidenceIfValid(deps, request.content);
  return deps.em.transactional(async (em) => {
    const inside = { ...deps, em };
    const campaign = await lockCampaign(inside, request.id);
    if (campaign.version !== request.expectedVersion) return refuse(staleVersion(campaign));
    const isBeside = keepsApproved(campaign.status);
    const next = isBeside ? accept(campaign.status) : transition(campaign.status, 'revise');
    if (!next.ok) return next;
    const parsed = await parseContent(inside, request.content);
    if (!parsed.ok) return parsed;
    const obstacle = isBeside ? await revisionObstacle(inside, campaign, parsed.value) : null;
    if (obstacle) return refuse(obstacle);
    const version = campaign.newestVersion + 1;
    // The old evidence spoke of other rules: it stays with the earlier version.
    await insertVersion(inside, campaign.id, version, { content: parsed.value, ...known });
    if (isBeside) await keepRevision(inside, campaign.id, version);
    else await replaceVersion(inside, campaign.id, version, parsed.value, next.value);
    await appendAudit(inside, { action: 'campaign.revised', subjectKind: 'campaign', subjectId: campaign.id, details: { version } });
    return accept({ campaignId: campaign.id });
  });
}

async function replaceVersion(deps: Deps, id: string, version: number, content: CampaignContent, status: CampaignStatus): Promise<void> {
  await runSql(
    deps.em,
    'update campaigns set name = $2, status = $3, current_version = $4, live_version = null, lock_version = lock_version + 1, starts_at = $5, ends_at = $6, priority = $7, updated_at = now() where id = $1',
    [id, content.name, status, version, new Date(content.schedule.startsAt), new Date(content.schedule.endsAt), content.priority],
  );
}

export type CampaignDraft = {
  content: CampaignContent;
  origin: 'ai' | 'manager';
  occasion: string | null;
  modelVersions: ModelVersions;
  evidence: object | null;
};

/** Inserts a campaign with its first version inside the caller's transaction; returns its id. */
export async function insertCampaign(deps: Deps, draft: CampaignDraft, id: string = newId()): Promise<string> {
  const { content } = draft;
  await runSql(
    deps.em,
    `insert into campaigns (id, name, status, origin, author_id, current_version, occasion, priority, starts_at, ends_at, created_at)
     values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10)`,
    [
      id,
      content.name,
      draft.origin === 'ai' ? 'in_review' : 'draft',
      draft.origin,
      managerIdOf(deps.actor),
      draft.occasion,
      content.priority,
      new Date(content.schedule.startsAt),
      new Date(content.schedule.endsAt),
      deps.clock.now(),
    ],
  );
  await insertVersion(deps, id, 1, draft);
  await appendAudit(deps, {
    action: draft.origin === 'ai' ? 'campaign.proposed' : 'campaign.created',
    subjectKind: 'campaign',
    subjectId: id,
    details: { name: content.name },
  });
  return id;
}

async function insertVersion(
  deps: Deps,
  campaignId: string,
  version: number,
  draft: Pick<CampaignDraft, 'content' | 'modelVersions' | 'evidence'>,
): Promise<void> {
  const evidenceId = draft.evidence ? newId() : null;
  // Of equal priority the smaller id goes first: sorted ids keep the order in which the manager wrote the promotions.
  const ids = draft.content.promotions.map(() => newId()).sort();
  const written = draft.content.promotions.map((promotion, index) => ({ ...promotion, id: ids[index] ?? newId() }));
  const promotions = continueUnits(written, await promotionsOfVersions(deps, campaignId));
  const content = { ...draft.content, promotions };
  const hash = approvalHash({ content, modelVersions: draft.modelVersions, evidence: draft.evidence });
  if (evidenceId) {
    await runSql(deps.em, 'insert into evidence (id, campaign_id, version, body, hash) values ($1, $2, $3, $4::jsonb, $5)', [
      evidenceId,
      campaignId,
      version,
      JSON.stringify(draft.evidence),
      canonicalHash(draft.evidence),
    ]);
  }
  await runSql(
    deps.em,
    `insert into campaign_versions (campaign_id, version, content, content_hash, model_versions, evidence_id, created_by, created_at) values ($1, $2, $3::jsonb, $4, $5::jsonb, $6, $7, $8)`,
    [
      campaignId,
      version,
      JSON.stringify(content),
      hash,
      JSON.stringify(draft.modelVersions),
      evidenceId,
      managerIdOf(deps.actor),
      deps.clock.now(),
    ],
  );
  for (const [position, { id, rule, condition }] of content.promotions.entries()) {
    await runSql(
      deps.em,
      'insert into promotions (id, campaign_id, version, position, kind, rule, condition) values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb)',
      [id, campaignId, version, position, rule.kind, JSON.stringify(rule), condition ? JSON.stringify(condition) : null],
    );
  }
}

/** Of every version so far, the newest first. */
async function promotionsOfVersions(deps: Deps, campaignId: string): Promise<CampaignContent['promotions'][]> {
  const rows = await runSql<{ content: unknown }>(
    deps.em,
    'select content from campaign_versions where campaign_id = $1 order by version desc',
    [campaignId],
  );
  return rows.map(({ content }) => CampaignContent.parse(content).promotions);
}

/** Evidence of content that will be kept; what is refused needs none. */
async function evidenceIfValid(deps: Deps, content: unknown): Promise<Pick<CampaignDraft, 'modelVersions' | 'evidence'>> {
  const parsed = await parseContent(deps, content);
  return parsed.ok ? evidenceOfContent(deps, parsed.value) : { evidence: null, modelVersions: {} };
}

const MAX_WINDOW_MS = 366 * 86_400_000;

/** What a form or an API client sent, as content; every problem names its field. */
export async function parseContent(deps: Deps, content: unknown): Promise<Result<CampaignContent, CampaignRefusal>> {
  const parsed = CampaignContent.safeParse(content as CampaignContentInput);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse({
      kind: 'INVALID_CONTENT',
      message: `${issue?.path.join('.') ?? 'content'}: ${issue?.message ?? 'not valid'}`,
      field: ['content', ...(issue?.path.map(String) ?? [])],
    });
  }
  const { schedule, budget, audience } = parsed.data;
  const settings = await readSettings(deps);
  if (Date.parse(schedule.endsAt) <= deps.clock.now().getTime())
    return refuse({ kind: 'WINDOW_PASSED', message: 'The campaign would be over before it starts.', field: ['content', 'endsAt'] });
  if (Date.parse(schedule.endsAt) - Date.parse(schedule.startsAt) > MAX_WINDOW_MS)
    return refuse({ kind: 'WINDOW_TOO_LONG', message: 'A campaign runs at most 366 days.', field: ['content', 'endsAt'] });
  if (budget.currency !== settings.currency)
    return refuse({ kind: 'WRONG_CURRENCY', message: `The shop's currency is ${settings.currency}.`, field: ['content', 'budgetMinor'] });
  if (budget.sharedBudgetKey !== null) await requireSharedBudget(deps, budget.sharedBudgetKey, budget.currency);
  if (audience.segmentKeys !== 'all') await requireSegments(deps, audience.segmentKeys);
  return accept(parsed.data);
}

async function requireSharedBudget(deps: Deps, key: string, currency: string): Promise<void> {
  const { rows } = await deps.sql.query('select 1 from shared_budgets where key = $1 and currency = $2', [key, currency]);
  if (rows.length === 0)
    throw new AppError('BAD_USER_INPUT', `There is no shared budget ${key} in ${currency}.`, { field: ['content', 'sharedBudgetKey'] });
}

async function requireSegments(deps: Deps, keys: readonly string[]): Promise<void> {
  const { rows } = await deps.sql.query<{ key: string }>('select key from segments where key = any($1) and retired_at is null', [keys]);
  const known = new Set(rows.map((row) => row.key));
  const missing = keys.filter((key) => !known.has(key));
  if (missing.length > 0)
    throw new AppError('BAD_USER_INPUT', `There is no segment ${missing.join(', ')}.`, { field: ['content', 'segmentKeys'] });
}
