import { randomUUID } from 'node:crypto';
import type { ExpressContextFunctionArgument } from '@as-integrations/express5';
import { depsFor, type Installation } from '@promolift/services';
import { createLoaders } from '../../loaders.ts';
import type { ApiContext } from '../context.ts';
import { toGraphqlError } from '../errors.ts';
import type { SignInLimit } from '../guards/sign-in-limit.ts';
import { callerOf } from './caller.ts';

export type RefreshableClock = { refresh(isForced?: boolean): Promise<void> };
export type ContextParts = { installation: Installation; clock: RefreshableClock; isDevelopment: boolean; signInLimit: SignInLimit };

/** Authenticates and opens one unit of work per request. */
export function createContextFactory({ installation, clock, isDevelopment, signInLimit }: ContextParts) {
  return async ({ req }: ExpressContextFunctionArgument): Promise<ApiContext> => {
    try {
      const [{ actor, sessionId }] = await Promise.all([callerOf(req, installation.database.pool), clock.refresh()]);
      const deps = depsFor(installation, actor);
      const principal = actor.kind === 'system' ? ({ kind: 'anonymous' } as const) : actor.principal;
      return {
        deps,
        principal,
        sessionId,
        isDevelopment,
        signInLimit,
        loaders: createLoaders(deps),
        requestId: randomUUID(),
        address: req.ip ?? '',
        refreshClock: (isForced) => clock.refresh(isForced),
      };
    } catch (error) {
      throw toGraphqlError(error);
    }
  };
}
