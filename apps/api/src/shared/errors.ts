import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { AppError, type AppErrorCode } from '@promolift/domain';
import type { ServiceLogger } from '@promolift/services';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

const STATUS: Readonly<Record<AppErrorCode | 'INTERNAL', number>> = {
  BAD_USER_INPUT: 400,
  QUERY_REFUSED: 400,
  IDEMPOTENCY_MISMATCH: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IN_PROGRESS: 409,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
  INTERNAL: 500,
};

export const statusOf = (code: unknown): number => (typeof code === 'string' && code in STATUS ? STATUS[code as keyof typeof STATUS] : 400);

/** A fault of the caller with its HTTP status, for everything that is refused before resolvers run; other errors stay as they are. */
export function toGraphqlError(thrown: unknown): unknown {
  const fault = databaseFault(thrown);
  const error = fault ? new AppError(fault.code, fault.message, { retryAfterSeconds: 2, cause: thrown }) : thrown;
  if (!(error instanceof AppError)) return error;
  const headers = new Map(error.retryAfterSeconds === undefined ? [] : [['retry-after', String(error.retryAfterSeconds)]]);
  return new GraphQLError(error.message, { extensions: { ...extensionsOf(error), http: { status: statusOf(error.code), headers } } });
}

const extensionsOf = ({ code, field, retryAfterSeconds }: AppError): Record<string, unknown> => ({
  code,
  ...(field && { field: [...field] }),
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

/** Messages and codes of connection losses: the database is away, not wrong. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
]);
/** PostgreSQL's statement_timeout. */
const QUERY_CANCELED = '57014';
const TIMEOUT_TEXT = 'The database took too long; ask for less, or try again.';
const UNREACHABLE_TEXT = 'The database cannot be reached; try again soon.';
const SAFE_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** What a caller sees: code and message of their own faults, an error id for ours (its text goes to the log only). */
export function createErrorFormatter(log: ServiceLogger) {
  return (formatted: GraphQLFormattedError, raw: unknown): GraphQLFormattedError => {
    const error = unwrapResolverError(raw);
    const place = { ...(formatted.path && { path: formatted.path }), ...(formatted.locations && { locations: formatted.locations }) };
    if (error instanceof AppError) return { message: error.message, ...place, extensions: extensionsOf(error) };
    const code = formatted.extensions?.['code'];
    if (error instanceof GraphQLError && (SAFE_CODES.has(String(code)) || String(code) in STATUS)) {
      return { message: error.message, ...place, extensions: pickSafe(formatted.extensions ?? {}) };
    }
    const errorId = randomUUID();
    log.error({ errorId, path: formatted.path?.join('.'), error }, 'request failed');
    const fault = databaseFault(error);
    if (fault) return { message: fault.message, ...place, extensions: { code: fault.code, errorId, retryAfterSeconds: 2 } };
    return { message: 'Something went wrong on our side.', ...place, extensions: { code: 'INTERNAL', errorId } };
  };
}

/** Is it the database that did not answer, and how? Null for every other fault. */
function databaseFault(error: unknown): { code: 'UNAVAILABLE' | 'TIMEOUT'; message: string } | null {
  const codes = codesOf(error);
  if (codes.some((code) => UNREACHABLE.has(code))) return { code: 'UNAVAILABLE', message: UNREACHABLE_TEXT };
  return codes.includes(QUERY_CANCELED) ? { code: 'TIMEOUT', message: TIMEOUT_TEXT } : null;
}

/** The codes of an error and of what caused it. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 3) return [];
  return [...('code' in error ? [String(error.code)] : []), ...codesOf(error.cause, depth + 1)];
}

function pickSafe({ code, field, retryAfterSeconds }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { code, ...(field !== undefined && { field }), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
