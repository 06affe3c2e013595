import type { ProductRecord, CategoryRecord } from '@promolift/services';
import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { NodeType } from '../shared/node.type.ts';
import { connectionType } from '../shared/page.type.ts';
import { DateTime, Json } from '../shared/scalars.ts';

@ObjectType('Category', { implements: NodeType, description: 'A group of products; groups may lie inside groups.' })
export class CategoryType extends NodeType implements CategoryRecord {
  @Field(() => String, { description: "The shop's own key." })
  key!: string;

  @Field(() => String, { description: 'Name as shown.' })
  name!: string;

  parentId!: string | null;
}

@ObjectType('Product', { implements: NodeType, description: 'Something the shop sells.' })
export class ProductType extends NodeType implements ProductRecord {
  @Field(() => String, { description: "The shop's own number of it." })
  sku!: string;

  @Field(() => String, { description: 'Name as shown.' })
  name!: string;

  @Field(() => Int, { nullable: true, description: 'Units in stock; null where nobody counts.' })
  stock!: number | null;

  @Field(() => Boolean, { description: 'Is it on sale?' })
  isActive!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it was launched.' })
  launchedAt!: Date | null;

  @Field(() => Json, { description: 'Whatever else the shop told about it.' })
  attributes!: Record<string, unknown>;

  categoryId!: string | null;
  currency!: string;
  priceMinor!: number;
  costMinor!: number | null;
  floorMinor!: number | null;
  createdAt!: Date;
}

@ObjectType('PricePoint', { description: 'A price from one instant on.' })
export class PricePointType {
  @Field(() => DateTime, { description: 'From when it held.' })
  at!: Date;

  @Field(() => MoneyType, { description: 'The price.' })
  price!: MoneyType;
}

@ObjectType('DailyUnits', { description: 'Units sold on one day.' })
export class DailyUnitsType {
  @Field(() => String, { description: "YYYY-MM-DD in the shop's time zone." })
  day!: string;

  @Field(() => Float, { description: 'Units; 0 on days without a sale.' })
  units!: number;
}

export const ProductSortEnum = enumType('ProductSort', 'Order of a list of products.', {
  NAME_ASC: 'By name.',
  NAME_DESC: 'By name, backwards.',
  PRICE_ASC: 'Cheapest first.',
  PRICE_DESC: 'Dearest first.',
  STOCK_ASC: 'Least stock first.',
  STOCK_DESC: 'Most stock first.',
  NEWEST: 'Newest first.',
});

@InputType('ProductFilter', { description: 'Which products; all conditions must hold.' })
export class ProductFilterInput {
  @Field(() => String, { nullable: true, description: 'Part of the name or sku.' })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Key of a category; those below it count too.' })
  categoryKey?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those on sale, or only those not.' })
  isActive?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those with a known cost, or only those without: they get no promotion.' })
  hasCost?: boolean | null;
}

const ConnectionType = connectionType('Product', () => ProductType);
export const ProductConnectionType = ConnectionType;
export type ProductConnectionType = InstanceType<typeof ConnectionType>;
