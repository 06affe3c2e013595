import type { Result } from '@promolift/domain';
import { runSql, type SqlRunner, type SqlValue } from '../shared/sql.ts';
import { COMMIT, REFUND, RELEASE, RESERVE } from './counter-statements.ts';

const MESSAGES = {
  NOT_FOUND: 'There is no such redemption.',
  NOT_LIVE: 'The campaign is not live in this version at this time.',
  KILLED: 'The campaign was stopped.',
  LIMIT_REACHED: 'The campaign has been used as often as it may be.',
  BUDGET_EXHAUSTED: 'The budget left is smaller than this discount.',
  USER_LIMIT_REACHED: 'This user has used the campaign as often as each user may.',
  CODE_NOT_VALID: 'The code is unknown, revoked or belongs to another user.',
  CODE_LIMIT_REACHED: 'The code has been used as often as it may be.',
  EXPIRED: 'The reservation has expired.',
  ALREADY_RELEASED: 'The redemption was released before.',
  ALREADY_COMMITTED: 'The redemption was committed before; refund it instead.',
  NOT_COMMITTED: 'Only a committed redemption can be refunded.',
  REFUND_ABOVE_AMOUNT: 'The refund is not positive or exceeds what was redeemed.',
} as const;

export type CounterRefusalKind = keyof typeof MESSAGES;
export type CounterRefusal = { kind: CounterRefusalKind; message: string };
/** `isRepeat`: the same request was done before and nothing changed now. */
export type CounterResult = Result<{ redemptionId: string; isRepeat: boolean }, CounterRefusal>;

export type Reservation = {
  campaignId: string;
  campaignVersion: number;
  promotionId?: string | null;
  orderId?: string | null;
  userId?: string | null;
  anonymousId?: string | null;
  /** Whom per-user limits count: the user's id or the anonymous id. */
  userKey: string;
  codeId?: string | null;
  decisionId?: string | null;
  amountMinor: number;
  /** null = no limit per user. */
  userUseLimit: number | null;
  at: Date;
  expiresAt: Date;
  /** Unique within the campaign; the same key again returns the first reservation. */
  idempotencyKey: string;
};

/** Sets budget and one use aside until `expiresAt`. Several campaigns in one transaction: in order of campaign id. */
export async function reserve(runner: SqlRunner, reservation: Reservation): Promise<CounterResult> {
  return reserveWith(RESERVE, runner, reservation);
}

/** The statement is an argument so that a test can show what its guards are for. */
export async function reserveWith(statement: string, runner: SqlRunner, r: Reservation): Promise<CounterResult> {
  const values = [
    r.campaignId,
    r.campaignVersion,
    r.promotionId ?? null,
    r.orderId ?? null,
    r.userId ?? null,
    r.anonymousId ?? null,
    r.userKey,
    r.codeId ?? null,
    r.decisionId ?? null,
    r.amountMinor,
    r.at,
    r.expiresAt,
    r.idempotencyKey,
    r.userUseLimit,
  ];
  try {
    return await runCounter(runner, statement, values);
  } catch (error) {
    // Two first tries with one key at the same moment: the loser's whole statement was undone and finds the winner's row now.
    if (!isRepeatedKey(error)) throw error;
    return runCounter(runner, statement, values);
  }
}

/** Spends what was reserved, or `amountMinor` if the final discount differs, which must fit the budget too. */
export function commit(
  runner: SqlRunner,
  is: { redemptionId: string; at: Date; orderId?: string | null; amountMinor?: number },
): Promise<CounterResult> {
  return runCounter(runner, COMMIT, [is.redemptionId, is.at, is.orderId ?? null, is.amountMinor ?? null]);
}

/** Gives budget and use back, for a cart that was left or a reservation that expired. */
export function release(runner: SqlRunner, is: { redemptionId: string; at: Date }): Promise<CounterResult> {
  return runCounter(runner, RELEASE, [is.redemptionId, is.at]);
}

/** Gives back a committed discount in parts or whole; `refundId` (a UUID) makes a repeat harmless. */
export function refund(
  runner: SqlRunner,
  is: { redemptionId: string; at: Date; amountMinor: number; returnsUse: boolean; refundId: string },
): Promise<CounterResult> {
  return runCounter(runner, REFUND, [is.redemptionId, is.at, is.amountMinor, is.returnsUse, is.refundId]);
}

/** Releases up to `limit` reservations whose time has passed; returns their ids. */
export async function releaseExpired(runner: SqlRunner, at: Date, limit = 500): Promise<string[]> {
  const expired = await runSql<{ id: string }>(
    runner,
    "select id from redemptions where status = 'reserved' and expires_at <= $1 order by expires_at limit $2",
    [at, limit],
  );
  const released: string[] = [];
  for (const { id } of expired) if ((await release(runner, { redemptionId: id, at })).ok) released.push(id);
  return released;
}

async function runCounter(runner: SqlRunner, statement: string, values: SqlValue[]): Promise<CounterResult> {
  const [row] = await runSql<{ id: string; outcome: 'DONE' | 'REPEAT' | CounterRefusalKind }>(runner, statement, values);
  if (!row) throw new Error('a counter statement returned no row');
  if (row.outcome === 'DONE' || row.outcome === 'REPEAT') {
    return { ok: true, value: { redemptionId: row.id, isRepeat: row.outcome === 'REPEAT' } };
  }
  return { ok: false, refusal: { kind: row.outcome, message: MESSAGES[row.outcome] } };
}

const isRepeatedKey = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'redemptions_campaign_id_idempotency_key_key';
