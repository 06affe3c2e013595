import type { Page } from '@promolift/services';
import { type ClassType, Field, Int, ObjectType } from 'type-graphql';

@ObjectType('PageInfo', { description: 'Where a page stands in its list.' })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Is there a page after this one?' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Is there a page before this one?' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor?: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; give it as `after` for the next page.' })
  endCursor?: string | null;
}

type Edge<Node> = { cursor: string; node: Node };
export type Connection<Node> = { edges: Edge<Node>[]; nodes: Node[]; pageInfo: PageInfoType; totalCount: number };

/** Makes `<name>Edge` and `<name>Connection`. Fields beyond these four are added by a resolver of the connection. */
export function connectionType<Node extends object>(name: string, nodeType: () => ClassType<Node>) {
  @ObjectType(`${name}Edge`, { description: `One ${name} and its place in the list.` })
  class EdgeType {
    @Field(() => String, { description: 'Opaque place in the list; give it as `after`.' })
    cursor!: string;

    @Field(nodeType, { description: `The ${name}.` })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name} (Relay connection).` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The page with cursors.' })
    edges!: EdgeType[];

    @Field(() => [nodeType()], { description: 'The page without cursors.' })
    nodes!: Node[];

    @Field(() => PageInfoType, { description: 'Where this page stands.' })
    pageInfo!: PageInfoType;

    @Field(() => Int, { description: 'Number of rows in the whole list, this filter applied.' })
    totalCount!: number;
  }

  return ConnectionType;
}

/** A service's page as a connection; `after` is the cursor that was asked with. */
export function toConnection<Node>(page: Page<Node>, after: string | null | undefined): Connection<Node> {
  return {
    edges: page.nodes.map((node, index) => ({ cursor: page.cursors[index] ?? '', node })),
    nodes: page.nodes,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: Boolean(after),
      startCursor: page.cursors.at(0) ?? null,
      endCursor: page.cursors.at(-1) ?? null,
    },
    totalCount: page.totalCount,
  };
}
