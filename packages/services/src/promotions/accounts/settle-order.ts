import { lockAccounts, postAccountEntry, runSql, takeEarningBack } from '@promolift/db';
import { type LinePoints, newId, pointsLost, type ReturnedUnits, splitRefund } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { cachedSettings } from '../../shared/settings.ts';
import { pointsExpireAt } from './pay-order.ts';

/** A card that is refunded can be spent for so long at least. */
const REFUNDED_CARD_DAYS = 90;
const DAY_MS = 86_400_000;

type GivenBack = { accountId: string; kind: 'points' | 'gift_card'; amountMinor: number; units: number };
/** By account, and what whatever paid the rest must give back. */
export type RefundedMeans = { means: GivenBack[]; restMinor: number };

type PaidRow = { entry_id: string; account_id: string; kind: GivenBack['kind']; minor: number; units: number };
type EarnedRow = { entry_id: string; account_id: string; promotion_id: string; points: number; lines: LinePoints[] };

/** Puts a refund back on the accounts that paid, each in proportion to what it paid, and takes the points of lost lines back. */
export async function settleReturn(deps: Deps, orderId: string, refundMinor: number): Promise<RefundedMeans> {
  const [paid, earned] = await lockedAccounts(deps, orderId);
  if (earned.length > 0) await takeBack(deps, earned, await unitsOf(deps, orderId));
  const { totalMinor, refundedMinor } = await refundsOf(deps, orderId);
  return refundTo(deps, orderId, paid, { totalMinor, beforeMinor: refundedMinor - refundMinor, refundMinor });
}

/** The same for all that an order still has. */
export async function settleCancel(deps: Deps, orderId: string): Promise<RefundedMeans> {
  const [paid, earned] = await lockedAccounts(deps, orderId);
  for (const { entry_id, points } of earned) await takeEarningBack(deps.em, { entryId: entry_id, lost: points, at: deps.clock.now() });
  const { totalMinor, refundedMinor } = await refundsOf(deps, orderId);
  return refundTo(deps, orderId, paid, { totalMinor, beforeMinor: refundedMinor, refundMinor: Math.max(0, totalMinor - refundedMinor) });
}

async function lockedAccounts(deps: Deps, orderId: string): Promise<[PaidRow[], EarnedRow[]]> {
  const paid = await runSql<PaidRow>(
    deps.em,
    `select e.id entry_id, e.account_id, a.kind, e.minor::float8 minor, (-e.available)::float8 units
     from account_entries e join accounts a on a.id = e.account_id where e.order_id = $1 and e.kind = 'spend' order by a.kind desc, e.id`,
    [orderId],
  );
  const earned = await runSql<EarnedRow>(
    deps.em,
    `select id entry_id, account_id, promotion_id, pending::float8 points, coalesce(lines, '[]') lines
     from account_entries where order_id = $1 and kind in ('earn', 'refer', 'referred') order by id`,
    [orderId],
  );
  const accountIds = [...paid, ...earned].map(({ account_id }) => account_id);
  if (accountIds.length > 0) await lockAccounts(deps.em, accountIds);
  return [paid, earned];
}

async function refundTo(
  deps: Deps,
  orderId: string,
  paid: readonly PaidRow[],
  { totalMinor, beforeMinor, refundMinor }: { totalMinor: number; beforeMinor: number; refundMinor: number },
): Promise<RefundedMeans> {
  const at = deps.clock.now();
  const settings = await cachedSettings.get(deps.sql);
  const { sharesMinor, restMinor } = splitRefund(
    paid.map(({ minor }) => minor),
    totalMinor,
    beforeMinor,
    refundMinor,
  );
  const means = paid.flatMap(({ account_id, kind, minor, units, entry_id }, index) => {
    const amountMinor = sharesMinor[index] ?? 0;
    // Each minor unit cost the same whole number of points, so this divides.
    return amountMinor === 0
      ? []
      : [{ accountId: account_id, kind, amountMinor, units: (units / minor) * amountMinor, ofEntryId: entry_id }];
  });
  for (const { accountId, kind, amountMinor, units, ofEntryId } of means) {
    const expiresAt = kind === 'points' ? pointsExpireAt(settings, at) : new Date(at.getTime() + REFUNDED_CARD_DAYS * DAY_MS);
    const posted = await postAccountEntry(deps.em, {
      accountId,
      kind: 'give_back',
      available: units,
      minor: amountMinor,
      orderId,
      at,
      expiresAt,
      ofEntryId,
      key: newId(),
    });
    if (!posted.ok) throw new Error(`a payment could not be given back: ${posted.refusal.kind}`);
  }
  return { means: means.map(({ accountId, kind, amountMinor, units }) => ({ accountId, kind, amountMinor, units })), restMinor };
}

async function takeBack(deps: Deps, earned: readonly EarnedRow[], units: ReturnedUnits): Promise<void> {
  for (const { entry_id, points, lines } of earned) {
    const lost = pointsLost({ points, lines }, units);
    if (lost > 0) await takeEarningBack(deps.em, { entryId: entry_id, lost, at: deps.clock.now() });
  }
}

async function unitsOf(deps: Deps, orderId: string): Promise<ReturnedUnits> {
  const rows = await runSql<{ line: string; quantity: number; returned: number }>(
    deps.em,
    `select l.line_number::text line, l.quantity, coalesce(sum(r.quantity), 0)::int returned
     from order_lines l left join returns r on r.order_id = l.order_id and r.line_number = l.line_number
     where l.order_id = $1 and not l.is_gift group by l.line_number, l.quantity`,
    [orderId],
  );
  return new Map(rows.map(({ line, quantity, returned }) => [line, { quantity, returned }]));
}

async function refundsOf(deps: Deps, orderId: string): Promise<{ totalMinor: number; refundedMinor: number }> {
  const [row] = await runSql<{ totalMinor: number; refundedMinor: number }>(
    deps.em,
    `select total_minor::float8 "totalMinor", (select coalesce(sum(r.refund_minor), 0)::float8 from returns r where r.order_id = o.id) "refundedMinor"
     from orders o where id = $1`,
    [orderId],
  );
  if (!row) throw new Error('an order vanished under its lock');
  return row;
}

/** Promotion id → the share of its promised points that has been taken back so far. */
export async function pointsTakenBack(deps: Deps, orderId: string): Promise<Map<string, { promised: number; taken: number }>> {
  const rows = await runSql<{ promotion_id: string; promised: number; taken: number }>(
    deps.em,
    `select e.promotion_id, sum(e.pending)::float8 promised, sum(coalesce(t.taken, 0))::float8 taken from account_entries e
     left join lateral (select -sum(b.available + b.pending) taken from account_entries b where b.of_entry = e.id and b.kind = 'take_back') t on true
     where e.order_id = $1 and e.kind in ('earn', 'refer', 'referred') group by 1`,
    [orderId],
  );
  return new Map(rows.map(({ promotion_id, promised, taken }) => [promotion_id, { promised, taken }]));
}
