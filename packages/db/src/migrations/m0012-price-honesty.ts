import { Migration } from '@mikro-orm/migrations';

/** How much one unit of a product holds, for the unit price. Null where the catalogue does not say. */
export class M0012PriceHonesty extends Migration {
  override name = 'm0012-price-honesty';

  override up(): void {
    this.addSql(`
      alter table products
        add column measure_amount integer check (measure_amount > 0),
        add column measure_unit text check (measure_unit in ('g', 'ml', 'cm', 'piece')),
        add constraint products_measure_whole check ((measure_amount is null) = (measure_unit is null))`);
  }

  override down(): void {
    this.addSql('alter table products drop constraint products_measure_whole, drop column measure_amount, drop column measure_unit');
  }
}
