import {
  Cart,
  canonicalJson,
  type CartEvaluation,
  evaluateCart as evaluate,
  type EvaluationContext,
  type LivePromotion,
} from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { campaignHoldoutSalt, type CampaignState, contentsOf, forShopper, promotionsOfState, type ShopperState } from './rules-state.ts';
import { flushDecisions } from '../shared/record-decision.ts';

export type StoredDecision = {
  id: string;
  decidedAt: Date;
  kind: string;
  userId: string | null;
  policy: string;
  probability: number;
  input: Record<string, unknown>;
  result: Record<string, unknown>;
  rulesetHash: string;
  inputHash: string;
  modelVersions: Record<string, unknown>;
};

type DecisionRecord = {
  id: string;
  decided_at: Date;
  kind: string;
  user_id: string | null;
  policy: string;
  probability: number;
  input: Record<string, unknown>;
  result: Record<string, unknown>;
  ruleset_hash: string;
  input_hash: string;
  model_versions: Record<string, unknown>;
};

const COLUMNS =
  'd.id, d.decided_at, d.kind, d.user_id, d.policy, d.probability, d.input, d.result, d.ruleset_hash, d.input_hash, d.model_versions';

/** The decision with this id; what still waits to be written is written first. */
export async function findDecision(deps: Pick<Deps, 'sql' | 'log'>, id: string): Promise<StoredDecision | null> {
  await flushDecisions(deps);
  const { rows } = await deps.sql.query<DecisionRecord>(`select ${COLUMNS} from decisions d where d.id = $1`, [id]);
  const [found] = await withRules(deps, rows.map(storedOf));
  return found ?? null;
}

/** The newest decisions about each user, newest first. */
export async function decisionsOfUsers(
  deps: Pick<Deps, 'sql' | 'log'>,
  userIds: readonly string[],
  first: number,
): Promise<(StoredDecision & { userId: string })[]> {
  await flushDecisions(deps);
  const { rows } = await deps.sql.query<DecisionRecord & { wanted_id: string }>(
    `select wanted.id wanted_id, found.* from unnest($1::uuid[]) wanted(id)
     cross join lateral (select ${COLUMNS} from decisions d where d.user_key = 'user:' || wanted.id order by d.decided_at desc limit $2) found`,
    [userIds, first],
  );
  return withRules(
    deps,
    rows.map((row) => ({ ...storedOf(row), userId: row.wanted_id })),
  );
}

const storedOf = (row: DecisionRecord): StoredDecision => ({
  id: row.id,
  decidedAt: row.decided_at,
  kind: row.kind,
  userId: row.user_id,
  policy: row.policy,
  probability: row.probability,
  input: row.input,
  result: row.result,
  rulesetHash: row.ruleset_hash,
  inputHash: row.input_hash,
  modelVersions: row.model_versions,
});

/** Puts the rules beside what was left of them, from the campaign versions, which never change. */
async function withRules<Stored extends StoredDecision>({ sql }: Pick<Deps, 'sql'>, decisions: Stored[]): Promise<Stored[]> {
  const statesOf = ({ input }: Stored) => (input['states'] ?? []) as CampaignState[];
  const contents = await contentsOf(sql, decisions.flatMap(statesOf));
  return decisions.map((decision) => {
    if (!decision.input['states']) return decision;
    const live = forShopper(promotionsOfState(statesOf(decision), contents, { holdoutSalt: '' }), decision.input['own'] as ShopperState);
    // The installation's salt is a secret; a replay puts it back.
    const promotions: unknown = JSON.parse(
      JSON.stringify(live.map((promotion) => ({ ...promotion, holdout: { basisPoints: promotion.holdout.basisPoints } }))),
    );
    return { ...decision, input: { ...decision.input, promotions } };
  });
}

type StoredInput = {
  cart: unknown;
  promotions: (Omit<LivePromotion, 'holdout'> & { holdout: { basisPoints: number } })[];
  context: EvaluationContext;
};

/** Decides the stored cart again under the stored rules; the answer must equal the stored one byte for byte. */
export function replayCartDecision(
  decision: StoredDecision,
  secrets: Deps['secrets'],
): { evaluation: CartEvaluation; isIdentical: boolean } {
  const { cart, promotions, context } = decision.input as unknown as StoredInput;
  const live = promotions.map(
    (promotion): LivePromotion => ({
      ...promotion,
      startsAt: new Date(promotion.startsAt),
      endsAt: new Date(promotion.endsAt),
      holdout: { ...promotion.holdout, salt: campaignHoldoutSalt(secrets.holdoutSalt, promotion.campaignId) },
    }),
  );
  const evaluation = evaluate(Cart.parse(cart), live, { ...context, now: new Date(context.now) });
  return { evaluation, isIdentical: canonicalJson(JSON.parse(JSON.stringify(evaluation))) === canonicalJson(decision.result) };
}
