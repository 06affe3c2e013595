/** The one stream of typed rows that importers and the simulator emit. Amounts in minor units, times as instants. */

/** GA4's event names. */
export const EVENT_TYPES = ['view_item', 'search', 'add_to_cart', 'begin_checkout', 'purchase', 'refund', 'rate_item'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface CategoryRow {
  kind: 'category';
  key: string;
  name: string;
  parentKey: string | null;
}

export interface ProductRow {
  kind: 'product';
  sku: string;
  name: string;
  categoryKey: string | null;
  currency: string;
  priceMinor: number;
  /** null = unknown, which is never 0: such a product gets no promotion. */
  costMinor: number | null;
  /** null = the shop does not count it. */
  stock: number | null;
  /** How much one unit holds; null or left out = the shop does not say. */
  measure?: { amount: number; unit: 'g' | 'ml' | 'cm' | 'piece' } | null;
  attributes: Record<string, string>;
  at: Date;
}

export interface PriceRow {
  kind: 'price';
  sku: string;
  at: Date;
  priceMinor: number;
  currency: string;
}

export interface UserRow {
  kind: 'user';
  externalId: string;
  createdAt: Date | null;
  consent: boolean;
  email: string | null;
  attributes: Record<string, string>;
}

export interface OrderRow {
  kind: 'order';
  externalId: string;
  userExternalId: string | null;
  anonymousId: string | null;
  at: Date;
  currency: string;
  channel: string | null;
  country: string | null;
  shippingMinor: number;
  status: 'placed' | 'cancelled';
}

export interface OrderLineRow {
  kind: 'orderLine';
  orderExternalId: string;
  lineNumber: number;
  sku: string;
  quantity: number;
  unitPriceMinor: number;
  /** For the whole line, not per unit. */
  discountMinor: number;
  /** Per unit. */
  costMinor: number | null;
}

export interface ReturnRow {
  kind: 'return';
  externalId: string;
  orderExternalId: string | null;
  userExternalId: string | null;
  sku: string;
  quantity: number;
  refundMinor: number;
  currency: string;
  at: Date;
}

export interface EventRow {
  kind: 'event';
  eventId: string;
  type: EventType;
  userExternalId: string | null;
  anonymousId: string | null;
  sku: string | null;
  at: Date;
  quantity: number | null;
  valueMinor: number | null;
  currency: string | null;
  rating: number | null;
  query: string | null;
  orderExternalId: string | null;
}

export type ShopRow = CategoryRow | ProductRow | PriceRow | UserRow | OrderRow | OrderLineRow | ReturnRow | EventRow;
export type ShopRowKind = ShopRow['kind'];
