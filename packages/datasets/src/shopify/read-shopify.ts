import { DatasetError } from '../shared/dataset-error.ts';
import type { FormatReader } from '../shared/reader.ts';
import { Table } from '../shared/table.ts';
import { readOrders } from './read-orders.ts';
import { readProducts } from './read-products.ts';
import { SHOPIFY_RULES } from './rules.ts';

const isProducts = (header: readonly string[]): boolean => header.includes('Handle') && header.includes('Variant Price');
const isOrders = (header: readonly string[]): boolean => header.includes('Lineitem price') && header.includes('Name');

/** Shopify's orders and products exports, told apart by their headers; products are read first, for their costs. */
export const shopify: FormatReader = {
  format: 'shopify',
  defaults: { currency: 'USD', timeZone: 'UTC' },
  rules: SHOPIFY_RULES,
  detect: (headers) => [...headers.values()].some((header) => isProducts(header) || isOrders(header)),
  async *read(context) {
    const orders: { path: string; table: Table }[] = [];
    for (const path of context.paths) {
      const table = await Table.open(path, { limit: context.options.limit });
      if (isOrders(table.header)) orders.push({ path, table });
      else if (isProducts(table.header)) for await (const _ of readProducts(table, path, context)) yield* context.sink.full();
      else
        throw new DatasetError(
          'MISSING_COLUMN',
          'is neither an orders export (Name, Lineitem price) nor a products export (Handle, Variant Price)',
          { file: table.file },
        );
    }
    for (const { path, table } of orders) {
      for await (const _ of readOrders(table, path, context)) yield* context.sink.full();
    }
    yield* context.sink.rest();
  },
};
