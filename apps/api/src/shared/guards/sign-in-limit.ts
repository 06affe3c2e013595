import { createHash } from 'node:crypto';
import { AppError } from '@promolift/domain';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 900;
const ATTEMPTS_PER_ACCOUNT = 10;
const ATTEMPTS_PER_ADDRESS = 50;

/** Slows guessing down, per account and per address; a success forgives the account. */
export type SignInLimit = { beforeAttempt(email: string, address: string): Promise<void>; afterSuccess(email: string): Promise<void> };

export function createSignInLimit(): SignInLimit {
  const perAccount = new RateLimiterMemory({ keyPrefix: 'account', points: ATTEMPTS_PER_ACCOUNT, duration: WINDOW_SECONDS });
  const perAddress = new RateLimiterMemory({ keyPrefix: 'address', points: ATTEMPTS_PER_ADDRESS, duration: WINDOW_SECONDS });
  return {
    async beforeAttempt(email, address) {
      await consume(perAddress, address);
      await consume(perAccount, accountKey(email));
    },
    async afterSuccess(email) {
      await perAccount.delete(accountKey(email));
    },
  };
}

const accountKey = (email: string): string => createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');

/** Takes a point or throws RATE_LIMITED with the seconds to wait. */
export async function consume(limiter: RateLimiterMemory, key: string, points = 1): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
    throw new AppError('RATE_LIMITED', `Too many requests; try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
  }
}
