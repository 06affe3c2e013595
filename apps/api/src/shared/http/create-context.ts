import { randomUUID } from 'node:crypto';
import type { ExpressContextFunctionArgument } from '@as-integrations/express5';
import { depsFor, type Installation } from '@promolift/services';
import { createLoaders } from '../../loaders.ts';
import type { ApiContext } from '../context.ts';
import { toGraphqlError } from '../errors.ts';
import type { createCodeGuesses } from '../guards/code-guesses.ts';
import type { SignInLimit } from '../guards/sign-in-limit.ts';
import { callerOf } from './caller.ts';

export type RefreshableClock = { refresh(isForced?: boolean): Promise<void> };
export type ContextParts = {
  installation: Installation;
  clock: RefreshableClock;
  isDevelopment: boolean;
  signInLimit: SignInLimit;
  codeGuesses: ReturnType<typeof createCodeGuesses>;
};

/** Authenticates and opens one unit of work per request. */
export function createContextFactory({ installation, clock, isDevelopment, signInLimit, codeGuesses }: ContextParts) {
  return async ({ req }: ExpressContextFunctionArgument): Promise<ApiContext> => {
    try {
      const [{ actor, sessionId }] = await Promise.all([callerOf(req, installation.database.pool), clock.refresh()]);
      const principal = actor.kind === 'system' ? ({ kind: 'anonymous' } as const) : actor.principal;
      const address = req.ip ?? '';
      const deps = { ...depsFor(installation, actor), codeGuesses: codeGuesses({ principal, address }) };
      return {
        deps,
        principal,
        sessionId,
        isDevelopment,
        signInLimit,
        loaders: createLoaders(deps),
        requestId: randomUUID(),
        address,
        refreshClock: (isForced) => clock.refresh(isForced),
      };
    } catch (error) {
      throw toGraphqlError(error);
    }
  };
}
