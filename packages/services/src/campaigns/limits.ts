import { changeTotals, runSql, saveSharedBudget as saveBudget, type SharedBudgetRow, sharedBudgets } from '@promolift/db';
import { accept, AmountMinor, refuse, type Refusal, type Result, SHARED_BUDGET_KEY } from '@promolift/domain';
import { forgetLivePromotions } from '../promotions/live-promotions.ts';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { withIdempotency } from '../shared/idempotency.ts';
import { readSettings } from '../shared/settings.ts';
import { type CampaignRefusal, lockCampaign, staleVersion } from './campaign-record.ts';

type LowerRequest = {
  idempotencyKey: string;
  id: string;
  expectedVersion: number;
  /** Absent = as it is. */
  budgetMinor?: number | null;
  maxRedemptions?: number | null;
};

/**
 * Takes back a part of what was approved, at once and while it is being redeemed: never below what is used, never up.
 * More than was approved needs a new version and its approval.
 */
export async function lowerCampaignLimits(deps: Deps, request: LowerRequest): Promise<Result<{ campaignId: string }, CampaignRefusal>> {
  const { idempotencyKey, ...body } = request;
  const outcome = await withIdempotency<Result<{ campaignId: string }, CampaignRefusal>>(
    deps,
    { operation: 'lowerCampaignLimits', key: idempotencyKey, body },
    async (inside) => {
      const campaign = await lockCampaign(inside, request.id);
      if (campaign.version !== request.expectedVersion) return refuse(staleVersion(campaign));
      const [now] = await runSql<{ budget_minor: number; redemption_limit: number | null }>(
        inside.em,
        'select budget_minor::float8 budget_minor, redemption_limit from campaign_counters where campaign_id = $1',
        [campaign.id],
      );
      if (!now) return refuse({ kind: 'wrong-status', message: 'This campaign was never scheduled; revise it instead.' });
      const totals = {
        budgetMinor: request.budgetMinor ?? now.budget_minor,
        redemptionLimit: request.maxRedemptions ?? now.redemption_limit,
      };
      const raised = raisedField(totals, now);
      if (raised) return refuse({ kind: 'ABOVE_APPROVED', message: 'More than was approved needs a new version.', field: [raised] });
      if (!(await changeTotals(inside.em, campaign.id, totals)))
        return refuse({
          kind: 'BELOW_USED',
          message: 'More than that is used already.',
          field: [request.budgetMinor == null ? 'maxRedemptions' : 'budgetMinor'],
        });
      await appendAudit(inside, {
        action: 'campaign.limits-lowered',
        subjectKind: 'campaign',
        subjectId: campaign.id,
        details: { version: campaign.version, ...totals },
      });
      return accept({ campaignId: campaign.id });
    },
    (answer) => answer.ok,
  );
  forgetLivePromotions(deps.sql);
  return outcome;
}

function raisedField(
  wanted: { budgetMinor: number; redemptionLimit: number | null },
  now: { budget_minor: number; redemption_limit: number | null },
): 'budgetMinor' | 'maxRedemptions' | null {
  if (wanted.budgetMinor > now.budget_minor) return 'budgetMinor';
  return now.redemption_limit !== null && (wanted.redemptionLimit ?? Number.POSITIVE_INFINITY) > now.redemption_limit
    ? 'maxRedemptions'
    : null;
}

type SaveBudgetRequest = { idempotencyKey: string; key: string; name: string; budgetMinor: number };

/** Creates a budget that campaigns may share, or changes its name and amount: up or down, never below what is used of it. */
export async function saveSharedBudget(deps: Deps, request: SaveBudgetRequest): Promise<Result<SharedBudgetRow, Refusal>> {
  const { idempotencyKey, ...body } = request;
  const outcome = await withIdempotency<Result<{ key: string }, Refusal>>(
    deps,
    { operation: 'saveSharedBudget', key: idempotencyKey, body },
    async (inside) => {
      const name = request.name.trim();
      if (!SHARED_BUDGET_KEY.test(request.key))
        return refuse({ kind: 'INVALID_KEY', message: 'A key has lower case letters, digits and dashes.', field: ['key'] });
      if (name.length === 0 || name.length > 200)
        return refuse({ kind: 'INVALID_NAME', message: 'A name has 1 to 200 characters.', field: ['name'] });
      if (!AmountMinor.safeParse(request.budgetMinor).success)
        return refuse({ kind: 'INVALID_AMOUNT', message: 'A budget is a whole amount of at least 0.', field: ['budgetMinor'] });
      const { currency } = await readSettings(inside);
      const id = await saveBudget(inside.em, { key: request.key, name, currency, budgetMinor: request.budgetMinor });
      if (!id)
        return refuse({
          kind: 'BELOW_USED',
          message: 'More than that is used already, or the budget is of another currency.',
          field: ['budgetMinor'],
        });
      await appendAudit(inside, {
        action: 'shared-budget.saved',
        subjectKind: 'shared_budget',
        subjectId: id,
        details: { key: request.key, budgetMinor: request.budgetMinor },
      });
      return accept({ key: request.key });
    },
    (answer) => answer.ok,
  );
  if (!outcome.ok) return outcome;
  forgetLivePromotions(deps.sql);
  const saved = (await sharedBudgets(deps.sql)).find(({ key }) => key === request.key);
  if (!saved) throw new Error(`The shared budget ${request.key} is gone.`);
  return accept(saved);
}

/** Every shared budget with what is set aside and spent of it, by key. */
export const listSharedBudgets = ({ sql }: Pick<Deps, 'sql'>): Promise<SharedBudgetRow[]> => sharedBudgets(sql);
