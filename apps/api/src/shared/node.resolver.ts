import { AppError, isAllowed } from '@promolift/domain';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { nodeSources } from '../node-sources.ts';
import type { ApiContext } from './context.ts';
import { requireUuid } from './ids.ts';
import { markNode, NodeType } from './node.type.ts';

@Resolver(() => NodeType)
export class NodeResolver {
  @Query(() => NodeType, { nullable: true, description: 'Any object by its id; null when there is none that you may see.' })
  async node(
    @Arg('id', () => ID, { description: 'UUID of the object.' }) id: string,
    @Ctx() { deps, principal }: ApiContext,
  ): Promise<NodeType | null> {
    requireUuid(id);
    const visible = nodeSources.filter((source) => isAllowed(principal, source.operation));
    if (visible.length === 0) throw new AppError('FORBIDDEN', 'You may not do this: node');
    // Table names come from our own list, never from the request.
    const union = visible.map(({ type, table }) => `select '${type}' as type from ${table} where id = $1`).join(' union all ');
    const { rows } = await deps.sql.query<{ type: string }>(union, [id]);
    const source = visible.find(({ type }) => type === rows[0]?.type);
    const found = await source?.load(deps, id);
    return found && source ? (markNode(found, source.type) as NodeType) : null;
  }
}
