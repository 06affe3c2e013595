import { toMinor, toWhole } from '../shared/amounts.ts';
import { attributesOf, type ReadContext } from '../shared/reader.ts';
import type { Table } from '../shared/table.ts';

/** Shopify's products export: one row per variant, product cells only on the first row of a handle. */
export async function* readProducts(table: Table, path: string, context: ReadContext): AsyncGenerator<void> {
  const tally = context.tally(path);
  const { handle: handleAt, price: priceAt } = { handle: table.column('Handle'), price: table.column('Variant Price') };
  let product = { handle: '', title: '', category: '', vendor: '' };
  for await (const rows of table.batches(tally)) {
    for (const row of rows) {
      const cell = (name: string): string => (row[table.optionalColumn(name)] ?? '').trim();
      const handle = row[handleAt] ?? '';
      if (handle !== product.handle) {
        product = { handle, title: cell('Title'), category: cell('Type') || cell('Product Category'), vendor: cell('Vendor') };
      }
      if (row[priceAt] === '' && cell('Variant SKU') === '') {
        tally.apply('row_without_variant');
        continue;
      }
      const priceMinor = toMinor(row[priceAt] ?? '', context.digits);
      if (priceMinor === null || priceMinor <= 0) {
        tally.apply('variant_price_not_positive', row[priceAt]);
        continue;
      }
      const options = [cell('Option1 Value'), cell('Option2 Value'), cell('Option3 Value')].filter(
        (value) => value !== '' && value !== 'Default Title',
      );
      // Shopify puts an apostrophe before SKUs that a spreadsheet would take for numbers.
      const ownSku = cell('Variant SKU').replace(/^'/, '');
      if (ownSku === '') tally.apply('variant_sku_from_handle', handle);
      const sku = ownSku || [handle, ...options].join('/');
      if (context.catalog.has(sku)) {
        tally.apply('duplicate_variant', sku);
        continue;
      }
      if (product.category) context.catalog.category(product.category, product.category, null);
      const costMinor = toMinor(cell('Cost per item'), context.digits);
      const stock = toWhole(cell('Variant Inventory Qty'));
      context.catalog.product({
        sku,
        name: [product.title || handle, ...options].join(' – '),
        categoryKey: product.category || null,
        priceMinor,
        costMinor: costMinor !== null && costMinor >= 0 ? costMinor : null,
        stock: stock === null ? null : Math.max(0, stock),
        attributes: attributesOf({ handle, vendor: product.vendor }),
        at: context.options.now ?? new Date(),
      });
    }
    yield;
  }
}
