import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { TypedDocumentString } from '@/generated/graphql.ts';
import { SESSION_COOKIE } from './cookies.ts';
import { env } from './env.ts';

const TIMEOUT_MS = 20_000;

const Answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({ message: z.string(), extensions: z.object({ code: z.string().optional(), errorId: z.string().optional() }).optional() }),
    )
    .optional(),
});

/** The API refused or could not answer. `digest` is what reaches the error page: `CODE` or `CODE:error id`. */
export class ApiFault extends Error {
  readonly code: string;
  readonly digest: string;
  constructor(code: string, message: string, errorId?: string) {
    super(message);
    this.name = 'ApiFault';
    this.code = code;
    this.digest = errorId ? `${code}:${errorId}` : code;
  }
}

export async function sessionToken(): Promise<string | undefined> {
  return (await cookies()).get(SESSION_COOKIE)?.value;
}

/** Runs one typed operation as the signed-in manager. An ended session leads to the sign-in page; other faults throw `ApiFault`. */
export async function query<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
  const token = await sessionToken();
  const response = await fetch(new URL('/graphql', env.API_URL), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'apollo-require-preflight': 'true',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new ApiFault('UNREACHABLE', `No answer from ${env.API_URL}: ${cause instanceof Error ? cause.message : 'unknown reason'}`);
  });
  const parsed = Answer.safeParse(await response.json().catch(() => null));
  if (!parsed.success) throw new ApiFault('UNREACHABLE', `${env.API_URL} answered ${response.status} without GraphQL`);
  const fault = parsed.data.errors?.[0];
  if (fault) {
    const code = fault.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
    if (code === 'UNAUTHENTICATED') redirect('/sign-in');
    throw new ApiFault(code, fault.message, fault.extensions?.errorId);
  }
  // The documents are generated from the contract that the API serves, so its answer has the document's shape.
  return parsed.data.data as Result;
}
