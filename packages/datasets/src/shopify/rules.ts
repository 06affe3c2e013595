import type { CleaningRule } from '../shared/import-report.ts';
import { TABLE_RULES } from '../shared/reader.ts';

export const SHOPIFY_RULES: readonly CleaningRule[] = [
  ...TABLE_RULES,
  {
    reason: 'order_without_start',
    column: 'Name',
    outcome: 'rejected',
    statement: 'A line before the first row of its order, or of an order whose first row was refused, belongs to nothing.',
  },
  {
    reason: 'bad_date',
    column: 'Created at',
    outcome: 'rejected',
    statement: 'Created at must be YYYY-MM-DD HH:MM:SS with its offset, from 1995 to a day after the import.',
  },
  { reason: 'test_order', column: 'Tags', outcome: 'rejected', statement: 'An order tagged "test" is no sale.' },
  {
    reason: 'other_currency',
    column: 'Currency',
    outcome: 'rejected',
    statement: 'An order in another currency than the import is left out: amounts are never mixed.',
  },
  {
    reason: 'not_paid',
    column: 'Financial Status',
    outcome: 'rejected',
    statement: 'A pending, expired or voided order that was not cancelled was never paid.',
  },
  {
    reason: 'quantity_not_positive',
    column: 'Lineitem quantity',
    outcome: 'rejected',
    statement: 'The quantity must be a whole number above 0.',
  },
  { reason: 'price_not_positive', column: 'Lineitem price', outcome: 'rejected', statement: 'A line at 0 is a gift, not a price.' },
  { reason: 'sku_from_name', column: 'Lineitem sku', outcome: 'repaired', statement: 'A line without SKU is kept under its name.' },
  {
    reason: 'partial_refund',
    column: 'Refunded Amount',
    outcome: 'kept',
    statement: 'A refund smaller than the order names no line: it is counted here and makes no return.',
  },
  {
    reason: 'full_refund',
    column: 'Refunded Amount',
    outcome: 'kept',
    statement: 'A refund of the whole order makes a return of every line.',
  },
  { reason: 'guest_order', column: 'Email', outcome: 'kept', statement: 'An order without e-mail stays as the order of a guest.' },
  {
    reason: 'row_without_variant',
    column: 'Variant Price',
    outcome: 'kept',
    statement: 'A product row that only carries a further picture describes no variant.',
  },
  { reason: 'variant_price_not_positive', column: 'Variant Price', outcome: 'rejected', statement: 'A variant needs a price above 0.' },
  {
    reason: 'variant_sku_from_handle',
    column: 'Variant SKU',
    outcome: 'repaired',
    statement: 'A variant without SKU is kept under its handle and options.',
  },
  { reason: 'duplicate_variant', column: 'Variant SKU', outcome: 'rejected', statement: 'A second variant of the same SKU is left out.' },
];
