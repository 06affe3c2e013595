import { runSql, type SqlRunner } from './sql.ts';

export type IdempotencyKey = { actor: string; operation: string; key: string };

/** `claimed`: do the work. `answered`: give the stored answer. `in_progress`: someone does it now. `mismatch`: the key was used for another body. */
export type IdempotencyClaim = { state: 'claimed' | 'in_progress' | 'mismatch' } | { state: 'answered'; response: unknown };

export async function claimIdempotencyKey(runner: SqlRunner, key: IdempotencyKey & { bodyHash: string }): Promise<IdempotencyClaim> {
  const values = [key.actor, key.operation, key.key];
  const claimed = await runSql(
    runner,
    `
    insert into idempotency_keys (actor, operation, key, body_hash) values ($1::text, $2::text, $3::text, $4::text)
    on conflict do nothing returning key`,
    [...values, key.bodyHash],
  );
  if (claimed.length > 0) return { state: 'claimed' };
  const [kept] = await runSql<{ bodyHash: string; response: unknown; isAnswered: boolean }>(
    runner,
    `
    select body_hash as "bodyHash", response, response is not null as "isAnswered"
    from idempotency_keys where actor = $1 and operation = $2 and key = $3`,
    values,
  );
  if (!kept) return { state: 'in_progress' };
  if (kept.bodyHash !== key.bodyHash) return { state: 'mismatch' };
  return kept.isAnswered ? { state: 'answered', response: kept.response } : { state: 'in_progress' };
}

export async function answerIdempotencyKey(runner: SqlRunner, key: IdempotencyKey, response: unknown): Promise<void> {
  await runSql(runner, 'update idempotency_keys set response = $4::jsonb where actor = $1 and operation = $2 and key = $3', [
    key.actor,
    key.operation,
    key.key,
    JSON.stringify(response),
  ]);
}

/** Frees a key whose work failed, so that the caller may try again. */
export async function dropIdempotencyKey(runner: SqlRunner, key: IdempotencyKey): Promise<void> {
  await runSql(runner, 'delete from idempotency_keys where actor = $1 and operation = $2 and key = $3 and response is null', [
    key.actor,
    key.operation,
    key.key,
  ]);
}

const KEPT_DAYS = 30;
const SWEPT_AT_ONCE = 5_000;

/** Forgets keys older than 30 days, the oldest first; returns how many. */
export async function sweepIdempotencyKeys(runner: SqlRunner): Promise<number> {
  const swept = await runSql(
    runner,
    `delete from idempotency_keys k using (
       select actor, operation, key from idempotency_keys where created_at < now() - make_interval(days => ${KEPT_DAYS})
       order by created_at limit ${SWEPT_AT_ONCE}) old
     where k.actor = old.actor and k.operation = old.operation and k.key = old.key returning k.key`,
  );
  return swept.length;
}
