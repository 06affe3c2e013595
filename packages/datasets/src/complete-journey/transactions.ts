import { toMinor, toWhole } from '../shared/amounts.ts';
import { FileTally } from '../shared/import-report.ts';
import { wallClockMs } from '../shared/local-time.ts';
import type { ReadContext } from '../shared/reader.ts';
import { Table } from '../shared/table.ts';
import type { Households } from './households.ts';
import { COMPLETE_JOURNEY_RULES, MAX_QUANTITY } from './rules.ts';

export const TRANSACTION_COLUMNS = [
  'household_id',
  'store_id',
  'basket_id',
  'product_id',
  'quantity',
  'sales_value',
  'retail_disc',
  'coupon_disc',
  'coupon_match_disc',
  'transaction_timestamp',
] as const;
type Columns = Readonly<Record<(typeof TRANSACTION_COLUMNS)[number], number>>;

export interface KnownPrice {
  priceMinor: number;
  at: Date;
}

interface Transaction {
  household: string;
  store: string;
  basket: string;
  sku: string;
  quantity: number;
  /** Shelf price: what the line would have cost without any discount, a piece. */
  unitPriceMinor: number;
  discountMinor: number;
  at: Date;
}

/** Shelf price of each product at its last sale. Counts nothing: the rows are counted when they are emitted. */
export async function lastPrices(path: string, context: ReadContext): Promise<Map<string, KnownPrice>> {
  const prices = new Map<string, KnownPrice>();
  const table = await Table.open(path, { limit: context.options.limit });
  const tally = new FileTally(table.file, COMPLETE_JOURNEY_RULES, () => undefined);
  const columns = table.columns(TRANSACTION_COLUMNS);
  for await (const rows of table.batches(tally)) {
    for (const row of rows) {
      const line = parse(row, columns, context, tally);
      const known = line && prices.get(line.sku);
      if (line && (!known || known.at < line.at)) prices.set(line.sku, { priceMinor: line.unitPriceMinor, at: line.at });
    }
  }
  return prices;
}

/** Fills the sink with orders, their lines and one price a product and week, in the (random) order of the file. */
export async function* readTransactions(path: string, context: ReadContext, households: Households): AsyncGenerator<void> {
  const table = await Table.open(path, { limit: context.options.limit });
  const tally = context.tally(path);
  const columns = table.columns(TRANSACTION_COLUMNS);
  const emitter = new Baskets(context, households, tally);
  for await (const rows of table.batches(tally)) {
    for (const row of rows) {
      const line = parse(row, columns, context, tally);
      if (line) emitter.take(line);
    }
    yield;
  }
}

class Baskets {
  private readonly skusOf = new Map<string, string[]>();
  private readonly pricedWeeks = new Set<string>();
  private readonly context: ReadContext;
  private readonly households: Households;
  private readonly tally: FileTally;

  constructor(context: ReadContext, households: Households, tally: FileTally) {
    this.context = context;
    this.households = households;
    this.tally = tally;
  }

  take(line: Transaction): void {
    const skus = this.skusOf.get(line.basket) ?? this.open(line);
    if (skus.includes(line.sku)) {
      this.tally.apply('duplicate_line', line.sku);
      return;
    }
    skus.push(line.sku);
    this.price(line);
    this.context.sink.push({
      kind: 'orderLine',
      orderExternalId: line.basket,
      lineNumber: skus.length,
      sku: line.sku,
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
      discountMinor: line.discountMinor,
      costMinor: this.context.catalog.costOf(line.sku),
    });
  }

  private open(line: Transaction): string[] {
    this.households.emit(line.household);
    this.context.sink.push({
      kind: 'order',
      externalId: line.basket,
      userExternalId: line.household,
      anonymousId: null,
      at: line.at,
      currency: this.context.currency,
      channel: `store-${line.store}`,
      country: 'US',
      shippingMinor: 0,
      status: 'placed',
    });
    const skus: string[] = [];
    this.skusOf.set(line.basket, skus);
    return skus;
  }

  private price({ sku, unitPriceMinor, at }: Transaction): void {
    const { catalog, sink, currency } = this.context;
    if (!catalog.has(sku)) {
      this.tally.apply('unknown_product', sku);
      catalog.product({
        sku,
        name: `Product ${sku}`,
        categoryKey: null,
        priceMinor: unitPriceMinor,
        costMinor: null,
        stock: null,
        attributes: {},
        at,
      });
    }
    const week = `${sku} ${Math.floor(at.getTime() / (7 * 86_400_000))}`;
    if (this.pricedWeeks.has(week)) return;
    this.pricedWeeks.add(week);
    sink.push({ kind: 'price', sku, at, priceMinor: unitPriceMinor, currency });
  }
}

/** Applies the rules of a transaction; `null` when one of them rejects it. */
function parse(row: readonly string[], columns: Columns, context: ReadContext, tally: FileTally): Transaction | null {
  const cell = (name: keyof Columns): string => row[columns[name]] ?? '';
  const refuse = (reason: string, value: string): null => {
    tally.apply(reason, value);
    return null;
  };
  const wallMs = wallClockMs(cell('transaction_timestamp'));
  const at = wallMs === null ? null : context.localTime.toUtc(wallMs);
  if (!at || !context.isPossible(at)) return refuse('bad_timestamp', cell('transaction_timestamp'));
  const quantity = toWhole(cell('quantity'));
  if (quantity === null || quantity <= 0) return refuse('quantity_not_positive', cell('quantity'));
  if (quantity > MAX_QUANTITY) return refuse('sold_by_measure', cell('quantity'));
  const amounts = [cell('sales_value'), cell('retail_disc'), cell('coupon_disc'), cell('coupon_match_disc')].map((text) =>
    toMinor(text, context.digits),
  );
  const [sales = null, retail = null, coupon = null, match = null] = amounts;
  if (sales === null || retail === null || coupon === null || match === null || Math.min(sales, retail, coupon, match) < 0) {
    return refuse('bad_amount', amounts.join(' '));
  }
  const unitPriceMinor = Math.round((sales + retail + match) / quantity);
  if (unitPriceMinor <= 0) return refuse('price_below_cent', cell('sales_value'));
  if (coupon > sales) tally.apply('coupon_above_price', cell('coupon_disc'));
  // Rounding the price of a piece may lose a cent of the line; the discount absorbs it so that the shopper's amount is exact.
  const paidMinor = Math.max(0, sales - coupon);
  return {
    household: cell('household_id'),
    store: cell('store_id'),
    basket: cell('basket_id'),
    sku: cell('product_id'),
    quantity,
    unitPriceMinor,
    discountMinor: Math.max(0, unitPriceMinor * quantity - paidMinor),
    at,
  };
}
