import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { resolvers } from './resolvers.ts';

/** The executable schema from the one list of resolvers. Arguments are checked by zod in the services, not by class-validator. */
export function buildApiSchema(): GraphQLSchema {
  return buildSchemaSync({ resolvers: Object.values(resolvers).flat() as unknown as NonEmptyArray<new () => object>, validate: false });
}

/** The SDL as committed in packages/api-schema: sorted, so that only changes show. */
export function printApiSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildApiSchema()))}\n`;
}
