import { createHmac } from 'node:crypto';
import { seededId, type ShopRow, type ShopRowKind } from '@promolift/domain';
import { copyText, type CopyValue } from '../shared/copy.ts';

type RowOf<Kind extends ShopRowKind> = Extract<ShopRow, { kind: Kind }>;
export type Personal = {
  pseudonymKey: string | Buffer;
  encrypt: (email: string) => Buffer;
  /** New users get ids that follow from it, for simulated shops only: such an id tells for ever whose it was, so nobody could be forgotten. */
  userIdSeed?: string;
};

/** Staging tables hold natural keys; `position` keeps the last of two rows for one key. */
export const STAGING: Record<ShopRowKind, { table: string; columns: string[]; ddl: string }> = {
  category: staging('staged_categories', 'position int, key text, name text, parent_key text'),
  product: staging(
    'staged_products',
    'position int, sku text, name text, category_key text, currency text, price_minor bigint, cost_minor bigint, stock int, measure_amount int, measure_unit text, attributes jsonb, at timestamptz',
  ),
  price: staging('staged_prices', 'sku text, at timestamptz, price_minor bigint, currency text'),
  user: staging(
    'staged_users',
    'position int, id uuid, external_id text, pseudonym text, created_at timestamptz, has_consent boolean, personal_encrypted bytea, attributes jsonb',
  ),
  order: staging(
    'staged_orders',
    'external_id text, user_external_id text, anonymous_id text, at timestamptz, currency text, channel text, country text, shipping_minor bigint, status text',
  ),
  orderLine: staging(
    'staged_lines',
    'order_external_id text, line_number int, sku text, quantity int, unit_price_minor bigint, discount_minor bigint, cost_minor bigint',
  ),
  return: staging(
    'staged_returns',
    'external_id text, order_external_id text, user_external_id text, sku text, quantity int, refund_minor bigint, currency text, at timestamptz',
  ),
  event: staging(
    'staged_events',
    'event_id text, type text, user_external_id text, anonymous_id text, sku text, at timestamptz, quantity int, value_minor bigint, currency text, rating real, query text, order_external_id text',
  ),
};

function staging(table: string, definition: string) {
  const columns = definition.split(', ').map((column) => column.split(' ')[0] ?? '');
  return { table, columns, ddl: `create temporary table ${table} (${definition}) on commit delete rows` };
}

const BLOCK_BYTES = 1 << 16;

/** Rows of one transaction, already in COPY's text form: a tenth of the memory of the objects. */
export class ShopChunk {
  rows = 0;
  readonly counts: Record<ShopRowKind, number> = {
    category: 0,
    product: 0,
    price: 0,
    user: 0,
    order: 0,
    orderLine: 0,
    return: 0,
    event: 0,
  };
  readonly #blocks: Record<ShopRowKind, Buffer[]> = {
    category: [],
    product: [],
    price: [],
    user: [],
    order: [],
    orderLine: [],
    return: [],
    event: [],
  };
  readonly #filled: Record<ShopRowKind, number> = {
    category: 0,
    product: 0,
    price: 0,
    user: 0,
    order: 0,
    orderLine: 0,
    return: 0,
    event: 0,
  };

  add(row: ShopRow, personal: Personal): void {
    this.rows += 1;
    this.counts[row.kind] += 1;
    const line = `${fields(row, this.rows, personal).map(copyText).join('\t')}\n`;
    // Bytes, not growing strings: those would keep every piece alive until the end.
    const blocks = this.#blocks[row.kind];
    const mostBytes = line.length * 3;
    let block = blocks.at(-1);
    if (!block || this.#filled[row.kind] + mostBytes > block.length) {
      this.#close(row.kind);
      block = Buffer.allocUnsafe(Math.max(BLOCK_BYTES, mostBytes));
      blocks.push(block);
    }
    this.#filled[row.kind] += block.write(line, this.#filled[row.kind]);
  }

  blocksOf(kind: ShopRowKind): Buffer[] {
    this.#close(kind);
    return this.#blocks[kind];
  }

  #close(kind: ShopRowKind): void {
    const blocks = this.#blocks[kind];
    const last = blocks.at(-1);
    if (last && this.#filled[kind] > 0) blocks[blocks.length - 1] = last.subarray(0, this.#filled[kind]);
    this.#filled[kind] = 0;
  }
}

const productFields = (row: RowOf<'product'>, position: number): CopyValue[] => [
  position,
  row.sku,
  row.name,
  row.categoryKey,
  row.currency,
  row.priceMinor,
  row.costMinor,
  row.stock,
  row.measure?.amount ?? null,
  row.measure?.unit ?? null,
  row.attributes,
  row.at,
];

function fields(row: ShopRow, position: number, personal: Personal): CopyValue[] {
  switch (row.kind) {
    case 'category':
      return [position, row.key, row.name, row.parentKey];
    case 'product':
      return productFields(row, position);
    case 'price':
      return [row.sku, row.at, row.priceMinor, row.currency];
    case 'user':
      return userFields(row, position, personal);
    case 'order':
      return [
        row.externalId,
        row.userExternalId,
        row.anonymousId,
        row.at,
        row.currency,
        row.channel,
        row.country,
        row.shippingMinor,
        row.status,
      ];
    case 'orderLine':
      return [row.orderExternalId, row.lineNumber, row.sku, row.quantity, row.unitPriceMinor, row.discountMinor, row.costMinor];
    case 'return':
      return [row.externalId, row.orderExternalId, row.userExternalId, row.sku, row.quantity, row.refundMinor, row.currency, row.at];
    case 'event':
      return [
        row.eventId,
        row.type,
        row.userExternalId,
        row.anonymousId,
        row.sku,
        row.at,
        row.quantity,
        row.valueMinor,
        row.currency,
        row.rating,
        row.query,
        row.orderExternalId,
      ];
  }
}

function userFields(row: RowOf<'user'>, position: number, { pseudonymKey, encrypt, userIdSeed }: Personal): CopyValue[] {
  return [
    position,
    userIdSeed === undefined ? null : seededId(userIdSeed, row.externalId, row.createdAt?.getTime() ?? 0),
    row.externalId,
    pseudonymOf(pseudonymKey, row.externalId),
    row.createdAt,
    row.consent,
    row.email === null ? null : encrypt(row.email),
    row.attributes,
  ];
}

/** The name a user has in training data, logs and exports: HMAC-SHA256 of the shop's id, 128 bits as hex. */
export function pseudonymOf(pseudonymKey: string | Buffer, externalId: string): string {
  return createHmac('sha256', pseudonymKey).update(externalId).digest('hex').slice(0, 32);
}
