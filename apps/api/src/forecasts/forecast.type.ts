import type { ForecastRecord } from '@promolift/services';
import { Field, Float, ID, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { connectionType } from '../shared/page.type.ts';

@ObjectType('ForecastPoint', { description: 'Units expected on one day.' })
export class ForecastPointType {
  @Field(() => String, { description: "YYYY-MM-DD in the shop's time zone." })
  day!: string;

  @Field(() => Float, { description: 'Expected units.' })
  mean!: number;

  @Field(() => Float, { description: 'Lower end of the 80% interval.' })
  lower80!: number;

  @Field(() => Float, { description: 'Upper end of the 80% interval.' })
  upper80!: number;

  @Field(() => Float, { description: 'Lower end of the 95% interval.' })
  lower95!: number;

  @Field(() => Float, { description: 'Upper end of the 95% interval.' })
  upper95!: number;
}

@ObjectType('Forecast', { description: 'Demand of a product or a category in the coming weeks.' })
export class ForecastType implements ForecastRecord {
  @Field(() => ID, { description: 'UUID of the series.' })
  id!: string;

  @Field(() => String, { description: 'Algorithm that was best on the held-back weeks of this series.' })
  algorithm!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Error on the held-back weeks as a share of the naive one (MASE); null where too short to judge.',
  })
  mase!: number | null;

  @Field(() => Float, { nullable: true, description: 'The same of the seasonal naive baseline.' })
  baselineMase!: number | null;

  modelId!: string;
  productId!: string | null;
  categoryId!: string | null;
  createdAt!: Date;
}

export const ForecastLevelEnum = enumType('ForecastLevel', 'What a forecast is of.', {
  PRODUCT: 'One product.',
  CATEGORY: 'One category with all below it.',
});
export const ForecastSortEnum = enumType('ForecastSort', 'Order of a list of forecasts.', {
  WORST_FIRST: 'Largest error first.',
  BEST_FIRST: 'Smallest error first.',
  LARGEST: 'Most expected units first.',
});

const ConnectionType = connectionType('Forecast', () => ForecastType);
export const ForecastConnectionType = ConnectionType;
export type ForecastConnectionType = InstanceType<typeof ConnectionType>;
