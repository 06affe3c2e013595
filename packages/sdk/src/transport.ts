import { PromoliftError } from './promolift-error.ts';

/** What was asked and answered; never holds the key. `result` is the data, or the error's code and message. */
export type QueryRecord = {
  operation: string;
  document: string;
  variables: unknown;
  milliseconds: number;
  result: { data: unknown } | { error: { code: string; message: string } };
};

export type PromoliftOptions = {
  /** Address of the API with or without `/graphql`. */
  url: string;
  /** `pk_…` in browsers, `sk_…` on servers only. */
  key: string;
  /** For one try, default 2,000. */
  timeoutMs?: number;
  fetch?: typeof globalThis.fetch;
  /** Called after each operation, e.g. to show what was asked. Its throws are swallowed: a listener must not break a shop. */
  onQuery?: (record: QueryRecord) => void;
};

/** How often an operation may be sent: reads once, since a shop would rather fall back than wait; idempotent writes thrice. */
export const TRIES = { read: 1, write: 3 } as const;
const WORTH_A_RETRY = new Set(['TIMEOUT', 'UNAVAILABLE', 'IN_PROGRESS', 'RATE_LIMITED']);
const MAX_PAUSE_MS = 2_000;

export type Send = <Data, Variables>(operation: string, document: string, variables: Variables, tries: number) => Promise<Data>;

export function createTransport(options: PromoliftOptions): Send {
  const url = options.url.endsWith('/graphql') ? options.url : `${options.url.replace(/\/$/, '')}/graphql`;

  return async <Data, Variables>(operation: string, document: string, variables: Variables, tries: number): Promise<Data> => {
    const startedAt = performance.now();
    // Indentation of the source is of no use to a reader of the log.
    const query = document.trim().replace(/\n {2}/g, '\n');
    const tell = (result: QueryRecord['result']) => {
      try {
        options.onQuery?.({ operation, document: query, variables, milliseconds: performance.now() - startedAt, result });
      } catch {}
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const data = await post<Data>(options, url, JSON.stringify({ operationName: operation, query, variables }));
        tell({ data });
        return data;
      } catch (fault) {
        const error =
          fault instanceof PromoliftError ? fault : new PromoliftError('UNAVAILABLE', 'Promolift gave no answer.', { cause: fault });
        if (attempt < tries && WORTH_A_RETRY.has(error.code)) {
          await pause(error.retryAfterSeconds === undefined ? 100 * 2 ** (attempt - 1) : error.retryAfterSeconds * 1_000);
          continue;
        }
        tell({ error: { code: error.code, message: error.message } });
        throw error;
      }
    }
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, MAX_PAUSE_MS)));

async function post<Data>(
  { key, timeoutMs = 2_000, fetch = globalThis.fetch }: PromoliftOptions,
  url: string,
  body: string,
): Promise<Data> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body,
      signal: abort.signal,
      cache: 'no-store',
    });
    return dataOf<Data>(response.status, await response.text());
  } catch (fault) {
    if (abort.signal.aborted) throw new PromoliftError('TIMEOUT', `Promolift gave no answer within ${timeoutMs} ms.`, { cause: fault });
    throw fault;
  } finally {
    clearTimeout(timer);
  }
}

type GraphqlError = { message: string; extensions?: { code?: string; errorId?: string; retryAfterSeconds?: number } };

/** The API's own schema vouches for the shape of `data`; everything else about the answer is checked. */
function dataOf<Data>(status: number, text: string): Data {
  const answer = parse(text);
  const [error] = answer?.errors ?? [];
  if (error) {
    const { code = 'INTERNAL', errorId, retryAfterSeconds } = error.extensions ?? {};
    throw new PromoliftError(code, error.message, {
      ...(errorId && { errorId }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
  if (!answer?.data) throw new PromoliftError('UNAVAILABLE', `Promolift answered ${status} without data.`);
  return answer.data as Data;
}

function parse(text: string): { data?: unknown; errors?: GraphqlError[] } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
