import { findProduct, type ProductRecord, listCategories, listProducts, requireDays } from '@promolift/services';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { MoneyType, moneyOf, moneyOrNull } from '../shared/money.type.ts';
import { toConnection } from '../shared/page.type.ts';
import {
  CategoryType,
  DailyUnitsType,
  PricePointType,
  ProductConnectionType,
  ProductFilterInput,
  ProductSortEnum,
  ProductType,
} from './product.type.ts';

@Resolver(() => ProductType)
export class ProductResolver {
  @Query(() => ProductConnectionType, { description: 'The catalogue.' })
  async products(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 100; default 20.' }) first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last product seen.' }) after: string | undefined,
    @Arg('filter', () => ProductFilterInput, { nullable: true, description: 'Which products.' }) filter: ProductFilterInput | undefined,
    @Arg('sort', () => ProductSortEnum, { nullable: true, defaultValue: 'NAME_ASC', description: 'Order of the list.' }) sort:
      | keyof typeof ProductSortEnum
      | null,
    @Ctx() { deps }: ApiContext,
  ): Promise<ProductConnectionType> {
    return toConnection(await listProducts(deps, { first, after, filter: filter ?? null, sort: sort ?? 'NAME_ASC' }), after);
  }

  @Query(() => ProductType, { nullable: true, description: 'One product by its id or sku.' })
  product(
    @Arg('id', () => ID, { nullable: true, description: 'Id of the product.' }) id: string | undefined,
    @Arg('sku', () => String, { nullable: true, description: "The shop's own number of it." }) sku: string | undefined,
    @Ctx() { deps }: ApiContext,
  ): Promise<ProductType | null> {
    return findProduct(deps, { id: id ? requireUuid(id) : null, sku: sku ?? null });
  }

  @FieldResolver(() => CategoryType, { nullable: true, description: 'The group it belongs to.' })
  category(@Root() { categoryId }: ProductRecord, @Ctx() { loaders }: ApiContext): Promise<CategoryType | null> | null {
    return categoryId ? loaders.category.load(categoryId) : null;
  }

  @FieldResolver(() => MoneyType, { description: 'Price of one unit before promotions.' })
  price(@Root() { priceMinor, currency }: ProductRecord): MoneyType {
    return moneyOf(priceMinor, currency);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'What one unit costs the shop; null where unknown, and then it gets no promotion. Managers only.',
  })
  cost(@Root() { costMinor, currency }: ProductRecord): MoneyType | null {
    return moneyOrNull(costMinor, currency);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'Lowest price the shop allows, beside the margin floor. Managers only.' })
  floor(@Root() { floorMinor, currency }: ProductRecord): MoneyType | null {
    return moneyOrNull(floorMinor, currency);
  }

  @FieldResolver(() => [PricePointType], { description: 'Its prices, newest first.' })
  async priceHistory(
    @Root() { id }: ProductRecord,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<PricePointType[]> {
    return (await loaders.pricesOfProduct.load({ id, count: first })).map(({ at, priceMinor, currency }) => ({
      at,
      price: moneyOf(priceMinor, currency),
    }));
  }

  @FieldResolver(() => [DailyUnitsType], { description: "Units sold a day up to the shop's newest order, oldest first. Managers only." })
  dailyUnits(
    @Root() { id }: ProductRecord,
    @Arg('days', () => Int, { defaultValue: 56, description: 'How many days, 1 to 732.' }) days: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<DailyUnitsType[]> {
    return loaders.unitsOfProduct.load({ id, count: requireDays(days) });
  }
}

@Resolver(() => CategoryType)
export class CategoryResolver {
  @Query(() => [CategoryType], { description: 'Every group of products, by name.' })
  categories(@Ctx() { deps }: ApiContext): Promise<CategoryType[]> {
    return listCategories(deps);
  }

  @FieldResolver(() => [ProductType], { description: 'Products on sale directly in it, by name.' })
  products(
    @Root() { id }: CategoryType,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ProductType[]> {
    return loaders.productsOfCategory.load({ id, count: first });
  }
}
