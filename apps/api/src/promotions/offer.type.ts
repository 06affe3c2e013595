import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime, Json } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';

@ObjectType('PersonalOffer', { description: 'A promotion that this shopper can use now.' })
export class PersonalOfferType {
  @Field(() => ID, { description: 'Id of its campaign.' })
  campaignId!: string;

  @Field(() => ID, { description: 'Id of the promotion.' })
  promotionId!: string;

  @Field(() => String, { description: 'Kind of rule, for example percent_off.' })
  kind!: string;

  @Field(() => LocalisedTextType, { description: 'Short name of the kind.' })
  title!: LocalisedTextType;

  @Field(() => LocalisedTextType, { description: 'What it gives, one sentence.' })
  sentence!: LocalisedTextType;

  @Field(() => String, { nullable: true, description: 'Code to type, if it needs one.' })
  code!: string | null;

  @Field(() => DateTime, { description: 'When it began.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'First instant at which it no longer applies.' })
  endsAt!: Date;

  @Field(() => Boolean, { description: 'Is it for some shoppers only? Then `disclosure` must be shown.' })
  isPersonalised!: boolean;

  @Field(() => LocalisedTextType, { nullable: true, description: 'The sentence to show beside a personal offer; null for others.' })
  disclosure!: LocalisedTextType | null;

  @Field(() => String, { description: 'Send it with the events and the order that follow from this offer.' })
  trackingToken!: string;

  productIds!: string[];
}

@ObjectType('OffersResult', { description: 'What a shopper is offered now.' })
export class OffersResultType {
  @Field(() => [PersonalOfferType], { description: 'The offers, best first.' })
  offers!: PersonalOfferType[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Is the shopper held out of a live campaign, to measure it? Null for a publishable key: shoppers must not know.',
  })
  isHeldOut!: boolean | null;

  @Field(() => ID, { description: 'Id of the decision; explainDecision shows it again.' })
  decisionId!: string;

  @Field(() => String, { description: 'Stands for the whole answer.' })
  trackingToken!: string;
}

@ObjectType('PromotionKind', { description: 'A kind of rule that campaigns may use.' })
export class PromotionKindType {
  @Field(() => String, { description: 'Its key, for example percent_off.' })
  kind!: string;

  @Field(() => LocalisedTextType, { description: 'Its name.' })
  label!: LocalisedTextType;

  @Field(() => Json, { description: 'Arguments of its rule for a form: name, label, unit, isRequired, choices.' })
  arguments!: unknown;
}

@ObjectType('ConditionKind', { description: 'A kind of condition that rules may have.' })
export class ConditionKindType {
  @Field(() => String, { description: 'Its key, for example first_order.' })
  kind!: string;

  @Field(() => LocalisedTextType, { description: 'Its name.' })
  label!: LocalisedTextType;

  @Field(() => Json, { description: 'Its arguments for a form: name, label, unit, isRequired, choices.' })
  arguments!: unknown;
}
