import { findOrder, type OrderLineRecord, type OrderRecord } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { ProductType } from '../products/product.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { present } from '../shared/present.ts';
import { MoneyType, moneyOf } from '../shared/money.type.ts';
import { UserType } from '../users/user.type.ts';
import { OrderLineType, OrderType } from './order.type.ts';

@Resolver(() => OrderType)
export class OrderResolver {
  @Query(() => OrderType, { nullable: true, description: "One order by the shop's own number." })
  order(
    @Arg('externalId', () => String, { description: "The shop's own number of it." }) externalId: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<OrderType | null> {
    return findOrder(deps, externalId);
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Who bought; null for anonymous shoppers.' })
  user(@Root() { userId }: OrderRecord, @Ctx() { loaders }: ApiContext): Promise<UserType | null> | null {
    return userId ? loaders.user.load(userId) : null;
  }

  @FieldResolver(() => MoneyType, { description: 'Sum of the lines before discounts.' })
  subtotal(@Root() order: OrderRecord): MoneyType {
    return moneyOf(order.subtotalMinor, order.currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What promotions took off the lines.' })
  discount(@Root() order: OrderRecord): MoneyType {
    return moneyOf(order.discountMinor, order.currency);
  }

  @FieldResolver(() => MoneyType, { description: 'Shipping after its own discount.' })
  shipping(@Root() order: OrderRecord): MoneyType {
    return moneyOf(order.shippingMinor, order.currency);
  }

  @FieldResolver(() => MoneyType, { description: 'Tax on top of the prices; 0 where they include it.' })
  addedTax(@Root() order: OrderRecord): MoneyType {
    return moneyOf(order.addedTaxMinor, order.currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What was paid: subtotal - discount + shipping + tax on top.' })
  total(@Root() order: OrderRecord): MoneyType {
    return moneyOf(order.totalMinor, order.currency);
  }

  @FieldResolver(() => [OrderLineType], { description: 'Its products.' })
  lines(@Root() { id }: OrderRecord, @Ctx() { loaders }: ApiContext): Promise<OrderLineType[]> {
    return loaders.linesOfOrder.load(id);
  }
}

@Resolver(() => OrderLineType)
export class OrderLineResolver {
  @FieldResolver(() => ProductType, { description: 'What was bought.' })
  async product(@Root() { productId }: OrderLineRecord, @Ctx() { loaders }: ApiContext): Promise<ProductType> {
    return present(await loaders.product.load(productId), 'product');
  }

  @FieldResolver(() => MoneyType, { description: 'Price of one unit before promotions.' })
  unitPrice(@Root() line: OrderLineRecord): MoneyType {
    return moneyOf(line.unitPriceMinor, line.currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What promotions took off the whole line.' })
  discount(@Root() line: OrderLineRecord): MoneyType {
    return moneyOf(line.discountMinor, line.currency);
  }
}

@Resolver(() => UserType)
export class UserOrdersResolver {
  @FieldResolver(() => [OrderType], { description: 'What they bought, newest first.' })
  orders(
    @Root() { id }: UserType,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<OrderType[]> {
    return loaders.ordersOfUser.load({ id, count: first });
  }
}
