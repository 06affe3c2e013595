import { openPointsAccount, postAccountEntry, pseudonymOf, runSql } from '@promolift/db';
import { accept, CurrencyCode, MAX_AMOUNT_MINOR, newId, type Refusal, refuse, type Result } from '@promolift/domain';
import { appendAudit } from '../../shared/audit.ts';
import type { Deps } from '../../shared/deps.ts';
import { withIdempotency } from '../../shared/idempotency.ts';
import { readSettings } from '../../shared/settings.ts';
import { findShopper } from '../../users/shopper.ts';
import { accountCode, accountCodeHash } from './account-codes.ts';
import { pointsExpireAt } from './pay-order.ts';

type Answer<T> = Result<T, Refusal>;

/**
 * Opens a shopper's points account and gives the code that friends bring; again: the same code. A shopper the shop has not told us
 * of yet is kept with the id alone and without consent, so that a new customer can be one.
 */
export async function openAccount(
  deps: Deps,
  request: { userExternalId: string; guestKey?: string | null },
): Promise<Answer<{ accountId: string; referralCode: string }>> {
  if (request.userExternalId.trim() === '') return refuse({ kind: 'INVALID_USER', message: 'A user needs an id.', field: ['userId'] });
  return deps.em.transactional(async (em) => {
    const externalId = request.userExternalId;
    await runSql(
      em,
      'insert into users (id, external_id, pseudonym, has_consent, created_at) values ($1, $2, $3, false, $4) on conflict (external_id) do nothing',
      [newId(), externalId, pseudonymOf(deps.secrets.pseudonymKey, externalId), deps.clock.now()],
    );
    const [user] = await runSql<{ id: string }>(em, 'select id from users where external_id = $1', [externalId]);
    if (!user) throw new Error('a user was neither there nor made');
    const { guestKey } = await findShopper(deps, { userExternalId: null, anonymousId: null, guestKey: request.guestKey ?? null });
    const accountId = await openPointsAccount(em, user.id, deps.clock.now());
    const referralCode = accountCode(deps.secrets, accountId);
    await runSql(em, 'update accounts set code_hash = $2, code_ending = $3, guest_key = coalesce($4, guest_key) where id = $1', [
      accountId,
      accountCodeHash(deps.secrets, referralCode),
      referralCode.slice(-4),
      guestKey,
    ]);
    return accept({ accountId, referralCode });
  });
}

/** Sells or gives a gift card. The code is in this answer and nowhere else: whoever has it can pay with it. */
export async function issueGiftCard(
  deps: Deps,
  request: { idempotencyKey: string; amountMinor: number; currency: string; expiresAt?: Date | null; userExternalId?: string | null },
): Promise<Answer<{ accountId: string; code: string }>> {
  const { idempotencyKey, ...body } = request;
  const { amountMinor, currency, expiresAt = null, userExternalId = null } = request;
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > MAX_AMOUNT_MINOR)
    return refuse({ kind: 'INVALID_AMOUNT', message: 'A gift card holds a whole amount above 0.', field: ['amountMinor'] });
  if (!CurrencyCode.safeParse(currency).success)
    return refuse({ kind: 'UNKNOWN_CURRENCY', message: `"${currency}" is no ISO 4217 currency.`, field: ['currency'] });
  const issued = await withIdempotency<Answer<{ accountId: string }>>(
    deps,
    { operation: 'issueGiftCard', key: idempotencyKey, body: { ...body, expiresAt: expiresAt?.toISOString() ?? null } },
    async (inside) => {
      const at = inside.clock.now();
      if (expiresAt && expiresAt <= at)
        return refuse({ kind: 'INVALID_EXPIRY', message: 'A gift card must run out later than now.', field: ['expiresAt'] });
      const owner = userExternalId === null ? null : (await findShopper(deps, { userExternalId, anonymousId: null })).userId;
      if (userExternalId !== null && owner === null)
        return refuse({ kind: 'UNKNOWN_USER', message: 'There is no such user.', field: ['userId'] });
      const accountId = newId();
      const code = accountCode(inside.secrets, accountId);
      await runSql(
        inside.em,
        "insert into accounts (id, kind, user_id, code_hash, code_ending, currency, expires_at, created_at) values ($1, 'gift_card', $2, $3, $4, $5, $6, $7)",
        [accountId, owner, accountCodeHash(inside.secrets, code), code.slice(-4), currency, expiresAt, at],
      );
      await mustPost(inside, { accountId, kind: 'issue', available: amountMinor, at, key: 'issue' });
      await appendAudit(inside, {
        action: 'gift-card.issued',
        subjectKind: 'account',
        subjectId: accountId,
        details: { amountMinor, currency },
      });
      return accept({ accountId });
    },
    (answer) => answer.ok,
  );
  return issued.ok ? accept({ ...issued.value, code: accountCode(deps.secrets, issued.value.accountId) }) : issued;
}

async function mustPost(deps: Deps, post: Parameters<typeof postAccountEntry>[1]): Promise<void> {
  const posted = await postAccountEntry(deps.em, post);
  if (!posted.ok) throw new Error(`a new account refused its first entry: ${posted.refusal.kind}`);
}

/** Gives points by hand, or takes them; never below zero. */
export async function adjustPoints(
  deps: Deps,
  request: { idempotencyKey: string; userExternalId: string; points: number; reason: string },
): Promise<Answer<{ accountId: string }>> {
  const { idempotencyKey, ...body } = request;
  const { points, reason } = request;
  if (!Number.isSafeInteger(points) || points === 0 || Math.abs(points) > MAX_AMOUNT_MINOR)
    return refuse({ kind: 'INVALID_AMOUNT', message: 'Give or take a whole number of points.', field: ['points'] });
  if (reason.trim() === '') return refuse({ kind: 'REASON_REQUIRED', message: 'Say why.', field: ['reason'] });
  return withIdempotency<Answer<{ accountId: string }>>(
    deps,
    { operation: 'adjustPoints', key: idempotencyKey, body },
    async (inside) => {
      const { userId } = await findShopper(inside, { userExternalId: request.userExternalId, anonymousId: null });
      if (userId === null) return refuse({ kind: 'UNKNOWN_USER', message: 'There is no such user.', field: ['userId'] });
      const at = inside.clock.now();
      const accountId = await openPointsAccount(inside.em, userId, at);
      const expiresAt = pointsExpireAt(await readSettings(inside), at);
      const posted = await postAccountEntry(inside.em, { accountId, kind: 'adjust', available: points, at, expiresAt, key: newId() });
      if (!posted.ok) return refuse({ ...posted.refusal, field: ['points'] });
      await appendAudit(inside, { action: 'points.adjusted', subjectKind: 'account', subjectId: accountId, details: { points, reason } });
      return accept({ accountId });
    },
    (answer) => answer.ok,
  );
}
