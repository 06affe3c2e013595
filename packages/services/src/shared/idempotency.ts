import { answerIdempotencyKey, claimIdempotencyKey, dropIdempotencyKey, type IdempotencyKey, retryConflicts } from '@promolift/db';
import { AppError, canonicalHash } from '@promolift/domain';
import { actorId } from './actor.ts';
import type { Deps } from './deps.ts';

export type IdempotentRequest = { operation: string; key: string; body: unknown };

/** A run that is silent for longer has died with its process; the key may be taken over. */
const ABANDONED_SECONDS = 60;

/**
 * Runs once per actor, operation and key. Same key and body: the stored answer again. Other body: IDEMPOTENCY_MISMATCH.
 * Still running elsewhere: IN_PROGRESS. `run` gets deps whose `em` is in one transaction with the stored answer, so
 * nothing is half done; what it returns must survive JSON. A throw, or an answer that `isKept` refuses, is not stored. A
 * transaction that the database undid for the sake of another runs again, so `run` may be called more than once.
 */
export async function withIdempotency<T>(
  deps: Deps,
  request: IdempotentRequest,
  run: (deps: Deps) => Promise<T>,
  isKept: (answer: T) => boolean = () => true,
): Promise<T> {
  const place = {
    actor: `${deps.actor.kind}:${actorId(deps.actor) ?? deps.actor.name}`,
    operation: request.operation,
    key: requireKey(request.key),
  };
  const stored = await claim(deps, place, canonicalHash(request.body));
  if (stored) return stored.response as T;
  let isStored = false;
  try {
    return await retryConflicts(() =>
      deps.em.transactional(async (em) => {
        const answer = await run({ ...deps, em });
        if (!isKept(answer)) return answer;
        await answerIdempotencyKey(em, place, { answer });
        isStored = true;
        return answer;
      }),
    );
  } catch (error) {
    isStored = false;
    throw error;
  } finally {
    if (!isStored) await dropIdempotencyKey(deps.sql, place);
  }
}

function requireKey(key: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('BAD_USER_INPUT', 'idempotencyKey must be 1 to 255 printable ASCII characters without spaces', {
    field: ['idempotencyKey'],
  });
}

/** Takes the key, or returns what it already answered. */
async function claim(deps: Pick<Deps, 'sql'>, place: IdempotencyKey, bodyHash: string): Promise<{ response: unknown } | undefined> {
  const claimed = await claimIdempotencyKey(deps.sql, { ...place, bodyHash });
  switch (claimed.state) {
    case 'claimed':
      return undefined;
    case 'answered':
      return { response: (claimed.response as { answer: unknown }).answer };
    case 'mismatch':
      throw new AppError('IDEMPOTENCY_MISMATCH', 'This idempotencyKey was used with another request.', { field: ['idempotencyKey'] });
    case 'in_progress':
      if (await freeAbandoned(deps, place, bodyHash)) return claim(deps, place, bodyHash);
      throw new AppError('IN_PROGRESS', 'The same request is still running.', { retryAfterSeconds: 1 });
  }
}

/** Frees a key whose run died with its process; false while it may still be running. */
async function freeAbandoned({ sql }: Pick<Deps, 'sql'>, place: IdempotencyKey, bodyHash: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `delete from idempotency_keys where actor = $1 and operation = $2 and key = $3 and response is null
       and body_hash = $4 and created_at < now() - make_interval(secs => ${ABANDONED_SECONDS})`,
    [place.actor, place.operation, place.key, bodyHash],
  );
  return (rowCount ?? 0) > 0;
}
