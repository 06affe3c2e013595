import { Manager, Session } from '@promolift/db';
import { accept, newId, refuse, type Result } from '@promolift/domain';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { isPasswordRight, pretendToCheck } from './passwords.ts';
import { hashToken, newToken, SESSION_PREFIX } from './tokens.ts';

const SESSION_HOURS = 12;
const MAX_PASSWORD_LENGTH = 200;

export type SignedIn = { token: string; expiresAt: Date; manager: Manager };

/** A new session, always with a new token. One refusal for every reason: unknown, disabled or wrong password. */
export async function signIn(deps: Deps, email: string, password: string): Promise<Result<SignedIn>> {
  const manager = await deps.em.findOne(Manager, { email: email.trim().toLowerCase() });
  const attempt = password.slice(0, MAX_PASSWORD_LENGTH);
  const isRight = manager ? await isPasswordRight(attempt, manager.passwordHash) : await pretendToCheck(attempt);
  if (!manager || !isRight || manager.disabledAt) {
    return refuse({ kind: 'wrong-credentials', message: 'The e-mail address or the password is wrong.' });
  }
  const token = newToken(SESSION_PREFIX);
  const now = new Date();
  const expiresAt = new Date(now.getTime() + SESSION_HOURS * 3_600_000);
  await deps.em.transactional(async (em) => {
    em.create(Session, { id: newId(), tokenHash: hashToken(token), managerId: manager.id, createdAt: now, lastSeenAt: now, expiresAt });
    await em.flush();
    await em.execute("delete from sessions where expires_at < now() - interval '7 days'");
    const actor = {
      kind: 'manager',
      id: manager.id,
      name: manager.name,
      principal: { kind: 'manager', managerId: manager.id, role: manager.role },
    } as const;
    await appendAudit({ em, actor }, { action: 'manager.signed-in', subjectKind: 'manager', subjectId: manager.id });
  });
  return accept({ token, expiresAt, manager });
}

/** Ends one session; unknown ones are ended already. */
export async function signOut({ sql }: Deps, sessionId: string | null): Promise<void> {
  if (sessionId) await sql.query('update sessions set revoked_at = now() where id = $1 and revoked_at is null', [sessionId]);
}
