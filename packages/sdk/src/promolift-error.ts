export type UserError = { message: string; field?: readonly string[] | null | undefined; code: string };

/**
 * A call that gave no usable answer. `code` is the API's (`UNAUTHENTICATED`, `RATE_LIMITED`, …) or one of ours:
 * `TIMEOUT`, `UNAVAILABLE` (no connection or no GraphQL answer). `errorId` finds the fault in the API's log.
 */
export class PromoliftError extends Error {
  readonly code: string;
  readonly errorId: string | undefined;
  readonly userErrors: readonly UserError[] | undefined;
  /** Set where trying again later helps. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: string,
    message: string,
    details: { errorId?: string; userErrors?: readonly UserError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'PromoliftError';
    this.code = code;
    this.errorId = details.errorId;
    this.userErrors = details.userErrors;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** For callers who prefer a throw to a list of refusals: the payload itself when nothing was refused. */
export function orThrow<Payload extends { userErrors: readonly UserError[] }>(payload: Payload): Payload {
  const [first] = payload.userErrors;
  if (first) throw new PromoliftError(first.code, first.message, { userErrors: payload.userErrors });
  return payload;
}
