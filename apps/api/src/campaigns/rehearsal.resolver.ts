import { REJECTION_REASONS } from '@promolift/domain';
import { describeCampaign, findCampaign, readSettings, type Rehearsal, rehearseCampaign } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { moneyOf } from '../shared/money.type.ts';
import { present } from '../shared/present.ts';
import { textOf } from '../shared/text.type.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { CampaignType } from './campaign.type.ts';
import { toContent, toInputField } from './map-content.ts';
import { toGuardrail } from './map-evidence.ts';
import {
  CollisionType,
  DescribeCampaignInput,
  DescribeCampaignPayloadType,
  RehearseCampaignInput,
  RehearseCampaignPayloadType,
  type RehearsalType,
} from './rehearsal.type.ts';

@Resolver(() => CollisionType)
export class RehearsalResolver {
  @Query(() => RehearseCampaignPayloadType, {
    description:
      'Which orders of the last four weeks a campaign that is being written would have touched, slice by slice: stop asking and it stops. As if everybody had each code and nobody bought more; nothing is kept.',
  })
  async rehearseCampaign(
    @Arg('input', () => RehearseCampaignInput, { description: 'The campaign and the slice.' }) input: RehearseCampaignInput,
    @Ctx() context: ApiContext,
  ): Promise<RehearseCampaignPayloadType> {
    const result = await rehearseCampaign(context.deps, { ...(await requestOf(input, context)), after: Math.max(0, input.after) });
    return result.ok
      ? { rehearsal: toRehearsal(result.value), userErrors: [] }
      : { rehearsal: null, userErrors: toUserErrors({ ...result.refusal, field: toInputField(result.refusal.field ?? []) }) };
  }

  @Query(() => DescribeCampaignPayloadType, {
    description: 'What shoppers will read of a campaign that is being written, and what it may not do. Nothing is kept.',
  })
  async describeCampaign(
    @Arg('input', () => DescribeCampaignInput, { description: 'The campaign.' }) input: DescribeCampaignInput,
    @Ctx() context: ApiContext,
  ): Promise<DescribeCampaignPayloadType> {
    const result = await describeCampaign(context.deps, await requestOf(input, context));
    if (!result.ok)
      return {
        sentences: [],
        guardrails: [],
        userErrors: toUserErrors({ ...result.refusal, field: toInputField(result.refusal.field ?? []) }),
      };
    const { sentences, guardrails, currency } = result.value;
    return { sentences: sentences.map(textOf), guardrails: guardrails.map((check) => toGuardrail(check, currency)), userErrors: [] };
  }

  @FieldResolver(() => CampaignType, { description: 'The other campaign.' })
  async campaign(@Root() { campaignId }: CollisionType, @Ctx() { loaders }: ApiContext): Promise<CampaignType> {
    return present(await loaders.campaign.load(campaignId), 'campaign');
  }
}

async function requestOf({ campaignId, content }: DescribeCampaignInput, { deps }: ApiContext) {
  const id = campaignId ? requireUuid(campaignId, 'campaignId') : null;
  const before = id ? await findCampaign(deps, id) : null;
  return { campaignId: id, content: toContent(content, await readSettings(deps), before?.content) };
}

function toRehearsal({ currency, limited, refused, examples, ...rest }: Rehearsal): RehearsalType {
  return {
    ...rest,
    discount: moneyOf(rest.discountMinor, currency),
    marginBefore: moneyOf(rest.marginBeforeMinor, currency),
    marginAfter: moneyOf(rest.marginAfterMinor, currency),
    limited: limited.map(({ by, cartCount }) => ({ reason: by, message: null, cartCount })),
    refused: refused.map(({ reason, cartCount }) => ({ reason, message: textOf(REJECTION_REASONS[reason]), cartCount })),
    examples: examples.map(({ at, skus, subtotalMinor, savingMinor }) => ({
      at,
      skus,
      subtotal: moneyOf(subtotalMinor, currency),
      saving: moneyOf(savingMinor, currency),
    })),
  };
}
