import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';

function toMinorUnits(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new GraphQLError('MinorUnits must be a whole number between -(2^53 - 1) and 2^53 - 1', { extensions: { code: 'BAD_USER_INPUT' } });
}

/** Money amounts: GraphQL's Int ends at 2^31, which is 21 million dollars in cents. */
export const MinorUnits = new GraphQLScalarType<number, number>({
  name: 'MinorUnits',
  description: "A whole number of a currency's minor unit (cents), up to 2^53 - 1; a JSON number.",
  serialize: (value) => toMinorUnits(typeof value === 'bigint' ? Number(value) : value),
  parseValue: toMinorUnits,
  parseLiteral: (node) => {
    if (node.kind !== Kind.INT)
      throw new GraphQLError('MinorUnits must be a whole number', { nodes: [node], extensions: { code: 'BAD_USER_INPUT' } });
    return toMinorUnits(Number(node.value));
  },
});

export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  description: 'An instant, ISO 8601 in UTC: 2026-11-23T04:51:05.000Z.',
  specifiedByURL: null,
  extensions: {},
});

export const Json = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  description: 'Any JSON value.',
  specifiedByURL: null,
  extensions: {},
});
