import { createHash } from 'node:crypto';
import { allocate, type OrderLineRow, type OrderRow } from '@promolift/domain';
import { parseDate } from '../csv/parse-date.ts';
import { toMinor, toWhole } from '../shared/amounts.ts';
import type { FileTally } from '../shared/import-report.ts';
import type { ReadContext } from '../shared/reader.ts';
import type { Table } from '../shared/table.ts';

const UNPAID = new Set(['pending', 'expired', 'voided']);

interface OpenOrder {
  row: OrderRow;
  /** Discount of the order as a whole, the lines' own included. */
  discountMinor: number;
  refundedMinor: number;
  totalMinor: number;
  lines: OrderLineRow[];
}

/** Shopify's orders export: an order spans several rows in succession, order-level cells stand only on the first. */
export async function* readOrders(table: Table, path: string, context: ReadContext): AsyncGenerator<void> {
  const orders = new OrderRows(table, context, context.tally(path));
  for await (const rows of table.batches(orders.tally)) {
    for (const row of rows) orders.take(row);
    yield;
  }
  orders.close();
}

class OrderRows {
  readonly tally: FileTally;
  private readonly table: Table;
  private readonly context: ReadContext;
  private readonly positions: ReadonlyMap<string, number>;
  private readonly users = new Set<string>();
  private name = '';
  private order: OpenOrder | null = null;
  private row: readonly string[] = [];

  constructor(table: Table, context: ReadContext, tally: FileTally) {
    this.table = table;
    this.context = context;
    this.tally = tally;
    this.positions = new Map(table.header.map((name, at) => [name, at]));
    for (const name of ['Name', 'Created at', 'Lineitem quantity', 'Lineitem price', 'Lineitem name']) this.table.column(name);
  }

  take(row: readonly string[]): void {
    this.row = row;
    const name = this.cell('Name');
    if (name !== this.name) {
      this.close();
      this.name = name;
      this.order = this.open(name);
      if (this.order === null) return;
    } else if (this.order === null) {
      this.tally.apply('order_without_start', name);
      return;
    }
    this.takeLine(this.order);
  }

  /** Emits the order collected so far, then its lines and, after a full refund, their return. */
  close(): void {
    const order = this.order;
    this.order = null;
    if (!order || order.lines.length === 0) return;
    const { sink, currency } = this.context;
    sink.push(order.row);
    const ownMinor = order.lines.reduce((sum, line) => sum + line.discountMinor, 0);
    const rooms = order.lines.map((line) => line.unitPriceMinor * line.quantity - line.discountMinor);
    const shares = allocate(Math.max(0, order.discountMinor - ownMinor), rooms, rooms);
    for (const [at, line] of order.lines.entries()) sink.push({ ...line, discountMinor: line.discountMinor + (shares[at] ?? 0) });
    if (order.refundedMinor <= 0 || order.refundedMinor < order.totalMinor) return;
    for (const [at, line] of order.lines.entries()) {
      sink.push({
        kind: 'return',
        externalId: `${order.row.externalId}-refund-${line.lineNumber}`,
        orderExternalId: order.row.externalId,
        userExternalId: order.row.userExternalId,
        sku: line.sku,
        quantity: line.quantity,
        refundMinor: (rooms[at] ?? 0) - (shares[at] ?? 0),
        currency,
        at: order.row.at,
      });
    }
  }

  private open(name: string): OpenOrder | null {
    const date = parseDate(this.cell('Created at'), 'iso');
    const at = date && (date.isInstant ? new Date(date.ms) : this.context.localTime.toUtc(date.ms));
    if (!at || !this.context.isPossible(at)) return this.refuse('bad_date', this.cell('Created at'));
    if (/(^|,)\s*test\s*(,|$)/i.test(this.cell('Tags'))) return this.refuse('test_order', this.cell('Tags'));
    const currency = this.cell('Currency');
    if (currency !== '' && currency !== this.context.currency) return this.refuse('other_currency', currency);
    const isCancelled = this.cell('Cancelled at') !== '';
    if (!isCancelled && UNPAID.has(this.cell('Financial Status'))) return this.refuse('not_paid', this.cell('Financial Status'));
    const refundedMinor = isCancelled ? 0 : this.amount('Refunded Amount');
    const totalMinor = this.amount('Total');
    if (refundedMinor > 0) this.tally.apply(refundedMinor < totalMinor ? 'partial_refund' : 'full_refund');
    return {
      row: {
        kind: 'order',
        externalId: name,
        userExternalId: this.user(at),
        anonymousId: null,
        at,
        currency: this.context.currency,
        channel: this.cell('Source') || null,
        country: this.cell('Shipping Country') || this.cell('Billing Country') || null,
        shippingMinor: this.amount('Shipping'),
        status: isCancelled ? 'cancelled' : 'placed',
      },
      discountMinor: this.amount('Discount Amount'),
      refundedMinor,
      totalMinor,
      lines: [],
    };
  }

  private takeLine(order: OpenOrder): void {
    const quantity = toWhole(this.cell('Lineitem quantity'));
    if (quantity === null || quantity <= 0) {
      this.tally.apply('quantity_not_positive', this.cell('Lineitem quantity'));
      return;
    }
    const unitPriceMinor = toMinor(this.cell('Lineitem price'), this.context.digits);
    if (unitPriceMinor === null || unitPriceMinor <= 0) {
      this.tally.apply('price_not_positive', this.cell('Lineitem price'));
      return;
    }
    const name = this.cell('Lineitem name');
    const sku = this.cell('Lineitem sku').replace(/^'/, '') || name;
    if (this.cell('Lineitem sku') === '') this.tally.apply('sku_from_name', name);
    const { catalog } = this.context;
    const at = order.row.at;
    if (catalog.has(sku)) catalog.price(sku, unitPriceMinor, at);
    else
      catalog.product({
        sku,
        name: name || sku,
        categoryKey: null,
        priceMinor: unitPriceMinor,
        costMinor: null,
        stock: null,
        attributes: {},
        at,
      });
    order.lines.push({
      kind: 'orderLine',
      orderExternalId: order.row.externalId,
      lineNumber: order.lines.length + 1,
      sku,
      quantity,
      unitPriceMinor,
      discountMinor: Math.min(this.amount('Lineitem discount'), unitPriceMinor * quantity),
      costMinor: catalog.costOf(sku),
    });
  }

  /** The export names no customer but an e-mail: its hash is the key, the address itself stands in the user row only. */
  private user(at: Date): string | null {
    const email = this.cell('Email').toLowerCase();
    if (email === '') {
      this.tally.apply('guest_order');
      return null;
    }
    const externalId = `shopify-${createHash('sha256').update(email).digest('hex').slice(0, 24)}`;
    if (this.users.has(externalId)) return externalId;
    this.users.add(externalId);
    const consent = this.cell('Accepts Marketing').toLowerCase() === 'yes';
    this.context.sink.push({ kind: 'user', externalId, createdAt: at, consent, email, attributes: {} });
    return externalId;
  }

  private refuse(reason: string, value: string): null {
    this.tally.apply(reason, value);
    return null;
  }

  private amount(name: string): number {
    return Math.max(0, toMinor(this.cell(name), this.context.digits) ?? 0);
  }

  private cell(name: string): string {
    return (this.row[this.positions.get(name) ?? -1] ?? '').trim();
  }
}
