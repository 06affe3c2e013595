import type { CleaningRule } from '../shared/import-report.ts';
import { TABLE_RULES } from '../shared/reader.ts';

export const MAX_QUANTITY = 10_000;

export const CSV_RULES: readonly CleaningRule[] = [
  ...TABLE_RULES,
  {
    reason: 'key_missing',
    column: 'sku',
    outcome: 'rejected',
    statement: 'A row without an order number or product key belongs to nothing.',
  },
  {
    reason: 'bad_date',
    column: 'at',
    outcome: 'rejected',
    statement: 'The date must follow the mapping, from 1995 to a day after the import.',
  },
  { reason: 'quantity_not_positive', column: 'quantity', outcome: 'rejected', statement: 'The quantity must be a whole number above 0.' },
  {
    reason: 'quantity_outlier',
    column: 'quantity',
    outcome: 'rejected',
    statement: `More than ${MAX_QUANTITY} pieces in one line is taken for a typing error.`,
  },
  { reason: 'price_not_positive', column: 'unitPrice', outcome: 'rejected', statement: 'The unit price must be an amount above 0.' },
  {
    reason: 'bad_discount',
    column: 'discount',
    outcome: 'repaired',
    statement: 'A discount that is no amount from 0 to the price of the line is taken as 0.',
  },
  { reason: 'bad_cost', column: 'cost', outcome: 'repaired', statement: 'A cost that is no amount of at least 0 is unknown.' },
  { reason: 'bad_stock', column: 'stock', outcome: 'repaired', statement: 'A stock that is no whole number is unknown; one below 0 is 0.' },
  {
    reason: 'bad_measure',
    column: 'measure',
    outcome: 'repaired',
    statement: 'Contents that are no amount with a unit, for example 500 g or 6 x 330 ml, are unknown.',
  },
  {
    reason: 'duplicate_line',
    column: 'order',
    outcome: 'rejected',
    statement: 'A row equal to an earlier one of the same order in direct succession is a double entry.',
  },
  { reason: 'duplicate_product', column: 'sku', outcome: 'rejected', statement: 'A second row of the same product key is left out.' },
  { reason: 'guest_order', column: 'user', outcome: 'kept', statement: 'A sale without a user stays as the order of a guest.' },
];
