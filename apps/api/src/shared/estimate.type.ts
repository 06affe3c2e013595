import { Field, Float, Int, ObjectType } from 'type-graphql';
import { MoneyType, moneyOf } from './money.type.ts';

@ObjectType('Estimate', { description: 'A number with its 80% interval.' })
export class EstimateType {
  @Field(() => Float, { description: 'Expected value.' })
  mean!: number;

  @Field(() => Float, { description: 'Lower end of the 80% interval.' })
  lower80!: number;

  @Field(() => Float, { description: 'Upper end of the 80% interval.' })
  upper80!: number;

  @Field(() => Int, { nullable: true, description: 'Number of observations it rests on, where that is known.' })
  sampleSize?: number | null;
}

@ObjectType('MoneyEstimate', { description: 'An amount with its 80% interval.' })
export class MoneyEstimateType {
  @Field(() => MoneyType, { description: 'Expected amount.' })
  mean!: MoneyType;

  @Field(() => MoneyType, { description: 'Lower end of the 80% interval.' })
  lower80!: MoneyType;

  @Field(() => MoneyType, { description: 'Upper end of the 80% interval.' })
  upper80!: MoneyType;
}

/** Whole minor units from a model's fractional ones. */
export function moneyEstimateOf(estimate: { mean: number; lower80: number; upper80: number }, currency: string): MoneyEstimateType {
  const whole = (amountMinor: number) => moneyOf(Math.round(amountMinor), currency);
  return { mean: whole(estimate.mean), lower80: whole(estimate.lower80), upper80: whole(estimate.upper80) };
}
