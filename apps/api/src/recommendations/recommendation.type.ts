import { RECOMMENDATION_REASONS, type RecommendationReasonCode, SERVED_BY, type ServedBy } from '@promolift/domain';
import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { DateTime } from '../shared/scalars.ts';

const SERVED_BY_WORDS: Readonly<Record<ServedBy, string>> = {
  MODEL: 'The model that serves.',
  SEGMENT: "What sells in the shopper's segment.",
  POPULAR: 'What sells in the shop.',
  CACHE: 'An earlier answer: the data could not be read in time.',
};
const ServedByEnum = enumType(
  'ServedBy',
  'What made a recommendation.',
  Object.fromEntries(SERVED_BY.map((name) => [name, SERVED_BY_WORDS[name]])) as Record<ServedBy, string>,
);
const ReasonCodeEnum = enumType(
  'ReasonCode',
  'Why a product is recommended.',
  Object.fromEntries(Object.entries(RECOMMENDATION_REASONS).map(([code, text]) => [code, `${text.en}.`])) as Record<
    RecommendationReasonCode,
    string
  >,
);

@InputType('RecommendationContextInput', { description: 'Where the recommendation is shown.' })
export class RecommendationContextInput {
  @Field(() => String, { nullable: true, description: 'Name of the place, for example home.' })
  placement?: string | null;

  @Field(() => [String], { nullable: true, description: 'Skus in the cart.' })
  cartSkus?: string[] | null;

  @Field(() => String, { nullable: true, description: "Sku of the page's product." })
  productSku?: string | null;
}

@InputType('RecommendationFilterInput', { description: 'What may be recommended.' })
export class RecommendationFilterInput {
  @Field(() => String, { nullable: true, description: 'Only products of this category and those below it.' })
  categoryKey?: string | null;

  @Field(() => [String], { nullable: true, description: 'Skus to leave out.' })
  excludeSkus?: string[] | null;

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Only what is in stock.' })
  inStockOnly?: boolean | null;
}

@ObjectType('RecommendationReason', { description: 'Why a product is recommended.' })
export class RecommendationReasonType {
  @Field(() => ReasonCodeEnum, { description: 'Stable code.' })
  code!: RecommendationReasonCode;

  @Field(() => Float, { nullable: true, description: 'Its part of the score, where the model can tell.' })
  contribution!: number | null;

  productId!: string | null;
  words!: { en: string; zh: string };
}

@ObjectType('RecommendedItem', { description: 'A recommended product.' })
export class RecommendedItemType {
  @Field(() => Int, { description: 'Place in the list, from 1.' })
  rank!: number;

  @Field(() => Float, { description: 'Higher is better; comparable within one answer only.' })
  score!: number;

  @Field(() => [RecommendationReasonType], { description: 'Why, strongest first.' })
  reasons!: RecommendationReasonType[];

  productId!: string;
}

@ObjectType('RecommendationResult', { description: 'Ranked products for a shopper, a cart or a product page.' })
export class RecommendationResultType {
  @Field(() => [RecommendedItemType], { description: 'The products, best first.' })
  items!: RecommendedItemType[];

  @Field(() => ServedByEnum, { description: 'What made the list.' })
  servedBy!: ServedBy;

  @Field(() => String, { nullable: true, description: 'Why it was not the model.' })
  fallbackReason!: string | null;

  @Field(() => String, { nullable: true, description: 'The model that made it.' })
  modelVersion!: string | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  generatedAt!: Date;

  @Field(() => String, { description: 'Send it with the events and the order that follow.' })
  trackingToken!: string;
}
