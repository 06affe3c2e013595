import { Manager } from '@promolift/db';
import { accept, AppError, type Refusal, refuse, type Result } from '@promolift/domain';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { hashPassword, isPasswordRight, NewPassword } from './passwords.ts';

export type PasswordChange = { currentPassword: string; newPassword: string };
export type PasswordRefusal = Refusal & { kind: 'WRONG_PASSWORD' | 'BAD_USER_INPUT' | 'CONFLICT' };

/** Changes the asking manager's own password and ends every session but this one. */
export async function changePassword(
  deps: Deps,
  sessionId: string | null,
  { currentPassword, newPassword }: PasswordChange,
): Promise<Result<{ managerId: string }, PasswordRefusal>> {
  if (deps.actor.kind !== 'manager') throw new AppError('FORBIDDEN', 'Only a manager has a password.');
  const managerId = deps.actor.id;
  const parsed = NewPassword.safeParse(newPassword);
  if (!parsed.success)
    return refuse({ kind: 'BAD_USER_INPUT', message: `newPassword: ${parsed.error.issues[0]?.message}`, field: ['newPassword'] });
  const { passwordHash } = await deps.em.findOneOrFail(Manager, { id: managerId });
  if (!(await isPasswordRight(currentPassword.slice(0, NewPassword.maxLength ?? undefined), passwordHash)))
    return refuse({ kind: 'WRONG_PASSWORD', message: 'The current password is wrong.', field: ['currentPassword'] });
  if (newPassword === currentPassword)
    return refuse({ kind: 'BAD_USER_INPUT', message: 'newPassword: must differ from the current one', field: ['newPassword'] });
  const nextHash = await hashPassword(parsed.data);
  return deps.em.transactional(async (em): Promise<Result<{ managerId: string }, PasswordRefusal>> => {
    // Only the password that was checked is replaced: of two changes at once the second has to ask again.
    const changed = await em.execute<unknown[]>(
      'update managers set password_hash = ? where id = ? and password_hash = ? and disabled_at is null returning id',
      [nextHash, managerId, passwordHash],
    );
    if (changed.length === 0)
      return refuse({ kind: 'CONFLICT', message: 'The password was changed meanwhile; sign in again.', field: ['currentPassword'] });
    await em.execute('update sessions set revoked_at = now() where manager_id = ? and revoked_at is null and id is distinct from ?', [
      managerId,
      sessionId,
    ]);
    await appendAudit({ em, actor: deps.actor }, { action: 'manager.password-changed', subjectKind: 'manager', subjectId: managerId });
    return accept({ managerId });
  });
}
