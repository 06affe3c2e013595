import { CURRENCY_EXPONENTS } from '@promolift/domain';
import { z } from 'zod';
import { DatasetError } from '../shared/dataset-error.ts';

/** What a column of a CSV may mean. `sales`: one row per order line; `products`: one row per product. */
export const SALES_FIELDS = [
  'order',
  'at',
  'sku',
  'name',
  'category',
  'quantity',
  'unitPrice',
  'discount',
  'cost',
  'user',
  'country',
  'channel',
] as const;
export const PRODUCT_FIELDS = ['sku', 'name', 'category', 'unitPrice', 'cost', 'stock', 'measure'] as const;
export type MappedField = (typeof SALES_FIELDS)[number] | (typeof PRODUCT_FIELDS)[number];

/** Without these no row can be read. */
export const REQUIRED_FIELDS: Readonly<Record<'sales' | 'products', readonly MappedField[]>> = {
  sales: ['order', 'at', 'sku', 'quantity', 'unitPrice'],
  products: ['sku', 'unitPrice'],
};

const DATE_FORMATS = ['iso', 'dmy', 'mdy', 'epoch_seconds'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const Column = z.string().min(1);
const Common = {
  currency: z
    .string()
    .refine((code) => CURRENCY_EXPONENTS.has(code), 'must be an ISO 4217 code')
    .optional(),
  timeZone: z.string().min(1).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  decimal: z.enum(['.', ',']).default('.'),
  dateFormat: z.enum(DATE_FORMATS).default('iso'),
};

export const Mapping = z.discriminatedUnion('rows', [
  z.strictObject({
    rows: z.literal('sales'),
    ...Common,
    columns: z.strictObject({
      order: Column,
      at: Column,
      sku: Column,
      quantity: Column,
      unitPrice: Column,
      name: Column.optional(),
      category: Column.optional(),
      discount: Column.optional(),
      cost: Column.optional(),
      user: Column.optional(),
      country: Column.optional(),
      channel: Column.optional(),
    }),
  }),
  z.strictObject({
    rows: z.literal('products'),
    ...Common,
    columns: z.strictObject({
      sku: Column,
      unitPrice: Column,
      name: Column.optional(),
      category: Column.optional(),
      cost: Column.optional(),
      stock: Column.optional(),
      measure: Column.optional(),
    }),
  }),
]);
export type Mapping = z.infer<typeof Mapping>;

/** Parses the content of a mapping file; every problem is named in one message. */
export function parseMapping(content: unknown): Mapping {
  const parsed = Mapping.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'mapping'}: ${issue.message}`);
  throw new DatasetError('WRONG_MAPPING', `The mapping cannot be used. ${problems.join('; ')}`);
}
