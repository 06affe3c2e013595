import { basename } from 'node:path';
import { attributesOf, findPath, type ReadContext } from '../shared/reader.ts';
import { readRecords } from '../shared/read-records.ts';
import { Table } from '../shared/table.ts';
import type { Households } from './households.ts';
import { DEMOGRAPHICS } from './rules.ts';
import type { KnownPrice } from './transactions.ts';

export type Groups = ReadonlyMap<string, readonly string[]>;

/** Values of one column by another: campaigns of a household. An absent file gives no groups. */
export async function groupsOf(context: ReadContext, name: string, by: string, value: string, isDistinct: boolean): Promise<Groups> {
  const groups = new Map<string, string[]>();
  const path = findPath(context.paths, name);
  if (!path) return groups;
  const table = await Table.open(path);
  const tally = context.tally(path);
  const columns = table.columns([by, value]);
  for await (const rows of table.batches(tally)) {
    for (const row of rows) {
      tally.apply('to_attribute');
      const key = row[columns[by] ?? -1] ?? '';
      const entry = row[columns[value] ?? -1] ?? '';
      const group = groups.get(key);
      if (!group) groups.set(key, [entry]);
      else if (!isDistinct || !group.includes(entry)) group.push(entry);
    }
  }
  return groups;
}

/** Emits the departments, their categories and the products that were sold. */
export async function readProducts(context: ReadContext, prices: ReadonlyMap<string, KnownPrice>, coupons: Groups): Promise<void> {
  const path = findPath(context.paths, 'products');
  if (!path) return;
  const table = await Table.open(path);
  const tally = context.tally(path);
  const columns = table.columns([
    'product_id',
    'manufacturer_id',
    'department',
    'brand',
    'product_category',
    'product_type',
    'package_size',
  ]);
  for await (const rows of table.batches(tally)) {
    for (const row of rows) {
      const sku = row[columns.product_id] ?? '';
      const price = prices.get(sku);
      if (!price) {
        tally.apply('never_sold', sku);
        continue;
      }
      const category = row[columns.product_category] ?? '';
      const type = row[columns.product_type] ?? '';
      const categoryKey = emitCategory(context, row[columns.department] ?? '', category);
      if (categoryKey === null) tally.apply('no_category', sku);
      context.catalog.product({
        sku,
        name: type || category || `Product ${sku}`,
        categoryKey,
        priceMinor: price.priceMinor,
        costMinor: null,
        stock: null,
        attributes: attributesOf({
          brand: row[columns.brand],
          manufacturer: row[columns.manufacturer_id],
          package_size: row[columns.package_size],
          coupon_campaigns: coupons.get(sku)?.join(' '),
        }),
        at: price.at,
      });
    }
  }
}

function emitCategory(context: ReadContext, department: string, category: string): string | null {
  if (department === '') return null;
  context.catalog.category(department, department, null);
  if (category === '') return department;
  const key = `${department}/${category}`;
  context.catalog.category(key, category, department);
  return key;
}

/** Emits the described households. */
export async function readDemographics(context: ReadContext, households: Households): Promise<void> {
  const path = findPath(context.paths, 'demographics');
  if (!path) return;
  const table = await Table.open(path);
  const tally = context.tally(path);
  const columns = table.columns(['household_id', ...DEMOGRAPHICS]);
  for await (const rows of table.batches(tally)) {
    for (const row of rows) {
      const described: Record<string, string | undefined> = {};
      for (const name of DEMOGRAPHICS) described[name] = row[columns[name]];
      const household = row[columns.household_id] ?? '';
      if (!households.emit(household, attributesOf(described))) tally.apply('duplicate_household', household);
    }
  }
}

/** Number of data rows of a file that feeds nothing. */
export async function countRows(path: string, reason: string): Promise<{ file: string; rows: number; reason: string }> {
  let rows = -1;
  for await (const { records } of readRecords(path)) rows += records.length;
  return { file: basename(path), rows, reason };
}
