import { existsSync, readFileSync } from 'node:fs';
import { isAllowed, KEY_KINDS, OPERATIONS, type Principal, ROLES } from '@promolift/domain';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildApiSchema, printApiSchema } from './build-schema.ts';
import { nodeSources } from './node-sources.ts';

const schema = buildApiSchema();
const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));
const principals: Principal[] = [
  { kind: 'anonymous' },
  ...KEY_KINDS.map((keyKind) => ({ kind: 'key', apiKeyId: 'k', keyKind }) as const),
  ...ROLES.map((role) => ({ kind: 'manager', managerId: 'm', role }) as const),
];

const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));

describe('schema', () => {
  test('says what everything is: no type, field, argument or enum value without a description', () => {
    expect(types.flatMap(undescribed)).toEqual([]);
  });

  test('is what is committed in packages/api-schema', () => {
    const committed = new URL('../../../packages/api-schema/schema.graphql', import.meta.url);
    expect(existsSync(committed)).toBe(true);
    expect(readFileSync(committed, 'utf8'), 'run npm run schema:emit').toBe(printApiSchema());
  });

  test('every type that implements Node can be found by node(id)', () => {
    const node = schema.getType('Node');
    const implementing = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];
    expect(nodeSources.map(({ type }) => type).sort()).toEqual(implementing.sort());
  });
});

describe('rights', () => {
  test('every root field has a rule: the admin or a key may use it', () => {
    expect(rootFields.filter((field) => !principals.some((principal) => isAllowed(principal, field)))).toEqual([]);
  });

  test('every rule has a root field', () => {
    expect(OPERATIONS.filter((operation) => !rootFields.includes(operation))).toEqual([]);
  });

  test('nobody signed in may only sign in, sign out and ask who they are', () => {
    expect(rootFields.filter((field) => isAllowed({ kind: 'anonymous' }, field)).sort()).toEqual(['me', 'signIn', 'signOut']);
  });

  test('node sources name operations of the table', () => {
    expect(nodeSources.map(({ operation }) => operation).filter((operation) => !rootFields.includes(operation))).toEqual([]);
  });
});

function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description ? [] : [type.name];
  if (isEnumType(type))
    return [
      ...missing,
      ...type
        .getValues()
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`),
    ];
  // The root types are type-graphql's own.
  const found = type.name === 'Query' || type.name === 'Mutation' ? [] : missing;
  if (isInputObjectType(type))
    return [
      ...found,
      ...Object.values(type.getFields())
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`),
    ];
  if (!isObjectType(type) && !isInterfaceType(type)) return found;
  const fields = Object.values(type.getFields());
  return [
    ...found,
    ...fields.filter(({ description }) => !description).map(({ name }) => `${type.name}.${name}`),
    ...fields.flatMap(({ name, args }) =>
      args.filter(({ description }) => !description).map((argument) => `${type.name}.${name}(${argument.name})`),
    ),
  ];
}
