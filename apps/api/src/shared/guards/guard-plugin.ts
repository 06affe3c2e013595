import type { ApolloServerPlugin } from '@apollo/server';
import { AppError, isAllowed, type Principal } from '@promolift/domain';
import type { Deps } from '@promolift/services';
import { type FragmentDefinitionNode, Kind } from 'graphql';
import type { ApiContext } from '../context.ts';
import { toGraphqlError } from '../errors.ts';
import { measureOperation } from './measure-operation.ts';
import { MAX_ALIASES, MAX_COST, MAX_DEPTH, MAX_FIELDS, MAX_INTROSPECTION_DEPTH, MONEY_MUTATIONS } from './operation-limits.ts';
import type { OperationRates } from './operation-rates.ts';
import { createForbiddenRecord } from './record-forbidden.ts';
import { requireSafelisted, type Safelist } from './safelist.ts';
import { rootFields } from './root-fields.ts';
import { refuseHiddenFields } from './shop-fields.ts';
import { requireStorableText } from './storable-text.ts';

const INTROSPECTION = new Set(['__schema', '__type']);

/** Decides before anything runs: is it allowed, is it too much, is it too often. Default is deny. */
export function guardPlugin(rates: OperationRates, safelist: Safelist | null = null): ApolloServerPlugin<ApiContext> {
  const recordForbidden = createForbiddenRecord();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue, schema, document, operation, request }) {
          if (!operation) return;
          try {
            const fragments = new Map(
              document.definitions
                .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
                .map((node) => [node.name.value, node]),
            );
            const fields = rootFields(operation, fragments);
            await requireRights(contextValue, fields, recordForbidden);
            requireSafelisted(safelist, contextValue.principal, document);
            if (contextValue.principal.kind === 'key') refuseHiddenFields(schema, document, contextValue.principal.keyKind);
            requireSmall(contextValue.principal, fields, measureOperation(schema, operation, fragments, request.variables ?? {}));
            requireStorableText(document, request.variables);
            await rates.take(contextValue, operation.operation, fields);
          } catch (error) {
            throw toGraphqlError(error);
          }
        },
      };
    },
  };
}

async function requireRights(
  { deps, principal, isDevelopment }: ApiContext,
  fields: readonly string[],
  recordForbidden: (deps: Deps, operation: string) => Promise<void>,
): Promise<void> {
  for (const field of fields) {
    if (field === '__typename') continue;
    if (INTROSPECTION.has(field)) {
      if (isDevelopment || principal.kind === 'manager') continue;
      throw new AppError('QUERY_REFUSED', 'Introspection is for signed-in managers.');
    }
    if (isAllowed(principal, field)) continue;
    if (principal.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in or send an API key.');
    await recordForbidden(deps, field);
    throw new AppError('FORBIDDEN', `You may not do this: ${field}`);
  }
}

function requireSmall(principal: Principal, rootNames: readonly string[], size: ReturnType<typeof measureOperation>): void {
  const isIntrospection = rootNames.every((name) => INTROSPECTION.has(name));
  const isTooMuch =
    size.depth > (isIntrospection ? MAX_INTROSPECTION_DEPTH : MAX_DEPTH) ||
    size.aliases > MAX_ALIASES ||
    size.fields > MAX_FIELDS ||
    size.cost > MAX_COST[principal.kind];
  if (isTooMuch) throw new AppError('QUERY_REFUSED', 'This query asks for too much at once.');
  if (rootNames.filter((name) => MONEY_MUTATIONS.has(name)).length > 1)
    throw new AppError('QUERY_REFUSED', 'Only one mutation of this kind per request.');
}
