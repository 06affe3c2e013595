import { Cart, canonicalJson, type CartEvaluation, evaluateCart as evaluate, type EvaluationContext, type LivePromotion } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { campaignHoldoutSalt } from './live-promotions.ts';
import { flushDecisions } from '../shared/record-decision.ts';

export type StoredDecision = {
  id: string; decidedAt: Date; kind: string; userId: string | null; policy: string; probability: number;
  input: Record<string, unknown>; result: Record<string, unknown>; rulesetHash: string; inputHash: string; modelVersions: Record<string, unknown>;
};

type DecisionRecord = {
  id: string; decided_at: Date; kind: string; user_id: string | null; policy: string; probability: number;
  input: Record<string, unknown>; result: Record<string, unknown>; ruleset_hash: string; input_hash: string; model_versions: Record<string, unknown>;
};

/** Newest decisions of one user, or the one with this id; what still waits to be written is written first. */
export async function findDecisions(deps: Deps, where: { id: string } | { userId: string; first: number }): Promise<StoredDecision[]> {
  await flushDecisions(deps);
  const columns = 'id, decided_at, kind, user_id, policy, probability, input, result, ruleset_hash, input_hash, model_versions';
  const { rows } = 'id' in where
    ? await deps.sql.query<DecisionRecord>(`select ${columns} from decisions where id = $1`, [where.id])
    : await deps.sql.query<DecisionRecord>(`select ${columns} from decisions where user_id = $1 order by decided_at desc limit $2`, [where.userId, where.first]);
  return rows.map((row) => ({
    id: row.id, decidedAt: row.decided_at, kind: row.kind, userId: row.user_id, policy: row.policy, probability: row.probability,
    input: row.input, result: row.result, rulesetHash: row.ruleset_hash, inputHash: row.input_hash, modelVersions: row.model_versions,
  }));
}

type StoredInput = { cart: unknown; promotions: (Omit<LivePromotion, 'holdout'> & { holdout: { basisPoints: number } })[]; context: EvaluationContext };

/** Decides the stored cart again under the stored rules; the answer must equal the stored one byte for byte. */
export function replayCartDecision(decision: StoredDecision, secrets: Deps['secrets']): { evaluation: CartEvaluation; isIdentical: boolean } {
  const { cart, promotions, context } = decision.input as unknown as StoredInput;
  const live = promotions.map((promotion): LivePromotion => ({
    ...promotion,
    startsAt: new Date(promotion.startsAt),
    endsAt: new Date(promotion.endsAt),
    holdout: { ...promotion.holdout, salt: campaignHoldoutSalt(secrets.holdoutSalt, promotion.campaignId) },
  }));
  const evaluation = evaluate(Cart.parse(cart), live, { ...context, now: new Date(context.now) });
  return { evaluation, isIdentical: canonicalJson(JSON.parse(JSON.stringify(evaluation))) === canonicalJson(decision.result) };
}
