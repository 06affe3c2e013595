import { ApiKey } from '@promolift/db';
import { AppError, accept, newId, refuse, type Result } from '@promolift/domain';
import { managerIdOf } from '../shared/actor.ts';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { hashToken, KEY_PREFIXES, newToken } from './tokens.ts';

/** Enough of the token to recognise it in a list, too little to guess it. */
const SHOWN_CHARACTERS = 10;

export const listApiKeys = ({ em }: Deps): Promise<ApiKey[]> => em.find(ApiKey, {}, { orderBy: { createdAt: 'desc', id: 'desc' } });

/** The token is in this answer and nowhere else. */
export async function createApiKey(deps: Deps, name: string, kind: ApiKey['kind']): Promise<Result<{ apiKey: ApiKey; token: string }>> {
  const trimmed = name.trim();
  if (trimmed.length < 1 || trimmed.length > 120)
    return refuse({ kind: 'bad-user-input', message: 'name must have 1 to 120 characters', field: ['name'] });
  const token = newToken(KEY_PREFIXES[kind]);
  const apiKey = await deps.em.transactional(async (em) => {
    const created = em.create(ApiKey, {
      id: newId(),
      name: trimmed,
      prefix: token.slice(0, SHOWN_CHARACTERS),
      keyHash: hashToken(token),
      kind,
      createdAt: new Date(),
      createdBy: managerIdOf(deps.actor),
    });
    await em.flush();
    await appendAudit(
      { em, actor: deps.actor },
      { action: 'api-key.created', subjectKind: 'api-key', subjectId: created.id, details: { kind } },
    );
    return created;
  });
  return accept({ apiKey, token });
}

/** Refused at its next request. Revoking twice is harmless. */
export async function revokeApiKey(deps: Deps, id: string): Promise<void> {
  if (!(await deps.em.count(ApiKey, { id }))) throw new AppError('NOT_FOUND', 'There is no such API key.');
  await deps.em.transactional(async (em) => {
    const rows = await em.execute<unknown[]>('update api_keys set revoked_at = now() where id = ? and revoked_at is null returning id', [
      id,
    ]);
    if (rows.length > 0) await appendAudit({ em, actor: deps.actor }, { action: 'api-key.revoked', subjectKind: 'api-key', subjectId: id });
  });
}
