import type { ApprovalRecord, CampaignVersionRecord, CampaignView } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ApprovalType, CampaignVersionType } from '../campaigns/campaign-parts.type.ts';
import { CampaignType } from '../campaigns/campaign.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { present } from '../shared/present.ts';
import { AuditEntryType } from './audit-entry.type.ts';
import { ManagerType } from './manager.type.ts';

@Resolver(() => CampaignType)
export class CampaignPeopleResolver {
  @FieldResolver(() => ManagerType, { nullable: true, description: 'The manager who wrote it first; null for proposals.' })
  author(@Root() { authorId }: CampaignView, @Ctx() { loaders }: ApiContext): Promise<ManagerType | null> | null {
    return authorId ? loaders.manager.load(authorId) : null;
  }

  @FieldResolver(() => [AuditEntryType], { description: 'What was done to it, newest first.' })
  auditEntries(
    @Root() { id }: CampaignView,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<AuditEntryType[]> {
    return loaders.auditOfCampaign.load({ id, count: first });
  }
}

@Resolver(() => ApprovalType)
export class ApprovalManagerResolver {
  @FieldResolver(() => ManagerType, { description: 'Who gave it.' })
  async manager(@Root() { managerId }: ApprovalRecord, @Ctx() { loaders }: ApiContext): Promise<ManagerType> {
    return present(await loaders.manager.load(managerId), 'manager');
  }
}

@Resolver(() => CampaignVersionType)
export class VersionAuthorResolver {
  @FieldResolver(() => ManagerType, { nullable: true, description: 'Who wrote it; null for proposals.' })
  createdBy(@Root() { createdBy }: CampaignVersionRecord, @Ctx() { loaders }: ApiContext): Promise<ManagerType | null> | null {
    return createdBy ? loaders.manager.load(createdBy) : null;
  }
}
