import type { OrderLineRow, ShopRow } from '@promolift/domain';
import { toMinor, toWhole } from '../shared/amounts.ts';
import type { FileTally } from '../shared/import-report.ts';
import { wallClockMs } from '../shared/local-time.ts';
import { attributesOf, type FormatReader, type ReadContext, unstatedConsent } from '../shared/reader.ts';
import { Table } from '../shared/table.ts';
import { OpenPurchases } from './open-purchases.ts';
import { CODES_WITHOUT_GOODS, COUNTRY_CODES, MAX_QUANTITY, MAX_UNIT_PRICE, ONLINE_RETAIL_RULES } from './rules.ts';

const COLUMNS = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'] as const;
type Column = (typeof COLUMNS)[number];

/** UCI Online Retail: one file of invoice lines in order of time, London wall clock, pounds. */
export const onlineRetail: FormatReader = {
  format: 'online-retail',
  defaults: { currency: 'GBP', timeZone: 'Europe/London' },
  rules: ONLINE_RETAIL_RULES,
  detect: (headers) => [...headers.values()].some((header) => COLUMNS.every((name) => header.includes(name))),
  async *read(context) {
    for (const path of context.paths) {
      const table = await Table.open(path, { limit: context.options.limit });
      const lines = new InvoiceLines(context, context.tally(path), table.columns(COLUMNS));
      for await (const rows of table.batches(lines.tally)) {
        for (const row of rows) lines.take(row);
        yield* context.sink.full();
      }
      lines.closeInvoice();
    }
    yield* context.sink.rest();
  },
};

interface Invoice {
  number: string;
  customer: string;
  country: string;
  at: Date;
  shippingMinor: number;
  lines: OrderLineRow[];
  rowsSeen: Set<string>;
}

/** A line whose cells are parsed and possible. */
interface Line {
  sku: string;
  name: string;
  quantity: number;
  unitPriceMinor: number;
  at: Date;
}

class InvoiceLines {
  readonly tally: FileTally;
  private readonly context: ReadContext;
  private readonly columns: Readonly<Record<Column, number>>;
  private readonly purchases = new OpenPurchases();
  private readonly users = new Set<string>();
  /** Lines written per invoice: an invoice number that comes back later continues its numbering. */
  private readonly linesOf = new Map<string, number>();
  private invoice: Invoice | null = null;
  private lastDate = '';
  private lastAt: Date | null = null;

  constructor(context: ReadContext, tally: FileTally, columns: Readonly<Record<Column, number>>) {
    this.context = context;
    this.tally = tally;
    this.columns = columns;
  }

  take(row: string[]): void {
    const cell = (name: Column): string => row[this.columns[name]] ?? '';
    const number = cell('InvoiceNo');
    const dateText = cell('InvoiceDate');
    const customer = cell('CustomerID');
    const country = cell('Country');
    const at = this.utc(dateText);
    if (!at) {
      this.tally.apply('bad_invoice_date', dateText);
      return;
    }
    const invoice = this.openInvoice(number, customer, country, at);
    const content = row.join('\u001f');
    if (invoice.rowsSeen.has(content)) {
      this.tally.apply('duplicate_line', number);
      return;
    }
    invoice.rowsSeen.add(content);
    const line = this.parse(number, cell('StockCode'), cell('Description'), cell('Quantity'), cell('UnitPrice'), at);
    if (!line) return;
    if (customer === '') this.tally.apply('guest_order');
    if (country !== '' && !COUNTRY_CODES[country]) this.tally.apply('country_unknown', country);
    if (number.startsWith('C')) this.takeReturn(invoice, line);
    else this.takeSale(invoice, line);
  }

  /** Emits the order collected so far, before its lines. */
  closeInvoice(): void {
    const invoice = this.invoice;
    this.invoice = null;
    if (!invoice || (invoice.lines.length === 0 && invoice.shippingMinor === 0)) return;
    const { sink, currency } = this.context;
    if (!this.linesOf.has(invoice.number)) {
      sink.push({
        kind: 'order',
        externalId: invoice.number,
        userExternalId: this.user(invoice),
        anonymousId: null,
        at: invoice.at,
        currency,
        channel: null,
        country: COUNTRY_CODES[invoice.country] ?? null,
        shippingMinor: invoice.shippingMinor,
        status: 'placed',
      });
    }
    const before = this.linesOf.get(invoice.number) ?? 0;
    for (const line of invoice.lines) sink.push({ ...line, lineNumber: before + line.lineNumber });
    this.linesOf.set(invoice.number, before + invoice.lines.length);
  }

  private openInvoice(number: string, customer: string, country: string, at: Date): Invoice {
    if (this.invoice?.number === number) return this.invoice;
    this.closeInvoice();
    this.invoice = { number, customer, country, at, shippingMinor: 0, lines: [], rowsSeen: new Set() };
    return this.invoice;
  }

