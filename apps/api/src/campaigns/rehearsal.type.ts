import type { Collision, Rehearsal } from '@promolift/services';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';
import { CampaignContentInput } from './campaign.inputs.ts';
import { GuardrailType } from './campaign.type.ts';

@InputType('DescribeCampaignInput', { description: 'A campaign that is being written.' })
export class DescribeCampaignInput {
  @Field(() => ID, { nullable: true, description: 'The campaign that it is a revision of; none for a new one.' })
  campaignId?: string | null;

  @Field(() => CampaignContentInput, { description: 'What it says now.' })
  content!: CampaignContentInput;
}

@InputType('RehearseCampaignInput', { description: 'A campaign that is being written, and which slice of past carts.' })
export class RehearseCampaignInput extends DescribeCampaignInput {
  @Field(() => Int, { defaultValue: 0, description: '`next` of the slice before; 0 begins.' })
  after!: number;
}

const CollisionOutcomeEnum = enumType<Collision['outcome']>(
  'CollisionOutcome',
  'What two campaigns make of a cart that both would touch.',
  {
    both_apply: 'It gets both.',
    this_gives_way: 'It gets the other one only.',
    other_gives_way: 'It gets this one only.',
  },
);

@ObjectType('Collision', { description: 'Past carts that another live or scheduled campaign would touch as well.' })
export class CollisionType implements Collision {
  @Field(() => CollisionOutcomeEnum, { description: 'What becomes of the two.' })
  outcome!: Collision['outcome'];

  @Field(() => Int, { description: 'Carts of this slice.' })
  cartCount!: number;

  campaignId!: string;
}

@ObjectType('RehearsalCount', { description: 'Carts by one reason.' })
export class RehearsalCountType {
  @Field(() => String, { description: 'Stable code, for example BELOW_THRESHOLD or FLOOR.' })
  reason!: string;

  @Field(() => LocalisedTextType, { nullable: true, description: 'The reason as shoppers read it; null for what only made it smaller.' })
  message!: LocalisedTextType | null;

  @Field(() => Int, { description: 'Carts of this slice.' })
  cartCount!: number;
}

@ObjectType('RehearsedCart', { description: 'A past cart that the campaign would have touched.' })
export class RehearsedCartType {
  @Field(() => DateTime, { description: 'When it was ordered.' })
  at!: Date;

  @Field(() => MoneyType, { description: 'Its lines before promotions.' })
  subtotal!: MoneyType;

  @Field(() => MoneyType, { description: 'What the campaign would have taken off, gifts at cost.' })
  saving!: MoneyType;

  @Field(() => [String], { description: 'SKUs of its lines.' })
  skus!: string[];
}

@ObjectType('Rehearsal', { description: 'One slice of the orders of the last four weeks, oldest first; sums of slices are the whole.' })
export class RehearsalType implements Pick<Rehearsal, 'cartCount' | 'cartTotal' | 'next' | 'touchedCount' | 'unknownCount' | 'collisions'> {
  @Field(() => Int, { description: 'Carts of this slice.' })
  cartCount!: number;

  @Field(() => Int, { description: 'Carts of all slices.' })
  cartTotal!: number;

  @Field(() => Int, { nullable: true, description: '`after` of the next slice; null after the last.' })
  next!: number | null;

  @Field(() => Int, { description: 'Carts that the campaign alone would have made cheaper or given a gift.' })
  touchedCount!: number;

  @Field(() => MoneyType, { description: 'What it would have taken off them within its budget and limits, gifts at cost.' })
  discount!: MoneyType;

  @Field(() => MoneyType, { description: 'Margin of the touched carts before.' })
  marginBefore!: MoneyType;

  @Field(() => MoneyType, { description: 'Margin of the touched carts after.' })
  marginAfter!: MoneyType;

  @Field(() => [RehearsalCountType], {
    description: 'Carts whose discount was made smaller: FLOOR, DEPTH, BUDGET, MAX_DISCOUNT, LINE_CAP or ORDER_CAP.',
  })
  limited!: RehearsalCountType[];

  @Field(() => [RehearsalCountType], { description: 'Carts that get nothing, by reason.' })
  refused!: RehearsalCountType[];

  @Field(() => Int, { description: 'Carts that get nothing because the past does not tell a fact that a condition asks for.' })
  unknownCount!: number;

  @Field(() => [CollisionType], { description: 'What it does beside the other live and scheduled campaigns of its window.' })
  collisions!: CollisionType[];

  @Field(() => [RehearsedCartType], { description: 'The touched carts of this slice that save most, at most 5.' })
  examples!: RehearsedCartType[];
}

@ObjectType('RehearseCampaignPayload', { description: 'Answer of rehearseCampaign.' })
export class RehearseCampaignPayloadType {
  @Field(() => RehearsalType, { nullable: true, description: 'The slice; null when the content was refused.' })
  rehearsal!: RehearsalType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@ObjectType('DescribeCampaignPayload', { description: 'Answer of describeCampaign.' })
export class DescribeCampaignPayloadType {
  @Field(() => [LocalisedTextType], { description: 'What shoppers will read, one sentence a promotion.' })
  sentences!: LocalisedTextType[];

  @Field(() => [GuardrailType], { description: 'What it may not do, price claims included, failed ones first.' })
  guardrails!: GuardrailType[];

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
