import { Manager } from '@promolift/db';
import { AppError, accept, newId, type Refusal, refuse, type Result, type Role, ROLES } from '@promolift/domain';
import { z } from 'zod';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { hashPassword, NewPassword } from './passwords.ts';

export const NewManager = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
  name: z.string().trim().min(1).max(120),
  password: NewPassword,
  role: z.enum(ROLES),
});
export type NewManager = z.input<typeof NewManager>;

export const ManagerChanges = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(120).nullish(),
  locale: z.enum(['en', 'zh']).nullish(),
  role: z.enum(ROLES).nullish(),
  isDisabled: z.boolean().nullish(),
});
export type ManagerChanges = z.input<typeof ManagerChanges>;

export const listManagers = ({ em }: Deps): Promise<Manager[]> => em.find(Manager, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });

export const findManager = ({ em }: Deps, id: string): Promise<Manager | null> => em.findOne(Manager, { id });

export async function createManager(deps: Deps, input: NewManager): Promise<Result<Manager>> {
  const parsed = NewManager.safeParse(input);
  if (!parsed.success) return badInput(parsed.error);
  const { password, ...facts } = parsed.data;
  if (await deps.em.count(Manager, { email: facts.email }))
    return refuse({ kind: 'email-taken', message: 'There is already a manager with this e-mail address.', field: ['email'] });
  const passwordHash = await hashPassword(password);
  return accept(
    await deps.em.transactional(async (em) => {
      const manager = em.create(Manager, { id: newId(), ...facts, passwordHash, createdAt: new Date() });
      await em.flush();
      await appendAudit(
        { em, actor: deps.actor },
        { action: 'manager.created', subjectKind: 'manager', subjectId: manager.id, details: { role: facts.role } },
      );
      return manager;
    }),
  );
}

/** Changes take effect at the manager's next request. At least one enabled admin always stays. */
export async function updateManager(deps: Deps, input: ManagerChanges): Promise<Result<Manager>> {
  const parsed = ManagerChanges.safeParse(input);
  if (!parsed.success) return badInput(parsed.error);
  const { id, name, locale, role, isDisabled } = parsed.data;
  return deps.em.transactional(async (em) => {
    // One at a time, or two admins could each remove the other.
    await em.execute('select pg_advisory_xact_lock(4711002)');
    const manager = await em.findOne(Manager, { id }, { refresh: true });
    if (!manager) throw new AppError('NOT_FOUND', 'There is no such manager.');
    const nextRole: Role = role ?? manager.role;
    const disabledAt =
      isDisabled === undefined || isDisabled === null ? manager.disabledAt : isDisabled ? (manager.disabledAt ?? new Date()) : null;
    const isOtherRole = nextRole !== manager.role;
    const losesAdmin = manager.role === 'admin' && !manager.disabledAt && (nextRole !== 'admin' || disabledAt);
    if (losesAdmin && (await em.count(Manager, { role: 'admin', disabledAt: null, id: { $ne: id } })) === 0) {
      return refuse({ kind: 'last-admin', message: 'The last admin cannot be disabled or lose the role.', field: ['id'] });
    }
    em.assign(manager, { role: nextRole, disabledAt: disabledAt ?? null, name: name ?? manager.name, locale: locale ?? manager.locale });
    await em.flush();
    // What was seen and opened under another role ends with it.
    if (isDisabled || isOtherRole)
      await em.execute('update sessions set revoked_at = now() where manager_id = ? and revoked_at is null', [id]);
    await appendAudit(
      { em, actor: deps.actor },
      { action: 'manager.updated', subjectKind: 'manager', subjectId: id, details: { role: nextRole, isDisabled: Boolean(disabledAt) } },
    );
    return accept(manager);
  });
}

function badInput(error: z.ZodError): Result<never, Refusal> {
  const issue = error.issues[0];
  return refuse({ kind: 'bad-user-input', message: `${issue?.path.join('.')}: ${issue?.message}`, field: issue?.path.map(String) ?? [] });
}
