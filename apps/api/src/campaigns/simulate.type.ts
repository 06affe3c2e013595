import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { EstimateType, MoneyEstimateType } from '../shared/estimate.type.ts';
import { MinorUnits } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';
import { GuardrailType } from './campaign.type.ts';

@InputType('SimulateProposalInput', { description: 'A campaign, and what to change about it; what is left out stays.' })
export class SimulateProposalInput {
  @Field(() => ID, { description: 'Id of the campaign.' })
  campaignId!: string;

  @Field(() => Int, { nullable: true, description: 'Another depth, in basis points.' })
  depthBasisPoints?: number | null;

  @Field(() => [String], { nullable: true, description: 'Another audience; none is everybody.' })
  segmentKeys?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Another length, in days.' })
  days?: number | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Another budget.' })
  budgetMinor?: number | null;
}

@ObjectType('SimulateProposalPayload', { description: "What the changed campaign would do. Unchanged, it is the proposal's own evidence." })
export class SimulateProposalPayloadType {
  @Field(() => MoneyEstimateType, { nullable: true, description: 'Margin it would add.' })
  incrementalMargin!: MoneyEstimateType | null;

  @Field(() => EstimateType, { nullable: true, description: 'Units it would add.' })
  incrementalUnits!: EstimateType | null;

  @Field(() => MoneyEstimateType, { nullable: true, description: 'What its discounts would cost.' })
  discountCost!: MoneyEstimateType | null;

  @Field(() => Int, { nullable: true, description: 'Shoppers who would be offered it.' })
  reach!: number | null;

  @Field(() => [GuardrailType], { description: 'What it may not do, failed ones first.' })
  guardrails!: GuardrailType[];

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
