import { Migration } from '@mikro-orm/migrations';
import { COMMIT_USE, RESERVE_USE } from './m0010-use-functions.ts';
import { COMMIT_USE_17, HAS_ORDERED_SINCE, KNOWN_ORDERS, RESERVE_USE_17 } from './m0017-use-functions.ts';

/** Redemptions of orders that come later, and conditions on a user's orders held when they are spent. */
export class M0017OrdersOfRedemptions extends Migration {
  override name = 'm0017-orders-of-redemptions';

  override up(): void {
    this.addSql('alter table redemptions add column order_external_id text, add column orders_seen integer check (orders_seen >= 0)');
    // An order that arrives looks for what was redeemed for it.
    this.addSql('create index redemptions_order_key on redemptions (order_external_id) where order_external_id is not null');
    this.addSql(
      'create index redemptions_orders_to_come on redemptions (user_id) where order_id is null and order_external_id is not null',
    );
    for (const create of [KNOWN_ORDERS, HAS_ORDERED_SINCE]) this.addSql(create);
    this.replaceUses(RESERVE_USE_17, COMMIT_USE_17);
  }

  override down(): void {
    this.replaceUses(RESERVE_USE, COMMIT_USE);
    this.addSql('drop function has_ordered_since');
    this.addSql('drop view known_orders');
    this.addSql('alter table redemptions drop column orders_seen, drop column order_external_id');
  }

  private replaceUses(...creates: string[]): void {
    this.addSql('drop function reserve_use, commit_use');
    for (const create of creates) this.addSql(create);
  }
}
