import { simulateProposal } from '@promolift/services';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { estimateOf, intervalMoney, toGuardrail } from './map-evidence.ts';
import { SimulateProposalInput, SimulateProposalPayloadType } from './simulate.type.ts';

@Resolver(() => SimulateProposalPayloadType)
export class SimulateResolver {
  @Query(() => SimulateProposalPayloadType, { description: 'What a campaign would do if it were changed a little. Nothing is kept.' })
  async simulateProposal(
    @Arg('input', () => SimulateProposalInput, { description: 'What to change.' }) input: SimulateProposalInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<SimulateProposalPayloadType> {
    const result = await simulateProposal(deps, { ...input, campaignId: requireUuid(input.campaignId, 'campaignId') });
    if (!result.ok)
      return {
        incrementalMargin: null,
        incrementalUnits: null,
        discountCost: null,
        reach: null,
        guardrails: [],
        userErrors: toUserErrors(result.refusal),
      };
    const { currency, incrementalMargin, incrementalUnits, discountCost, reach, guardrails } = result.value;
    return {
      reach: Math.round(reach),
      incrementalMargin: intervalMoney(incrementalMargin, currency),
      incrementalUnits: estimateOf(incrementalUnits),
      discountCost: intervalMoney(discountCost, currency),
      guardrails: guardrails.map((check) => toGuardrail(check, currency)),
      userErrors: [],
    };
  }
}
