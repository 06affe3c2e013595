import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { ApiContext } from '../context.ts';
import { MONEY_MUTATIONS } from './operation-limits.ts';
import { consume } from './sign-in-limit.ts';

/** Requests a second and caller, as points per 10 seconds, by kind of work. */
const POINTS_PER_10_SECONDS = { read: 3_000, write: 600, money: 1_500, track: 1_500, heavy: 100 } as const;
type OperationClass = keyof typeof POINTS_PER_10_SECONDS;

const HEAVY = new Set(['trainModels', 'proposeCampaigns', 'importData', 'previewImport', 'measureCampaign', 'exportUser', 'eraseUser']);

export type OperationRates = { take(context: ApiContext, operation: string, fields: readonly string[]): Promise<void> };

export function createOperationRates(): OperationRates {
  const limiters = Object.fromEntries(
    Object.entries(POINTS_PER_10_SECONDS).map(([kind, points]) => [kind, new RateLimiterMemory({ keyPrefix: kind, points, duration: 10 })]),
  ) as Record<OperationClass, RateLimiterMemory>;
  return {
    take: ({ principal, address }, operation, fields) => {
      const caller = principal.kind === 'manager' ? principal.managerId : principal.kind === 'key' ? principal.apiKeyId : address;
      return consume(limiters[classOf(operation, fields)], caller);
    },
  };
}

function classOf(operation: string, fields: readonly string[]): OperationClass {
  if (fields.some((field) => HEAVY.has(field))) return 'heavy';
  if (operation !== 'mutation') return 'read';
  if (fields.some((field) => MONEY_MUTATIONS.has(field))) return 'money';
  return fields.every((field) => field === 'trackEvents') ? 'track' : 'write';
}
