import { Migration } from '@mikro-orm/migrations';

/** Who took how much off an order line, so that a return gives it back to the very campaigns; and tax on top of its price. */
export class M0014LineAllocations extends Migration {
  override name = 'm0014-line-allocations';

  override up(): void {
    this.addSql(`
      alter table order_lines
        add column allocations jsonb not null default '[]' check (jsonb_typeof(allocations) = 'array'),
        add column added_tax_minor bigint not null default 0 check (added_tax_minor >= 0)`);
    this.addSql('alter table orders add column added_tax_minor bigint not null default 0 check (added_tax_minor >= 0)');
    // Orders taken before: the decision that priced them knows.
    this.addSql(`
      update order_lines l set allocations = coalesce(d.result -> 'lines' -> (l.line_number - 1) -> 'allocations', '[]')
      from redemptions r join decisions d on d.id = r.decision_id and d.kind = 'evaluate_cart'
      where r.order_id = l.order_id and r.status = 'committed' and l.discount_minor > 0
        and (d.result -> 'lines' -> (l.line_number - 1) ->> 'discountMinor')::bigint = l.discount_minor`);
  }

  override down(): void {
    this.addSql('alter table orders drop column added_tax_minor');
    this.addSql('alter table order_lines drop column allocations, drop column added_tax_minor');
  }
}
