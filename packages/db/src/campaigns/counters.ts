import { AppError, type LimitCounter, type Result } from '@promolift/domain';
import { retryConflicts, sqlState } from '../shared/retry-conflicts.ts';
import { runSql, type SqlRunner, type SqlValue } from '../shared/sql.ts';

const MESSAGES = {
  NOT_FOUND: 'There is no such redemption.',
  NOT_LIVE: 'The campaign is not live in this version at this time.',
  KILLED: 'The campaign was stopped.',
  LIMIT_REACHED: 'The campaign has been used as often as it may be.',
  BUDGET_EXHAUSTED: 'The budget left is smaller than this discount.',
  USER_LIMIT_REACHED: 'This user has used the campaign as often as each user may.',
  CODE_NOT_VALID: 'The code is unknown, revoked or belongs to another user.',
  CODE_LIMIT_REACHED: 'The code has been used as often as it may be.',
  UNITS_EXHAUSTED: 'Fewer units are left at this price than asked for.',
  CONDITION_NOT_MET: 'This user has ordered meanwhile, and what was decided for the orders before may not hold any more.',
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
  /** Whose redemption it is: the user's id or the anonymous id. */
  userKey: string;
  codeId?: string | null;
  decisionId?: string | null;
  amountMinor: number;
  /** Units taken from a flash sale's cap. */
  units?: number;
  /** What else this use counts against, sorted by key. */
  limits: readonly LimitCounter[];
  /** Orders of the user that its condition was decided upon, refused if there are more; null = it asks for none. */
  ordersSeen?: number | null;
  at: Date;
  expiresAt: Date;
  /** Unique within the campaign; the same key again returns the first reservation. */
  idempotencyKey: string;
};

const RESERVE_CALL =
  'reserve_use($1::uuid, $2::int, $3::uuid, $4::uuid, $5::uuid, $6::text, $7::text, $8::uuid, $9::uuid, $10::bigint, $11::timestamptz, $12::timestamptz, $13::text, $14::int, $15::jsonb, $16::int)';
const RESERVE = `select * from ${RESERVE_CALL}`;
// A refused reservation has no id, and a commit of nothing does nothing.
const SPEND = `select r.id, case when r.id is null then r.outcome else c.outcome end as outcome
  from ${RESERVE_CALL} r cross join lateral commit_use(r.id, $11::timestamptz, $4::uuid, null, null, null, null) c`;
const COMMIT = 'select * from commit_use($1::uuid, $2::timestamptz, $3::uuid, $4::bigint, $5::int, $6::text, $7::int)';
const RELEASE = 'select * from release_use($1::uuid, $2::timestamptz)';
const REFUND = 'select * from refund_use($1::uuid, $2::timestamptz, $3::bigint, $4::boolean, $5::uuid)';

/**
 * Sets budget, one use and units aside until `expiresAt`. Several campaigns in one transaction: `lockCounters` first, so
 * that two orders never wait for each other in a circle.
 */
export function reserve(runner: SqlRunner, reservation: Reservation): Promise<CounterResult> {
  return runCounter(runner, RESERVE, valuesOf(reservation));
}

/** Reserves and commits in one call: whoever waits for the same campaign waits for one answer less. */
export function spend(runner: SqlRunner, reservation: Reservation): Promise<CounterResult> {
  return runCounter(runner, SPEND, valuesOf(reservation));
}

function valuesOf(r: Reservation): SqlValue[] {
  return [
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
    r.units ?? 0,
    JSON.stringify(r.limits),
    r.ordersSeen ?? null,
  ];
}

/**
 * Spends what was reserved, or `amountMinor` and `units` if the final ones differ, which must fit budget and limits too.
 * `orderExternalId`: the shop's key of an order that may come later; `ordersSeen` as of now instead of when it was reserved.
 */
export function commit(
  runner: SqlRunner,
  is: {
    redemptionId: string;
    at: Date;
    orderId?: string;
    orderExternalId?: string;
    amountMinor?: number;
    units?: number;
    ordersSeen?: number | null;
  },
): Promise<CounterResult> {
  return runCounter(runner, COMMIT, [
    is.redemptionId,
    is.at,
    is.orderId ?? null,
    is.amountMinor ?? null,
    is.units ?? null,
    is.orderExternalId ?? null,
    is.ordersSeen ?? null,
  ]);
}

/** Gives budget, use and units back, for a cart that was left or a reservation that expired. */
export function release(runner: SqlRunner, is: { redemptionId: string; at: Date }): Promise<CounterResult> {
  return runCounter(runner, RELEASE, [is.redemptionId, is.at]);
}

/**
 * Gives back a committed discount in parts or whole; `refundId` (a UUID) makes a repeat harmless. `returnsUse` gives the use
 * and its units back with the last part, once.
 */
export function refund(
  runner: SqlRunner,
  is: { redemptionId: string; at: Date; amountMinor: number; returnsUse: boolean; refundId: string },
): Promise<CounterResult> {
  return runCounter(runner, REFUND, [is.redemptionId, is.at, is.amountMinor, is.returnsUse, is.refundId]);
}

/** Locks what several reservations of one transaction will change, in the one order: shared budgets, then campaigns by id. */
export async function lockCounters(runner: SqlRunner, campaignIds: readonly string[]): Promise<void> {
  await runSql(runner, 'select lock_counters(array(select jsonb_array_elements_text($1::jsonb)::uuid))', [
    JSON.stringify(campaignIds),
  ]).catch((error: unknown) => {
    throw busyOr(error);
  });
}

/** Releases up to `limit` reservations whose time has passed; returns their ids. Those of a campaign that many want just now are left to the next run. */
export async function releaseExpired(runner: SqlRunner, at: Date, limit = 500): Promise<string[]> {
  const expired = await runSql<{ id: string; campaign_id: string }>(
    runner,
    "select id, campaign_id from redemptions where status = 'reserved' and expires_at <= $1 order by expires_at limit $2",
    [at, limit],
  );
  const released: string[] = [];
  const busy = new Set<string>();
  for (const { id, campaign_id } of expired) {
    if (busy.has(campaign_id)) continue;
    const result = await retryConflicts(() => release(runner, { redemptionId: id, at })).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'RATE_LIMITED')) throw error;
      busy.add(campaign_id);
      return null;
    });
    if (result?.ok) released.push(id);
  }
  return released;
}

async function runCounter(runner: SqlRunner, statement: string, values: SqlValue[]): Promise<CounterResult> {
  const [row] = await runSql<{ id: string; outcome: string }>(runner, statement, values).catch((error: unknown) => {
    throw busyOr(error);
  });
  if (!row) throw new Error('a counter statement returned no row');
  if (row.outcome === 'DONE' || row.outcome === 'REPEAT')
    return { ok: true, value: { redemptionId: row.id, isRepeat: row.outcome === 'REPEAT' } };
  if (!isRefusal(row.outcome)) throw new Error(`a counter statement refused with the unknown kind ${row.outcome}`);
  return { ok: false, refusal: { kind: row.outcome, message: MESSAGES[row.outcome] } };
}

const isRefusal = (outcome: string): outcome is CounterRefusalKind => Object.hasOwn(MESSAGES, outcome);

const LOCK_NOT_AVAILABLE = '55P03';

/** Whoever waited too long for a campaign that many want at once may try again with the same key: nothing was done. */
const busyOr = (error: unknown): unknown =>
  sqlState(error) === LOCK_NOT_AVAILABLE
    ? new AppError('RATE_LIMITED', 'Too many redemptions of this campaign at once; try again.', { retryAfterSeconds: 1, cause: error })
    : error;
