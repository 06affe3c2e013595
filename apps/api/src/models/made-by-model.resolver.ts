import type { ForecastRecord, SegmentRecord } from '@promolift/services';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ForecastType } from '../forecasts/forecast.type.ts';
import { SegmentType } from '../segments/segment.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { present } from '../shared/present.ts';
import { ModelType } from './model.type.ts';

@Resolver(() => SegmentType)
export class SegmentModelResolver {
  @FieldResolver(() => ModelType, { nullable: true, description: 'The model that decides who belongs to it; null for rules.' })
  model(@Root() { modelId }: SegmentRecord, @Ctx() { loaders }: ApiContext): Promise<ModelType | null> | null {
    return modelId ? loaders.model.load(modelId) : null;
  }
}

@Resolver(() => ForecastType)
export class ForecastModelResolver {
  @FieldResolver(() => ModelType, { description: 'The model that made it.' })
  async model(@Root() { modelId }: ForecastRecord, @Ctx() { loaders }: ApiContext): Promise<ModelType> {
    return present(await loaders.model.load(modelId), 'model');
  }
}
