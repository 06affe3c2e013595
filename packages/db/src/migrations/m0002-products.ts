import { Migration } from '@mikro-orm/migrations';

export class M0002Products extends Migration {
  override name = 'm0002-products';

  override async up(): Promise<void> {
    this.addSql(`
      create table categories (
        id uuid primary key,
        key text not null unique,
        name text not null,
        parent_id uuid references categories
      )`);
    this.addSql(`
      create table products (
        id uuid primary key,
        sku text not null unique,
        name text not null,
        category_id uuid references categories,
        currency char(3) not null,
        price_minor bigint not null check (price_minor >= 0),
        cost_minor bigint check (cost_minor >= 0),
        floor_minor bigint check (floor_minor >= 0),
        stock integer,
        attributes jsonb not null default '{}',
        is_active boolean not null default true,
        launched_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    this.addSql('create index products_category on products (category_id)');
    const trigram = await this.execute("select 1 from pg_available_extensions where name = 'pg_trgm'");
    if (trigram.length > 0) {
      this.addSql('create extension if not exists pg_trgm');
      this.addSql('create index products_search on products using gin (lower(name) gin_trgm_ops)');
    } else {
      this.addSql('create index products_search on products (lower(name) text_pattern_ops)');
    }
    this.addSql(`
      create table product_prices (
        product_id uuid not null,
        at timestamptz not null,
        price_minor bigint not null check (price_minor >= 0),
        currency char(3) not null,
        primary key (product_id, at)
      )`);
    this.addSql(
      'create trigger product_prices_append_only before update or delete on product_prices for each row execute function refuse_change()',
    );
  }

  override down(): void {
    this.addSql('drop table product_prices, products, categories');
  }
}
