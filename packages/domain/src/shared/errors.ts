export const APP_ERROR_CODES = [
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'IDEMPOTENCY_MISMATCH',
  'IN_PROGRESS',
  'RATE_LIMITED',
  'QUERY_REFUSED',
  'PAYLOAD_TOO_LARGE',
  'UNAVAILABLE',
  'TIMEOUT',
] as const;
export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** A fault of the caller. The API shows code and message; a job with it is final and not retried. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly field: readonly string[] | undefined;
  /** Set where trying again later helps. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: AppErrorCode,
    message: string,
    details: { field?: readonly string[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = details.field;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
