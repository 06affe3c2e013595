import type { Deps } from '@promolift/services';
import { Field, ID, InterfaceType } from 'type-graphql';

/** What `node(id)` needs from a slice: the table whose primary key is the id, and how to load the row its resolvers expect. */
export type NodeSource = { type: string; table: string; load: (deps: Deps, id: string) => Promise<object | null>; operation: string };

const nodeTypes = new WeakMap<object, string>();

/** Remembers the GraphQL type of a value that `node` returns. */
export function markNode<Value extends object>(value: Value, type: string): Value {
  nodeTypes.set(value, type);
  return value;
}

@InterfaceType('Node', {
  description: 'Anything with an id. Ids are UUIDs, unique over all types, so node(id) takes the same id as every other field.',
  resolveType: (value: object) => nodeTypes.get(value),
})
export abstract class NodeType {
  @Field(() => ID, { description: 'UUID, unique over all types.' })
  id!: string;
}
