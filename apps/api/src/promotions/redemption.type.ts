import type { RedemptionRecord } from '@promolift/services';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { NodeType } from '../shared/node.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';
import { CartInput } from './cart.inputs.ts';

export const RedemptionStatusEnum = enumType('RedemptionStatus', 'Where a use of a promotion stands.', {
  reserved: 'Set aside until it expires.',
  committed: 'Spent.',
  released: 'Given back unspent.',
});

@ObjectType('Redemption', { implements: NodeType, description: 'One use of a promotion.' })
export class RedemptionType extends NodeType implements RedemptionRecord {
  @Field(() => ID, { description: 'Id of the promotion.' })
  promotionId!: string;

  @Field(() => RedemptionStatusEnum, { description: 'Where it stands.' })
  status!: keyof typeof RedemptionStatusEnum;

  @Field(() => DateTime, { description: 'When it was set aside.' })
  reservedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Until when it is set aside, if it is not spent before.' })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was spent.' })
  committedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was given back unspent.' })
  releasedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The code it was unlocked with.' })
  code!: string | null;

  campaignId!: string;
  isGift!: boolean;
  orderId!: string | null;
  userId!: string | null;
  currency!: string;
  amountMinor!: number;
  refundedMinor!: number;
}

@InputType('ReserveOfferInput', { description: 'Sets one use aside.' })
export class ReserveOfferInput {
  @Field(() => String, { description: 'Your own key for this request; sent again, it gives the same answer again.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Id of the campaign.' })
  campaignId!: string;

  @Field(() => ID, { description: 'Id of the promotion.' })
  promotionId!: string;

  @Field(() => CartInput, { description: 'The cart that gets it.' })
  cart!: CartInput;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 900,
    description: 'Seconds until it is given back by itself, at most 7 days; 30 minutes for a publishable key.',
  })
  timeToLiveSeconds?: number | null;
}

@InputType('RedeemInput', { description: 'Spends what was set aside.' })
export class RedeemInput {
  @Field(() => String, { description: 'Your own key for this request; sent again, it gives the same answer again.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Id of the redemption.' })
  redemptionId!: string;

  @Field(() => String, { description: "The shop's own number of the order; we may hear of it later." })
  orderExternalId!: string;
}

@InputType('ReleaseRedemptionInput', { description: 'Gives back what was set aside.' })
export class ReleaseRedemptionInput {
  @Field(() => String, { description: 'Your own key for this request; sent again, it gives the same answer again.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Id of the redemption.' })
  redemptionId!: string;
}

@ObjectType('RedemptionPayload', { description: 'Answer of mutations on one redemption.' })
export class RedemptionPayloadType {
  @Field(() => RedemptionType, { nullable: true, description: 'The redemption; null when it was refused.' })
  redemption!: RedemptionType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
