import { defineEntity, p } from '@mikro-orm/core';

const ForecastSeriesSchema = defineEntity({
  name: 'ForecastSeries',
  tableName: 'forecast_series',
  properties: {
    id: p.uuid().primary(),
    modelId: p.uuid(),
    productId: p.uuid().nullable(),
    categoryId: p.uuid().nullable(),
    algorithm: p.string(),
    mase: p.float().nullable(),
    baselineMase: p.float().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export class ForecastSeries extends ForecastSeriesSchema.class {}
ForecastSeriesSchema.setClass(ForecastSeries);

const ForecastPointSchema = defineEntity({
  name: 'ForecastPoint',
  tableName: 'forecast_points',
  properties: {
    seriesId: p.uuid().primary(),
    day: p.date().primary(),
    mean: p.float(),
    lower80: p.float(),
    upper80: p.float(),
    lower95: p.float(),
    upper95: p.float(),
  },
});
export class ForecastPoint extends ForecastPointSchema.class {}
ForecastPointSchema.setClass(ForecastPoint);
