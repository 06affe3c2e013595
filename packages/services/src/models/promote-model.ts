import { Model } from '@promolift/db';
import { AppError, accept, refuse, type Result } from '@promolift/domain';
import type { EntityManager } from '@mikro-orm/postgresql';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';

/** By kind, newest version first. */
export const listModels = ({ em }: Deps): Promise<Model[]> => em.find(Model, {}, { orderBy: { kind: 'asc', version: 'desc' }, limit: 500 });

export const findModel = ({ em }: Deps, id: string): Promise<Model | null> => em.findOne(Model, { id });

/** Makes a candidate that passed its gate the champion of its kind; the old champion is kept as retired. */
export async function promoteModel(deps: Deps, id: string): Promise<Result<Model>> {
  return deps.em.transactional(async (em) => {
    const known = await em.findOne(Model, { id });
    if (!known) throw new AppError('NOT_FOUND', 'There is no such model.');
    await lockKind(em, known.kind);
    await em.refresh(known);
    if (known.status === 'champion') return refuse({ kind: 'already-champion', message: 'This model serves already.', field: ['id'] });
    if (known.status === 'refused' || known.gate?.['passed'] !== true) {
      return refuse({ kind: 'gate-not-passed', message: 'This model did not pass its gate, so it may not serve.', field: ['id'] });
    }
    await em.execute("update models set status = 'retired' where kind = ? and status = 'champion'", [known.kind]);
    await em.execute("update models set status = 'champion', promoted_at = ? where id = ?", [new Date(), id]);
    await appendAudit(
      { em, actor: deps.actor },
      { action: 'model.promoted', subjectKind: 'model', subjectId: id, details: { kind: known.kind, version: known.version } },
    );
    await em.refresh(known);
    return accept(known);
  });
}

/** Puts the champion before this one back; the one rolled back from is retired and is not chosen by a second rollback. */
export async function rollbackModel(deps: Deps, kind: string): Promise<Result<Model>> {
  return deps.em.transactional(async (em) => {
    await lockKind(em, kind);
    const before = await em.findOne(Model, { kind, status: 'retired', promotedAt: { $ne: null } }, { orderBy: { promotedAt: 'desc' } });
    if (!before) return refuse({ kind: 'nothing-to-roll-back', message: 'No earlier champion of this kind is kept.', field: ['kind'] });
    await em.execute("update models set status = 'retired', promoted_at = null where kind = ? and status = 'champion'", [kind]);
    await em.execute("update models set status = 'champion' where id = ?", [before.id]);
    await appendAudit(
      { em, actor: deps.actor },
      { action: 'model.rolled-back', subjectKind: 'model', subjectId: before.id, details: { kind, version: before.version } },
    );
    await em.refresh(before);
    return accept(before);
  });
}

/** Two promotions of one kind wait for each other instead of meeting at the unique index. */
const lockKind = (em: EntityManager, kind: string): Promise<unknown> =>
  em.execute('select pg_advisory_xact_lock(4711003, hashtext(?))', [kind]);
