import { parseMeasure } from '@promolift/domain';
import { toMinor, toWhole } from '../shared/amounts.ts';
import { type DateFormat, type MappedField, Mapping, PRODUCT_FIELDS, REQUIRED_FIELDS, SALES_FIELDS } from './mapping.ts';
import { parseDate } from './parse-date.ts';

/** Words that name a field in a header, the surest first; compared without case, spaces and punctuation. */
const WORDS: Readonly<Record<MappedField, readonly string[]>> = {
  order: [
    'orderid',
    'orderno',
    'ordernumber',
    'invoiceno',
    'invoice',
    'invoiceid',
    'basketid',
    'transactionid',
    'receipt',
    'order',
    'bestellnummer',
    '订单号',
  ],
  at: ['orderdate', 'invoicedate', 'createdat', 'timestamp', 'datetime', 'purchasedate', 'soldat', 'date', 'time', 'datum', '日期'],
  sku: [
    'sku',
    'stockcode',
    'productid',
    'itemid',
    'productcode',
    'articleno',
    'itemcode',
    'article',
    'variantsku',
    'artikelnummer',
    'product',
    'item',
  ],
  name: ['productname', 'itemname', 'title', 'description', 'name', 'bezeichnung', '商品名称'],
  category: ['category', 'productcategory', 'department', 'producttype', 'type', 'kategorie', '分类'],
  quantity: ['quantity', 'qty', 'units', 'pieces', 'amountofitems', 'menge', '数量'],
  unitPrice: ['unitprice', 'price', 'itemprice', 'priceeach', 'listprice', 'variantprice', 'preis', '单价'],
  discount: ['discount', 'discountamount', 'linediscount', 'rabatt', '折扣'],
  cost: ['cost', 'unitcost', 'costperitem', 'costprice', 'purchaseprice', 'einkaufspreis', '成本'],
  user: ['customerid', 'userid', 'customer', 'clientid', 'memberid', 'householdid', 'user', 'kundennummer', '客户'],
  country: ['country', 'countrycode', 'shippingcountry', 'land'],
  channel: ['channel', 'store', 'storeid', 'source', 'saleschannel'],
  stock: ['stock', 'inventory', 'stockonhand', 'inventoryqty', 'available', 'bestand', '库存'],
  measure: ['netcontent', 'content', 'measure', 'packsize', 'netweight', 'netvolume', 'inhalt', '净含量', '规格'],
};

export interface MappingSuggestion {
  rows: 'sales' | 'products';
  /** `null` while a required column is not found. */
  mapping: Mapping | null;
  /** Column found for each field; `confidence` 0..1 from the header's name and its values. */
  columns: Partial<Record<MappedField, { column: string; confidence: number }>>;
  missing: MappedField[];
}

/** Proposes what the columns mean, from the headers and a few rows of values. Nothing is read until a person agrees. */
export function suggestMapping(
  headers: readonly string[],
  sampleRows: readonly (readonly string[])[],
  delimiter: Mapping['delimiter'] = ',',
): MappingSuggestion {
  const valuesOf = (at: number): string[] => sampleRows.map((row) => row[at] ?? '').filter((value) => value !== '');
  const isSales = bestColumn('order', headers, valuesOf, new Set()) !== null && bestColumn('at', headers, valuesOf, new Set()) !== null;
  const fields: readonly MappedField[] = isSales ? SALES_FIELDS : PRODUCT_FIELDS;
  const taken = new Set<number>();
  const columns: MappingSuggestion['columns'] = {};
  for (const field of fields) {
    const best = bestColumn(field, headers, valuesOf, taken);
    if (!best) continue;
    taken.add(best.at);
    columns[field] = { column: headers[best.at] ?? '', confidence: best.confidence };
  }
  const missing = REQUIRED_FIELDS[isSales ? 'sales' : 'products'].filter((field) => !columns[field]);
  const sampleOf = (field: MappedField): string[] => valuesOf(headers.indexOf(columns[field]?.column ?? ''));
  const parsed = Mapping.safeParse({
    rows: isSales ? 'sales' : 'products',
    delimiter,
    decimal: sampleOf('unitPrice').some((value) => /,\d{1,2}$/.test(value)) ? ',' : '.',
    ...(isSales ? { dateFormat: dateFormatOf(sampleOf('at')) ?? 'iso' } : {}),
    columns: Object.fromEntries(Object.entries(columns).map(([field, found]) => [field, found.column])),
  });
  return { rows: isSales ? 'sales' : 'products', mapping: parsed.success ? parsed.data : null, columns, missing };
}

function bestColumn(
  field: MappedField,
  headers: readonly string[],
  valuesOf: (at: number) => string[],
  taken: ReadonlySet<number>,
): { at: number; confidence: number } | null {
  let best: { at: number; confidence: number } | null = null;
  for (const [at, header] of headers.entries()) {
    if (taken.has(at)) continue;
    const confidence = nameScore(field, header) * valueScore(field, valuesOf(at));
    if (confidence >= 0.3 && confidence > (best?.confidence ?? 0)) best = { at, confidence: Math.round(confidence * 100) / 100 };
  }
  return best;
}

function nameScore(field: MappedField, header: string): number {
  const name = header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const rank = WORDS[field].indexOf(name);
  if (rank >= 0) return 1 - rank * 0.02;
  return WORDS[field].some((word) => word.length >= 4 && name.includes(word)) ? 0.5 : 0;
}

/** Share of the values that can be what the field says; an empty sample says nothing against it. */
function valueScore(field: MappedField, values: readonly string[]): number {
  if (values.length === 0) return 0.8;
  const fits = (test: (value: string) => boolean): number => values.filter(test).length / values.length;
  switch (field) {
    case 'at':
      return dateFormatOf(values) ? 1 : 0;
    case 'quantity':
    case 'stock':
      return fits((value) => toWhole(value) !== null);
    case 'unitPrice':
    case 'discount':
    case 'cost':
      return fits((value) => toMinor(value, 2) !== null || toMinor(value, 2, ',') !== null);
    case 'measure':
      return fits((value) => parseMeasure(value) !== null);
    default:
      return 1;
  }
}

/** The first format that reads all values; `dmy` before `mdy`, so an all-ambiguous sample is taken as day first. */
function dateFormatOf(values: readonly string[]): DateFormat | null {
  const order: readonly DateFormat[] = ['iso', 'dmy', 'mdy', 'epoch_seconds'];
  return order.find((format) => values.length > 0 && values.every((value) => parseDate(value, format) !== null)) ?? null;
}
