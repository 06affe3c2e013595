import { type Measure, parseMeasure } from '@promolift/domain';
import { toMinor, toWhole } from '../shared/amounts.ts';
import { DatasetError } from '../shared/dataset-error.ts';
import type { FileTally } from '../shared/import-report.ts';
import { type FormatReader, type ReadContext, unstatedConsent } from '../shared/reader.ts';
import { Table } from '../shared/table.ts';
import type { MappedField, Mapping } from './mapping.ts';
import { parseDate } from './parse-date.ts';
import { CSV_RULES, MAX_QUANTITY } from './rules.ts';

/** Any CSV with one row per order line or per product; the mapping says which column means what. */
export const csv: FormatReader = {
  format: 'csv',
  defaults: { currency: 'USD', timeZone: 'UTC' },
  rules: CSV_RULES,
  detect: () => false,
  async *read(context) {
    const { mapping, limit } = context.options;
    if (!mapping) throw new DatasetError('WRONG_MAPPING', 'The csv format needs a mapping of its columns');
    for (const path of context.paths) {
      const table = await Table.open(path, { delimiter: mapping.delimiter, limit });
      const reader = new MappedRows(context, mapping, table, context.tally(path));
      for await (const rows of table.batches(reader.tally)) {
        for (const row of rows) reader.take(row);
        yield* context.sink.full();
      }
    }
    yield* context.sink.rest();
  },
};

class MappedRows {
  readonly tally: FileTally;
  private readonly context: ReadContext;
  private readonly mapping: Mapping;
  private readonly names: Partial<Record<MappedField, string>>;
  private readonly positions = new Map<MappedField, number>();
  private readonly users = new Set<string>();
  private readonly linesOf = new Map<string, number>();
  private order = '';
  private rowsSeen = new Set<string>();
  private row: readonly string[] = [];

  constructor(context: ReadContext, mapping: Mapping, table: Table, tally: FileTally) {
    this.context = context;
    this.mapping = mapping;
    this.names = mapping.columns;
    this.tally = tally;
    for (const [field, name] of Object.entries(mapping.columns)) this.positions.set(field as MappedField, table.column(name));
  }

  take(row: readonly string[]): void {
    this.row = row;
    const sku = this.cell('sku');
    if (sku === '') {
      this.refuse('key_missing', 'sku');
      return;
    }
    const priceMinor = this.amount('unitPrice');
    if (priceMinor === null || priceMinor <= 0) {
      this.refuse('price_not_positive', 'unitPrice');
      return;
    }
    if (this.mapping.rows === 'products') this.takeProduct(sku, priceMinor);
    else this.takeSale(sku, priceMinor);
  }

  private takeProduct(sku: string, priceMinor: number): void {
    if (this.context.catalog.has(sku)) {
      this.refuse('duplicate_product', 'sku');
      return;
    }
    const stock = this.cell('stock') === '' ? null : toWhole(this.cell('stock'));
    if (this.cell('stock') !== '' && (stock === null || stock < 0)) this.tally.apply('bad_stock', this.cell('stock'));
    this.product(sku, priceMinor, this.context.options.now ?? new Date(), stock === null ? null : Math.max(0, stock));
  }

  private takeSale(sku: string, priceMinor: number): void {
    const order = this.cell('order');
    if (order === '') {
      this.refuse('key_missing', 'order');
      return;
    }
    const date = parseDate(this.cell('at'), this.mapping.dateFormat);
    const at = date && (date.isInstant ? new Date(date.ms) : this.context.localTime.toUtc(date.ms));
    if (!at || !this.context.isPossible(at)) {
      this.refuse('bad_date', 'at');
      return;
    }
    const quantity = toWhole(this.cell('quantity'));
    if (quantity === null || quantity <= 0) {
      this.refuse('quantity_not_positive', 'quantity');
      return;
    }
    if (quantity > MAX_QUANTITY) {
      this.refuse('quantity_outlier', 'quantity');
      return;
    }
    if (this.isRepeated(order)) {
      this.refuse('duplicate_line', 'order');
      return;
    }
    this.openOrder(order, at);
    this.product(sku, priceMinor, at, null);
    const lineNumber = (this.linesOf.get(order) ?? 0) + 1;
    this.linesOf.set(order, lineNumber);
    this.context.sink.push({
      kind: 'orderLine',
      orderExternalId: order,
      lineNumber,
      sku,
      quantity,
      unitPriceMinor: priceMinor,
      discountMinor: this.discount(priceMinor * quantity),
      costMinor: this.cost() ?? this.context.catalog.costOf(sku),
    });
  }

  private isRepeated(order: string): boolean {
    if (order !== this.order) this.rowsSeen = new Set();
    this.order = order;
    const content = this.row.join('\u001f');
    if (this.rowsSeen.has(content)) return true;
    this.rowsSeen.add(content);
    return false;
  }

  private openOrder(order: string, at: Date): void {
    const user = this.cell('user');
    if (user === '') this.tally.apply('guest_order');
    if (this.linesOf.has(order)) return;
    const { sink, currency, options } = this.context;
    if (user !== '' && !this.users.has(user)) {
      this.users.add(user);
      sink.push({ kind: 'user', externalId: user, createdAt: at, email: null, ...unstatedConsent(options) });
    }
    sink.push({
      kind: 'order',
      externalId: order,
      userExternalId: user || null,
      anonymousId: null,
      at,
      currency,
      channel: this.cell('channel') || null,
      country: /^[A-Za-z]{2}$/.test(this.cell('country')) ? this.cell('country').toUpperCase() : null,
      shippingMinor: 0,
      status: 'placed',
    });
  }

  private product(sku: string, priceMinor: number, at: Date, stock: number | null): void {
    const { catalog } = this.context;
    if (catalog.has(sku)) {
      catalog.price(sku, priceMinor, at);
      return;
    }
    const category = this.cell('category');
    if (category !== '') catalog.category(category, category, null);
    const costMinor = this.mapping.rows === 'products' ? this.cost() : this.amount('cost');
    catalog.product({
      sku,
      name: this.cell('name') || sku,
      categoryKey: category || null,
      priceMinor,
      costMinor: validCost(costMinor),
      stock,
      measure: this.measure(),
      attributes: {},
      at,
    });
  }

  private measure(): Measure | null {
    const text = this.cell('measure');
    const measure = parseMeasure(text);
    if (text !== '' && measure === null) this.tally.apply('bad_measure', text);
    return measure;
  }

  private discount(lineMinor: number): number {
    if (this.cell('discount') === '') return 0;
    const minor = this.amount('discount');
    if (minor !== null && minor >= 0 && minor <= lineMinor) return minor;
    this.tally.apply('bad_discount', this.cell('discount'), this.names.discount);
    return 0;
  }

  private cost(): number | null {
    const minor = validCost(this.amount('cost'));
    if (minor === null && this.cell('cost') !== '') this.tally.apply('bad_cost', this.cell('cost'), this.names.cost);
    return minor;
  }

  private amount(field: MappedField): number | null {
    return toMinor(this.cell(field), this.context.digits, this.mapping.decimal);
  }

  private cell(field: MappedField): string {
    return (this.row[this.positions.get(field) ?? -1] ?? '').trim();
  }

  private refuse(reason: string, field: MappedField): void {
    this.tally.apply(reason, this.cell(field), this.names[field]);
  }
}

function validCost(minor: number | null): number | null {
  return minor !== null && minor >= 0 ? minor : null;
}
