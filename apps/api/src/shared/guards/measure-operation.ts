import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  Kind,
  type GraphQLField,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { AppError } from '@promolift/domain';
import { ASSUMED_LIST_LENGTH, MAX_PAGE } from './operation-limits.ts';

export type OperationSize = { depth: number; cost: number; fields: number; aliases: number };

type Walk = {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
  known: Map<string, OperationSize>;
};

/**
 * How deep and dear a valid operation is. Each fragment is measured once, so that fragments that double n times take n steps.
 * Also checks every `first`: throws BAD_USER_INPUT outside 1..100. Of the introspection fields only the shape is counted, each list as one.
 */
export function measureOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): OperationSize {
  const root = schema.getRootType(operation.operation);
  return measureSelections({ schema, fragments, variables, known: new Map() }, operation.selectionSet, root ?? undefined, false);
}

const NOTHING: OperationSize = { depth: 0, cost: 0, fields: 0, aliases: 0 };

const sum = (a: OperationSize, b: OperationSize): OperationSize => ({
  depth: Math.max(a.depth, b.depth),
  cost: a.cost + b.cost,
  fields: a.fields + b.fields,
  aliases: a.aliases + b.aliases,
});

function measureSelections(walk: Walk, set: SelectionSetNode, type: GraphQLNamedType | undefined, isConnection: boolean): OperationSize {
  let size = NOTHING;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) size = sum(size, measureField(walk, selection, type, isConnection));
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      size = sum(
        size,
        measureSelections(walk, selection.selectionSet, typeNamed(walk, selection.typeCondition?.name.value) ?? type, isConnection),
      );
    else size = sum(size, measureFragment(walk, selection.name.value, isConnection));
  }
  return size;
}

function measureFragment(walk: Walk, name: string, isConnection: boolean): OperationSize {
  const key = `${name} ${isConnection}`;
  const known = walk.known.get(key);
  if (known) return known;
  const fragment = walk.fragments.get(name);
  walk.known.set(key, NOTHING);
  const size = fragment
    ? measureSelections(walk, fragment.selectionSet, typeNamed(walk, fragment.typeCondition.name.value), isConnection)
    : NOTHING;
  walk.known.set(key, size);
  return size;
}

const typeNamed = ({ schema }: Walk, name: string | undefined): GraphQLNamedType | undefined => (name ? schema.getType(name) : undefined);

function measureField(walk: Walk, node: FieldNode, parent: GraphQLNamedType | undefined, isConnection: boolean): OperationSize {
  const alias = node.alias && node.alias.value !== node.name.value ? 1 : 0;
  const own = { depth: 1, cost: 1, fields: 1, aliases: alias };
  const field = fieldOf(parent, node.name.value);
  if (!field) return node.selectionSet ? nested(own, 1, measureSelections(walk, node.selectionSet, undefined, false)) : own;
  const first = firstOf(walk, node, field);
  const type = getNamedType(field.type);
  if (!node.selectionSet || !isCompositeType(type)) return own;
  const startsConnection = type.name.endsWith('Connection');
  const inside = measureSelections(walk, node.selectionSet, type, startsConnection);
  const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
  // The connection itself was multiplied; its edges and nodes are that same list.
  const length = first ?? (startsConnection ? 20 : isList && !isConnection ? ASSUMED_LIST_LENGTH : 1);
  return nested(own, length, inside);
}

const nested = (own: OperationSize, length: number, inside: OperationSize): OperationSize => ({
  depth: own.depth + inside.depth,
  cost: own.cost + length * inside.cost,
  fields: own.fields + inside.fields,
  aliases: own.aliases + inside.aliases,
});

function fieldOf(parent: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  return parent && (isObjectType(parent) || isInterfaceType(parent)) ? parent.getFields()[name] : undefined;
}

function firstOf({ variables }: Walk, node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
  const argument = field.args.find(({ name }) => name === 'first');
  if (!argument) return undefined;
  const given = node.arguments?.find(({ name }) => name.value === 'first');
  const value = given ? literalOf(given.value, variables) : undefined;
  const first = value ?? argument.defaultValue;
  if (first === undefined || first === null) return undefined;
  if (!Number.isInteger(first) || Number(first) < 1 || Number(first) > MAX_PAGE)
    throw new AppError('BAD_USER_INPUT', `first must be a whole number from 1 to ${MAX_PAGE}`, { field: ['first'] });
  return Number(first);
}

function literalOf(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (node.kind === Kind.VARIABLE) return variables[node.name.value];
  return node.kind === Kind.INT ? Number(node.value) : undefined;
}
