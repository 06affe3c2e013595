import { AppError, canonicalHash } from '@promolift/domain';
import { actorId } from './actor.ts';
import type { Deps } from './deps.ts';

export type IdempotentRequest = { operation: string; key: string; body: unknown };

/** A run that is silent for longer has died with its process; the key may be taken over. */
const ABANDONED_SECONDS = 60;

/**
 * Runs once per actor, operation and key. Same key and body: the stored answer again. Other body: IDEMPOTENCY_MISMATCH.
 * Still running elsewhere: IN_PROGRESS. `run` gets deps whose `em` is in one transaction with the stored answer, so
 * nothing is half done; what it returns must survive JSON. A throw, or an answer that `isKept` refuses, is not stored.
 */
export async function withIdempotency<T>(deps: Deps, request: IdempotentRequest, run: (deps: Deps) => Promise<T>, isKept: (answer: T) => boolean = () => true): Promise<T> {
  const place = [`${deps.actor.kind}:${actorId(deps.actor) ?? deps.actor.name}`, request.operation, requireKey(request.key)];
  const stored = await claim(deps, place, canonicalHash(request.body));
  if (stored) return stored.response as T;
  let isStored = false;
  try {
    return await deps.em.transactional(async (em) => {
      const answer = await run({ ...deps, em });
      if (!isKept(answer)) return answer;
      await em.execute('update idempotency_keys set response = ? where actor = ? and operation = ? and key = ?', [JSON.stringify({ answer }), ...place]);
      isStored = true;
      return answer;
    });
  } catch (error) {
    isStored = false;
    throw error;
  } finally {
    if (!isStored) await deps.sql.query('delete from idempotency_keys where actor = $1 and operation = $2 and key = $3 and response is null', place);
  }
}

function requireKey(key: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('BAD_USER_INPUT', 'idempotencyKey must be 1 to 255 printable ASCII characters without spaces', { field: ['idempotencyKey'] });
}

type KeyRow = { body_hash: string; response: { answer: unknown } | null };

/** Takes the key, or returns what it already answered. */
async function claim({ sql }: Deps, place: string[], bodyHash: string): Promise<{ response: unknown } | undefined> {
  const taken = await sql.query(
    `insert into idempotency_keys (actor, operation, key, body_hash) values ($1, $2, $3, $4)
     on conflict (actor, operation, key) do update set created_at = now()
       where idempotency_keys.response is null and idempotency_keys.body_hash = excluded.body_hash
         and idempotency_keys.created_at < now() - make_interval(secs => ${ABANDONED_SECONDS})
     returning key`,
    [...place, bodyHash],
  );
  if (taken.rowCount === 1) return undefined;
  const { rows } = await sql.query<KeyRow>('select body_hash, response from idempotency_keys where actor = $1 and operation = $2 and key = $3', place);
  const known = rows[0];
  if (known && known.body_hash !== bodyHash) throw new AppError('IDEMPOTENCY_MISMATCH', 'This idempotencyKey was used with another request.', { field: ['idempotencyKey'] });
  if (known?.response) return { response: known.response.answer };
  throw new AppError('IN_PROGRESS', 'The same request is still running.', { retryAfterSeconds: 1 });
}
