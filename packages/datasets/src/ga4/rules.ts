import type { CleaningRule } from '../shared/import-report.ts';

export const MAX_LINE_CHARACTERS = 1_048_576;

export const GA4_RULES: readonly CleaningRule[] = [
  {
    reason: 'not_an_event',
    column: '',
    outcome: 'rejected',
    statement: 'A line must be one JSON object with event_name, event_timestamp and user_pseudo_id or user_id.',
  },
  { reason: 'line_too_long', column: '', outcome: 'rejected', statement: `A line above ${MAX_LINE_CHARACTERS} characters is no event.` },
  {
    reason: 'event_not_used',
    column: 'event_name',
    outcome: 'rejected',
    statement: 'Page views, sessions, scrolls and the like feed nothing.',
    isListed: false,
  },
  {
    reason: 'bad_timestamp',
    column: 'event_timestamp',
    outcome: 'rejected',
    statement: 'event_timestamp must be microseconds since 1970, from 1995 to a day after the import.',
  },
  { reason: 'no_item', column: 'items', outcome: 'rejected', statement: 'An event about products must name one by item_id.' },
  {
    reason: 'other_currency',
    column: 'event_params',
    outcome: 'rejected',
    statement: 'An event in another currency than the import is left out: amounts are never mixed.',
  },
  {
    reason: 'duplicate_transaction',
    column: 'ecommerce',
    outcome: 'rejected',
    statement: 'A purchase whose transaction_id was seen is a page loaded again.',
  },
  {
    reason: 'transaction_id_missing',
    column: 'ecommerce',
    outcome: 'kept',
    statement: 'A purchase without transaction_id makes events, no order.',
  },
  {
    reason: 'item_without_price',
    column: 'items',
    outcome: 'repaired',
    statement: 'An item without a price above 0 makes an event, but no product, price or order line.',
  },
];
