import { Migration } from '@mikro-orm/migrations';

/**
 * Orders, order lines, returns and events carry no foreign keys: they arrive by the million through set-based statements
 * that join the keys they refer to, and a check per row would halve the import rate.
 */
export class M0004Activity extends Migration {
  override name = 'm0004-activity';

  override up(): void {
    this.createEvents();
    this.createOrders();
  }

  override down(): void {
    this.addSql('drop table returns, order_lines, orders, event_keys, events');
    this.addSql('drop function ensure_event_partitions(timestamptz, timestamptz)');
  }

  private createEvents(): void {
    this.addSql(`
      create table events (
        id uuid not null,
        occurred_at timestamptz not null,
        type text not null,
        user_id uuid,
        anonymous_id text,
        product_id uuid,
        order_external_id text,
        quantity integer,
        value_minor bigint,
        currency char(3),
        rating real,
        query text,
        tracking_token text,
        source text not null,
        received_at timestamptz not null default now(),
        primary key (occurred_at, id)
      ) partition by range (occurred_at)`);
    this.addSql('create index events_user_newest on events (user_id, occurred_at desc) where user_id is not null');
    this.addSql('create index events_anonymous_newest on events (anonymous_id, occurred_at desc) where anonymous_id is not null');
    this.addSql('create index events_product_daily on events (product_id, occurred_at) where product_id is not null');
    this.addSql('create table events_default partition of events default');
    this.addSql('create table event_keys (event_id text primary key, received_at timestamptz not null default now())');
    // Rows that waited in the default partition move to their month, which attaching would otherwise refuse.
    this.addSql(`
      create function ensure_event_partitions(from_at timestamptz, to_at timestamptz) returns integer language plpgsql as $$
      declare
        month timestamp := date_trunc('month', from_at at time zone 'UTC');
        last timestamp := date_trunc('month', to_at at time zone 'UTC');
        partition_name text;
        made integer := 0;
      begin
        while month <= last loop
          partition_name := 'events_' || to_char(month, 'YYYY_MM');
          if to_regclass(partition_name) is null then
            perform pg_advisory_xact_lock(hashtext('ensure_event_partitions'));
            if to_regclass(partition_name) is null then
              execute format('create table %I (like events including defaults including constraints)', partition_name);
              execute format('with moved as (delete from events_default where occurred_at >= %L and occurred_at < %L returning *)
                insert into %I select * from moved', month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC', partition_name);
              execute format('alter table events attach partition %I for values from (%L) to (%L)',
                partition_name, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
              made := made + 1;
            end if;
          end if;
          month := month + interval '1 month';
        end loop;
        return made;
      end $$`);
  }

  private createOrders(): void {
    this.addSql(`
      create table orders (
        id uuid primary key,
        external_id text not null unique,
        user_id uuid,
        anonymous_id text,
        placed_at timestamptz not null,
        currency char(3) not null,
        status text not null default 'placed' check (status in ('placed', 'cancelled')),
        channel text,
        country text,
        subtotal_minor bigint not null,
        discount_minor bigint not null default 0,
        shipping_minor bigint not null default 0,
        total_minor bigint not null,
        source text not null,
        created_at timestamptz not null default now(),
        cancelled_at timestamptz
      )`);
    this.addSql('create index orders_user_newest on orders (user_id, placed_at desc) where user_id is not null');
    this.addSql('create index orders_placed on orders (placed_at)');
    this.addSql(`
      create table order_lines (
        order_id uuid not null,
        line_number integer not null,
        product_id uuid not null,
        quantity integer not null,
        unit_price_minor bigint not null,
        discount_minor bigint not null default 0,
        cost_minor bigint,
        is_gift boolean not null default false,
        primary key (order_id, line_number)
      )`);
    this.addSql('create index order_lines_product on order_lines (product_id) include (order_id, quantity)');
    this.addSql(`
      create table returns (
        id uuid primary key,
        external_id text not null unique,
        order_id uuid,
        line_number integer,
        user_id uuid,
        product_id uuid not null,
        quantity integer not null,
        refund_minor bigint not null,
        currency char(3) not null,
        returned_at timestamptz not null
      )`);
    this.addSql('create index returns_product on returns (product_id, returned_at)');
    this.addSql('create index returns_order on returns (order_id) where order_id is not null');
    this.addSql('create index returns_user on returns (user_id, returned_at desc) where user_id is not null');
  }
}
