import type { ShopRow } from '@promolift/domain';
import type { RowSink } from './row-sink.ts';

type ProductRow = Extract<ShopRow, { kind: 'product' }>;

export interface CatalogOptions {
  currency: string;
  /** Margin the shop states for products without a known cost; `null`: their cost stays unknown. */
  assumedMarginBasisPoints: number | null;
}

/** Emits products when first seen and list prices when they change. Holds one small entry per product. */
export class Catalog {
  private readonly known = new Map<string, { priceMinor: number; costMinor: number | null; day: number }>();
  private readonly categories = new Set<string>();
  private readonly sink: RowSink;
  private readonly options: CatalogOptions;

  constructor(sink: RowSink, options: CatalogOptions) {
    this.sink = sink;
    this.options = options;
  }

  has(sku: string): boolean {
    return this.known.has(sku);
  }

  /** Cost of one unit in minor units, known or assumed. */
  costOf(sku: string): number | null {
    return this.known.get(sku)?.costMinor ?? null;
  }

  category(key: string, name: string, parentKey: string | null): void {
    if (this.categories.has(key)) return;
    this.categories.add(key);
    this.sink.push({ kind: 'category', key, name, parentKey });
  }

  /** Emits the product with its first price. A later call with the same sku changes nothing. */
  product(product: Omit<ProductRow, 'kind' | 'currency'>, currency = this.options.currency): void {
    if (this.known.has(product.sku)) return;
    const margin = this.options.assumedMarginBasisPoints;
    const isAssumed = product.costMinor === null && margin !== null && product.priceMinor > 0;
    const costMinor = isAssumed ? Math.round((product.priceMinor * (10_000 - margin)) / 10_000) : product.costMinor;
    const attributes = isAssumed ? { ...product.attributes, cost_source: 'assumed' } : product.attributes;
    this.known.set(product.sku, { priceMinor: product.priceMinor, costMinor, day: dayOf(product.at) });
    this.sink.push({ ...product, kind: 'product', currency, costMinor, attributes });
    if (product.priceMinor > 0) this.emitPrice(product.sku, product.priceMinor, product.at, currency);
  }

  /** The list price seen in a sale: the first sale of a day sets it, so that quantity breaks within a day do not flip it. */
  price(sku: string, priceMinor: number, at: Date, currency = this.options.currency): void {
    const entry = this.known.get(sku);
    if (!entry || entry.day === dayOf(at)) return;
    entry.day = dayOf(at);
    if (entry.priceMinor === priceMinor) return;
    entry.priceMinor = priceMinor;
    this.emitPrice(sku, priceMinor, at, currency);
  }

  private emitPrice(sku: string, priceMinor: number, at: Date, currency: string): void {
    this.sink.push({ kind: 'price', sku, at, priceMinor, currency });
  }
}

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / 86_400_000);
}
