import type { AuditEntry } from '@promolift/db';
import { isAuditChainValid, listAuditEntries } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { toConnection } from '../shared/page.type.ts';
import { AuditEntryConnectionType, AuditEntryType, AuditFilterInput } from './audit-entry.type.ts';
import { ManagerType } from './manager.type.ts';

@Resolver(() => AuditEntryType)
export class AuditEntryResolver {
  @Query(() => AuditEntryConnectionType, { description: 'What was done, newest first.' })
  async auditEntries(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 100; default 20.' }) first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last entry seen.' }) after: string | undefined,
    @Arg('filter', () => AuditFilterInput, { nullable: true, description: 'Which entries.' }) filter: AuditFilterInput | undefined,
    @Ctx() { deps }: ApiContext,
  ): Promise<AuditEntryConnectionType> {
    return toConnection(await listAuditEntries(deps, { first: first ?? null, after: after ?? null, filter: filter ?? null }), after);
  }

  @FieldResolver(() => String, { description: 'Place in the chain, a whole number.' })
  seq(@Root() entry: AuditEntry): string {
    return String(entry.seq);
  }

  @FieldResolver(() => String, { description: 'Kind of thing it was done to.' })
  subjectKind(@Root() entry: AuditEntry): string {
    return entry.subjectKind ?? '';
  }

  @FieldResolver(() => String, { description: 'Id of the thing it was done to.' })
  subjectId(@Root() entry: AuditEntry): string {
    return entry.subjectId ?? '';
  }

  @FieldResolver(() => ManagerType, { nullable: true, description: 'The manager who did it; null for keys and the system.' })
  actor(@Root() { actorKind, actorId }: AuditEntry, @Ctx() { loaders }: ApiContext): Promise<ManagerType | null> | null {
    return actorKind === 'manager' && actorId ? loaders.manager.load(actorId) : null;
  }
}

@Resolver(() => AuditEntryConnectionType)
export class AuditEntryConnectionResolver {
  @FieldResolver(() => Boolean, { description: 'Do all hashes still fit? False means that somebody changed the past.' })
  isChainValid(@Ctx() { deps }: ApiContext): Promise<boolean> {
    return isAuditChainValid(deps);
  }
}
