import type { StoredDecision } from '@promolift/services';
import { Field, Float, ID, ObjectType } from 'type-graphql';
import { DateTime, Json } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';

@ObjectType('DecisionStep', { description: 'One rule and what became of it.' })
export class DecisionStepType {
  @Field(() => LocalisedTextType, { description: 'The rule, one sentence.' })
  label!: LocalisedTextType;

  @Field(() => Boolean, { description: 'Did it give something?' })
  passed!: boolean;

  @Field(() => String, { nullable: true, description: 'What it gave, or the reason against.' })
  detail!: string | null;
}

@ObjectType('Decision', { description: 'An answer that a shopper got, with everything that made it.' })
export class DecisionType implements StoredDecision {
  @Field(() => ID, { description: 'UUID of the decision.' })
  id!: string;

  @Field(() => DateTime, { description: 'The instant it was decided for.' })
  decidedAt!: Date;

  @Field(() => String, { description: 'evaluate_cart, offers or recommendations.' })
  kind!: string;

  @Field(() => String, { description: 'What decided, for example rules.' })
  policy!: string;

  @Field(() => Float, { description: 'Chance with which this policy decides so; 1 for a rule without chance.' })
  probability!: number;

  @Field(() => Json, { description: 'What it was decided from: enough to decide again.' })
  input!: Record<string, unknown>;

  @Field(() => Json, { description: 'The answer.' })
  result!: Record<string, unknown>;

  @Field(() => String, { description: 'SHA-256 of the rules that were in force.' })
  rulesetHash!: string;

  @Field(() => String, { description: 'SHA-256 of the input.' })
  inputHash!: string;

  @Field(() => Json, { description: 'Versions of the models that took part.' })
  modelVersions!: Record<string, unknown>;

  userId!: string | null;
}
