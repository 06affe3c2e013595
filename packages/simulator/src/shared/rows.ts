export type { EventRow, OrderLineRow, ShopRow } from '@promolift/domain';
