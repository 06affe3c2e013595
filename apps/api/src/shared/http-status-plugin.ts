import type { ApolloServerPlugin } from '@apollo/server';
import type { ApiContext } from './context.ts';
import { statusOf } from './errors.ts';

const MAX_ERRORS_SHOWN = 5;

/** The HTTP status follows the first error when there is no data at all; an answer with part of its data stays 200. */
export const httpStatusPlugin: ApolloServerPlugin<ApiContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single') return;
        const { data, errors } = response.body.singleResult;
        if (!errors || errors.length === 0) return;
        response.body.singleResult.errors = errors.slice(0, MAX_ERRORS_SHOWN);
        // Refusals before execution carry their own.
        if (response.http.status !== undefined && response.http.status !== 200) return;
        const hasData = data && Object.values(data).some((value) => value !== null);
        if (hasData) return;
        const extensions = errors[0]?.extensions;
        response.http.status = statusOf(extensions?.['code']);
        if (extensions?.['retryAfterSeconds'] !== undefined)
          response.http.headers.set('retry-after', String(extensions['retryAfterSeconds']));
      },
    };
  },
};
