import type { Principal } from '@promolift/domain';
import type { Deps } from '@promolift/services';
import type { Loaders } from '../loaders.ts';
import type { SignInLimit } from './guards/sign-in-limit.ts';

/** What every resolver gets as `@Ctx()`; one per request. `deps.actor` is who asks. */
export type ApiContext = {
  deps: Deps;
  principal: Principal;
  loaders: Loaders;
  requestId: string;
  /** The session to end at signOut; null for keys and nobody. */
  sessionId: string | null;
  /** Address of the caller, for rate limits only; never logged or stored. */
  address: string;
  isDevelopment: boolean;
  signInLimit: SignInLimit;
  refreshClock: (isForced: boolean) => Promise<void>;
};
