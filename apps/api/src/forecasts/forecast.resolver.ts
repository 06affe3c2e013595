import { stockCoverDays } from '@promolift/domain';
import { elasticityOf, type ForecastRecord, listForecasts, type ProductRecord, requireDays } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from 'type-graphql';
import { CategoryType, DailyUnitsType, ProductType } from '../products/product.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { EstimateType } from '../shared/estimate.type.ts';
import { toConnection } from '../shared/page.type.ts';
import { ForecastConnectionType, ForecastLevelEnum, ForecastPointType, ForecastSortEnum, ForecastType } from './forecast.type.ts';

@Resolver(() => ForecastType)
export class ForecastResolver {
  @Query(() => ForecastConnectionType, { description: 'Forecasts of the model that serves.' })
  async forecasts(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 100; default 20.' }) first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last forecast seen.' }) after: string | undefined,
    @Arg('level', () => ForecastLevelEnum, { nullable: true, defaultValue: 'PRODUCT', description: 'What they are of.' }) level:
      | keyof typeof ForecastLevelEnum
      | null,
    @Arg('sort', () => ForecastSortEnum, { nullable: true, defaultValue: 'WORST_FIRST', description: 'Order of the list.' }) sort:
      | keyof typeof ForecastSortEnum
      | null,
    @Ctx() { deps }: ApiContext,
  ): Promise<ForecastConnectionType> {
    return toConnection(await listForecasts(deps, { first, after, level: level ?? 'PRODUCT', sort: sort ?? 'WORST_FIRST' }), after);
  }

  @FieldResolver(() => ProductType, { nullable: true, description: 'The product it is of.' })
  product(@Root() { productId }: ForecastRecord, @Ctx() { loaders }: ApiContext): Promise<ProductType | null> | null {
    return productId ? loaders.product.load(productId) : null;
  }

  @FieldResolver(() => CategoryType, { nullable: true, description: 'The category it is of.' })
  category(@Root() { categoryId }: ForecastRecord, @Ctx() { loaders }: ApiContext): Promise<CategoryType | null> | null {
    return categoryId ? loaders.category.load(categoryId) : null;
  }

  @FieldResolver(() => [DailyUnitsType], { description: "Units sold a day up to the shop's newest order, oldest first." })
  async history(
    @Root() { productId, categoryId }: ForecastRecord,
    @Arg('days', () => Int, { defaultValue: 90, description: 'How many days, 1 to 732.' }) days: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<DailyUnitsType[]> {
    const count = requireDays(days);
    if (productId) return loaders.unitsOfProduct.load({ id: productId, count });
    return categoryId ? loaders.unitsOfCategory.load({ id: categoryId, count }) : [];
  }

  @FieldResolver(() => [ForecastPointType], { description: 'The coming days.' })
  points(@Root() { id }: ForecastRecord, @Ctx() { loaders }: ApiContext): Promise<ForecastPointType[]> {
    return loaders.pointsOfForecast.load(id);
  }
}

@Resolver(() => ProductType)
export class ProductForecastResolver {
  @FieldResolver(() => ForecastType, {
    nullable: true,
    description: 'Its demand in the coming weeks; null before the first training. Managers only.',
  })
  forecast(@Root() { id }: ProductRecord, @Ctx() { loaders }: ApiContext): Promise<ForecastType | null> {
    return loaders.forecastOfProduct.load(id);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "Days until the stock is gone at the forecast's pace; null where it lasts longer or nobody counts. Managers only.",
  })
  async stockCoverDays(@Root() { id, stock }: ProductRecord, @Ctx() { loaders }: ApiContext): Promise<number | null> {
    if (stock === null) return null;
    const forecast = await loaders.forecastOfProduct.load(id);
    if (!forecast) return null;
    const points = await loaders.pointsOfForecast.load(forecast.id);
    return stockCoverDays(
      stock,
      points.map(({ day, mean, lower80, upper80 }) => ({ day, units: mean, low80: lower80, high80: upper80 })),
    );
  }

  @FieldResolver(() => EstimateType, {
    nullable: true,
    description: 'Percent more units per percent more price, of its category; null before the first training. Managers only.',
  })
  async elasticity(@Root() { categoryId }: ProductRecord, @Ctx() { deps, loaders }: ApiContext): Promise<EstimateType | null> {
    const category = categoryId ? await loaders.category.load(categoryId) : null;
    return category ? ((await elasticityOf(deps, [category.key]))[0] ?? null) : null;
  }
}
