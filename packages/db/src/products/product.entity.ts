import { defineEntity, p } from '@mikro-orm/core';
import { MEASURE_UNITS } from '@promolift/domain';
import type { JsonObject } from '../shared/json.ts';

const ProductSchema = defineEntity({
  name: 'Product',
  tableName: 'products',
  properties: {
    id: p.uuid().primary(),
    sku: p.string(),
    name: p.string(),
    categoryId: p.uuid().nullable(),
    currency: p.string(),
    priceMinor: p.bigint('number'),
    costMinor: p.bigint('number').nullable(),
    floorMinor: p.bigint('number').nullable(),
    stock: p.integer().nullable(),
    measureAmount: p.integer().nullable(),
    measureUnit: p.enum(MEASURE_UNITS).nullable(),
    attributes: p.json<JsonObject>().defaultRaw("'{}'"),
    isActive: p.boolean().default(true),
    launchedAt: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    updatedAt: p
      .datetime()
      .defaultRaw('now()')
      .onUpdate(() => new Date()),
  },
});
export class Product extends ProductSchema.class {}
ProductSchema.setClass(Product);

const ProductPriceSchema = defineEntity({
  name: 'ProductPrice',
  tableName: 'product_prices',
  properties: {
    productId: p.uuid().primary(),
    at: p.datetime().primary(),
    priceMinor: p.bigint('number'),
    currency: p.string(),
  },
});
export class ProductPrice extends ProductPriceSchema.class {}
ProductPriceSchema.setClass(ProductPrice);
