import { AppError, isAllowed } from '@promolift/domain';
import type { Actor, Deps } from './deps.ts';

/** Stable text for keys and audit entries. */
export const actorId = (actor: Actor): string | null => ('id' in actor ? actor.id : null);

/** The manager who asks, or null for keys, jobs and the CLI. */
export const managerIdOf = (actor: Actor): string | null => (actor.kind === 'manager' ? actor.id : null);

/** A key that stands in a page, where everybody can read it. */
export const isPublishable = (actor: Actor): boolean =>
  actor.kind === 'key' && actor.principal.kind === 'key' && actor.principal.keyKind === 'storefront_publishable';

/** Throws FORBIDDEN (UNAUTHENTICATED for nobody) unless the domain's table lets this actor do it; the system may do all. */
export function requireAllowed({ actor }: Pick<Deps, 'actor'>, operation: string): void {
  if (actor.kind === 'system' || isAllowed(actor.principal, operation)) return;
  if (actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in or send an API key.');
  throw new AppError('FORBIDDEN', `You may not do this: ${operation}`);
}
