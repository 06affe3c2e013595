import { readInbox } from '@promolift/services';
import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { moneyOrNull } from '../shared/money.type.ts';
import { textOf } from '../shared/text.type.ts';
import { ProposalRunType, TrackRecordType } from './campaign-parts.type.ts';
import { CampaignType } from './campaign.type.ts';

@ObjectType('Inbox', { description: 'What waits for a decision.' })
export class InboxType {
  @Field(() => [CampaignType], { description: 'Campaigns in review, most promising first, at most 100.' })
  proposals!: CampaignType[];

  @Field(() => TrackRecordType, { description: 'How earlier promises were kept.' })
  trackRecord!: TrackRecordType;

  @Field(() => ProposalRunType, { nullable: true, description: 'The newest search for campaigns; null before the first.' })
  lastRun!: ProposalRunType | null;
}

@Resolver(() => InboxType)
export class InboxResolver {
  @Query(() => InboxType, { description: 'What waits for a decision.' })
  async inbox(@Ctx() { deps }: ApiContext): Promise<InboxType> {
    const { proposals, trackRecord, lastRun } = await readInbox(deps);
    return {
      proposals,
      trackRecord: {
        campaignCount: trackRecord.campaignCount,
        promised: moneyOrNull(trackRecord.promisedMinor, trackRecord.currency),
        measured: moneyOrNull(trackRecord.measuredMinor, trackRecord.currency),
      },
      lastRun: lastRun && {
        ...lastRun,
        at: new Date(lastRun.at),
        sentence: textOf(lastRun.sentence),
        dropped: lastRun.dropped.map((idea) => ({ ...idea, reason: textOf(idea.reason) })),
      },
    };
  }
}
