import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CommandStop, messageOf } from './command-stop.ts';

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).loose().optional() })).optional(),
});

/** The API answered with an error; `code` is its `extensions.code`. */
export class ApiRefusal extends Error {
  readonly code: string | undefined;

  constructor(code: string | undefined, message: string) {
    super(`The API refused (${code ?? 'no code'}): ${message}`);
    this.name = 'ApiRefusal';
    this.code = code;
  }
}

export type GraphqlClient = <Data>(schema: z.ZodType<Data>, query: string, variables?: Record<string, unknown>) => Promise<Data>;

const RATE_PAUSE_MS = 500;
const MAX_ATTEMPTS = 20;

/** A caller of the API as any shop's server would be. Waits when the API asks to slow down; stops when it refuses or is not there. */
export function openGraphql(apiUrl: string, token: string | null): GraphqlClient {
  const post = async (query: string, variables: Record<string, unknown>) => {
    try {
      const response = await fetch(`${apiUrl}/graphql`, {
        method: 'POST',
        body: JSON.stringify({ query, variables }),
        headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      });
      return Answer.parse(await response.json());
    } catch (cause) {
      throw new CommandStop(
        `The API at ${apiUrl} does not answer (${messageOf(cause)}); start the product with "npm start" and run this command beside it.`,
        { cause },
      );
    }
  };
  return async (schema, query, variables = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      const { data, errors } = await post(query, variables);
      const error = errors?.[0];
      if (!error) return schema.parse(data);
      if (error.extensions?.code !== 'RATE_LIMITED' || attempt === MAX_ATTEMPTS)
        throw new ApiRefusal(error.extensions?.code, error.message);
      await sleep(RATE_PAUSE_MS);
    }
  };
}
