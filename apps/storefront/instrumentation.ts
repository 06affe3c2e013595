import { env } from './lib/env.ts';

/** A missing key is said at the start, not to the first shopper. */
export function register() {
  if (process.env['NEXT_RUNTIME'] !== 'edge') void env.storefrontKey;
}
