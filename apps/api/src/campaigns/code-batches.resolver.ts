import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { toCodeBatch } from '../promotions/code.resolver.ts';
import { CodeBatchType, CodeType } from '../promotions/code.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { present } from '../shared/present.ts';
import { CampaignType } from './campaign.type.ts';

@Resolver(() => CampaignType)
export class CampaignCodeBatchesResolver {
  @FieldResolver(() => [CodeBatchType], { description: 'Codes that were made for it, newest first.' })
  async codeBatches(@Root() { id }: { id: string }, @Ctx() { loaders }: ApiContext): Promise<CodeBatchType[]> {
    return (await loaders.codeBatchesOfCampaign.load(id)).map(toCodeBatch);
  }
}

@Resolver(() => CodeType)
export class CodeCampaignResolver {
  @FieldResolver(() => CampaignType, { description: 'The campaign it belongs to.' })
  async campaign(@Root() { campaignId }: CodeType, @Ctx() { loaders }: ApiContext): Promise<CampaignType> {
    return present(await loaders.campaign.load(campaignId), 'campaign');
  }
}
