import type { CleaningRule } from '../shared/import-report.ts';
import { TABLE_RULES } from '../shared/reader.ts';

export const MAX_QUANTITY = 1_000;

/** Attributes of a household in `demographics`. */
export const DEMOGRAPHICS = [
  'age',
  'income',
  'home_ownership',
  'marital_status',
  'household_size',
  'household_comp',
  'kids_count',
] as const;

export const COMPLETE_JOURNEY_RULES: readonly CleaningRule[] = [
  ...TABLE_RULES,
  {
    reason: 'bad_timestamp',
    column: 'transaction_timestamp',
    outcome: 'rejected',
    statement:
      'transaction_timestamp must be YYYY-MM-DD HH:MM:SS (store time, read as US Eastern) between 1995 and a day after the import.',
  },
  {
    reason: 'bad_amount',
    column: 'sales_value',
    outcome: 'rejected',
    statement: 'sales_value and the three discounts must be numbers of at least 0.',
  },
  {
    reason: 'quantity_not_positive',
    column: 'quantity',
    outcome: 'rejected',
    statement: 'A line with quantity 0 (coupon booked alone, correction) sold nothing.',
  },
  {
    reason: 'sold_by_measure',
    column: 'quantity',
    outcome: 'rejected',
    statement: `A quantity above ${MAX_QUANTITY} counts thousandths of a gallon of fuel, not pieces.`,
  },
  {
    reason: 'price_below_cent',
    column: 'sales_value',
    outcome: 'rejected',
    statement: 'A line whose price before discounts rounds to 0 a piece has no usable price.',
  },
  {
    reason: 'coupon_above_price',
    column: 'coupon_disc',
    outcome: 'repaired',
    statement: 'Where a coupon is worth more than the line, the discount stops at the price of the line.',
  },
  {
    reason: 'duplicate_line',
    column: 'product_id',
    outcome: 'rejected',
    statement: 'A second line of the same product in the same basket is a double entry: the file has one line for each.',
  },
  {
    reason: 'unknown_product',
    column: 'product_id',
    outcome: 'repaired',
    statement: 'A product that the products file lacks is kept under its number, without a category.',
  },
  {
    reason: 'never_sold',
    column: 'product_id',
    outcome: 'rejected',
    statement: 'A product without a sale in the transactions has no price and is left out.',
    isListed: false,
  },
  {
    reason: 'no_category',
    column: 'department',
    outcome: 'kept',
    statement: 'A product without a department has no category.',
  },
  {
    reason: 'duplicate_household',
    column: 'household_id',
    outcome: 'rejected',
    statement: 'A household is described once; a second description is left out.',
  },
  {
    reason: 'to_attribute',
    column: 'campaign_id',
    outcome: 'kept',
    statement:
      'Campaigns, coupons and redemptions become attributes: campaigns and coupon_redemptions of the user, coupon_campaigns of the product. Targeting was not random, so they prove no effect.',
  },
];
