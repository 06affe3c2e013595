import { isOperation } from '@promolift/domain';
import { actorId, appendAudit, type Deps } from '@promolift/services';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** The same attempt again within this time adds nothing, and a flood must not fill the log that nobody may shorten. */
const ONCE_PER_SECONDS = 60;

/** Keeps that a manager tried what the role does not allow; keys and strangers are refused without an entry. */
export function createForbiddenRecord(): (deps: Deps, operation: string) => Promise<void> {
  const seen = new RateLimiterMemory({ keyPrefix: 'forbidden', points: 1, duration: ONCE_PER_SECONDS });
  return async (deps, operation) => {
    if (deps.actor.kind !== 'manager' || !isOperation(operation)) return;
    try {
      await seen.consume(`${actorId(deps.actor)}:${operation}`);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return;
      throw refused;
    }
    await deps.em.transactional((em) =>
      appendAudit(
        { em, actor: deps.actor },
        {
          action: 'operation.forbidden',
          subjectKind: 'operation',
          subjectId: operation,
          details: { role: deps.actor.kind === 'manager' && deps.actor.principal.kind === 'manager' ? deps.actor.principal.role : null },
        },
      ),
    );
  };
}