  /** Applies the rules of the cells in the order in which `rules.ts` lists them. */
  private parse(number: string, code: string, name: string, quantityText: string, priceText: string, at: Date): Line | null {
    const sku = code.trim().toUpperCase();
    const reason = sku.startsWith('GIFT_') ? 'gift_voucher' : CODES_WITHOUT_GOODS[sku];
    if (number.startsWith('A') || reason === 'bad_debt_adjustment') return this.refuse('bad_debt_adjustment', code);
    const quantity = toWhole(quantityText);
    if (!quantity) return this.refuse('bad_quantity', quantityText);
    const isReturn = number.startsWith('C');
    if (quantity < 0 && !isReturn) return this.refuse('stock_adjustment', quantityText);
    if (quantity > 0 && isReturn) return this.refuse('bad_quantity', quantityText);
    const unitPriceMinor = toMinor(priceText, this.context.digits);
    if (reason && reason !== 'postage') return this.refuse(reason, code);
    if (unitPriceMinor === null || unitPriceMinor <= 0) return this.refuse('price_not_positive', priceText);
    if (reason) return this.takePostage(isReturn, quantity * unitPriceMinor, code);
    if (Math.abs(quantity) > MAX_QUANTITY) return this.refuse('quantity_outlier', quantityText);
    if (unitPriceMinor > MAX_UNIT_PRICE * 10 ** this.context.digits) return this.refuse('price_outlier', priceText);
    if (sku !== code) this.tally.apply('stock_code_case', code);
    return { sku, name, quantity: Math.abs(quantity), unitPriceMinor, at };
  }

  private refuse(reason: string, value: string): null {
    this.tally.apply(reason, value);
    return null;
  }

  private takePostage(isReturn: boolean, amountMinor: number, code: string): null {
    this.tally.apply(isReturn ? 'postage_refund' : 'postage', code);
    if (!isReturn && this.invoice) this.invoice.shippingMinor += amountMinor;
    return null;
  }

  private takeSale(invoice: Invoice, line: Line): void {
    const { catalog } = this.context;
    const { sku, quantity, unitPriceMinor, at } = line;
    if (!catalog.has(sku)) catalog.product(productOf(line));
    else catalog.price(sku, unitPriceMinor, at);
    if (invoice.customer !== '') this.purchases.add(invoice.customer, sku, invoice.number, quantity, unitPriceMinor);
    invoice.lines.push({
      kind: 'orderLine',
      orderExternalId: invoice.number,
      lineNumber: invoice.lines.length + 1,
      sku,
      quantity,
      unitPriceMinor,
      discountMinor: 0,
      costMinor: catalog.costOf(sku),
    });
  }

  private takeReturn(invoice: Invoice, line: Line): void {
    const { sku, quantity, unitPriceMinor, at } = line;
    const { catalog, currency, sink } = this.context;
    this.tally.apply('cancellation_to_return', String(-quantity));
    const order = invoice.customer === '' ? null : this.purchases.takeBack(invoice.customer, sku, quantity, unitPriceMinor);
    if (order === null) this.tally.apply('return_without_purchase', sku);
    if (!catalog.has(sku)) catalog.product(productOf(line));
    const number = (this.linesOf.get(invoice.number) ?? 0) + 1;
    this.linesOf.set(invoice.number, number);
    sink.push({
      kind: 'return',
      externalId: `${invoice.number}-${number}`,
      orderExternalId: order,
      userExternalId: this.user(invoice),
      sku,
      quantity,
      refundMinor: quantity * unitPriceMinor,
      currency,
      at,
    });
  }

  /** The customer of an invoice, emitted on first sight. */
  private user(invoice: Invoice): string | null {
    if (invoice.customer === '') return null;
    if (this.users.has(invoice.customer)) return invoice.customer;
    this.users.add(invoice.customer);
    const { consent, attributes } = unstatedConsent(this.context.options);
    this.context.sink.push({
      kind: 'user',
      externalId: invoice.customer,
      createdAt: invoice.at,
      consent,
      email: null,
      attributes: { ...attributes, ...attributesOf({ country: COUNTRY_CODES[invoice.country] }) },
    });
    return invoice.customer;
  }

  private utc(text: string): Date | null {
    if (text === this.lastDate) return this.lastAt;
    const wallMs = wallClockMs(text);
    const at = wallMs === null ? null : this.context.localTime.toUtc(wallMs);
    this.lastDate = text;
    this.lastAt = at && this.context.isPossible(at) ? at : null;
    return this.lastAt;
  }
}

function productOf(line: Line): Omit<Extract<ShopRow, { kind: 'product' }>, 'kind' | 'currency'> {
  const { sku, name, unitPriceMinor, at } = line;
  return { sku, name: name.trim() || sku, categoryKey: null, priceMinor: unitPriceMinor, costMinor: null, stock: null, attributes: {}, at };
}
