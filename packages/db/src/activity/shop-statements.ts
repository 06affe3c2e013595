/** Set-based steps from staging into the shop's tables, in order; each touches nothing on a second import of the same rows. */
export const STEPS: {
  counts: 'products' | 'prices' | 'users' | 'orders' | 'orderLines' | 'returns' | 'events' | 'categories' | null;
  sql: string;
  needs: 'category' | 'product' | 'price' | 'user' | 'orderOrLine' | 'return' | 'event';
}[] = [
  {
    needs: 'category',
    counts: 'categories',
    sql: `
    insert into categories (id, key, name)
    select uuid_v7(), key, name from (select distinct on (key) key, name from staged_categories order by key, position desc) s
    on conflict (key) do update set name = excluded.name where categories.name <> excluded.name`,
  },
  {
    needs: 'product',
    counts: 'products',
    sql: `
    insert into products (id, sku, name, category_id, currency, price_minor, cost_minor, stock, measure_amount, measure_unit, attributes, launched_at)
    select uuid_v7(s.at), s.sku, s.name, c.id, s.currency, s.price_minor, s.cost_minor, s.stock, s.measure_amount, s.measure_unit, s.attributes, s.at
    from (select distinct on (sku) * from staged_products order by sku, position desc) s left join categories c on c.key = s.category_key
    on conflict (sku) do update set name = excluded.name, category_id = coalesce(excluded.category_id, products.category_id),
      cost_minor = coalesce(excluded.cost_minor, products.cost_minor), stock = coalesce(excluded.stock, products.stock),
      measure_amount = coalesce(excluded.measure_amount, products.measure_amount), measure_unit = coalesce(excluded.measure_unit, products.measure_unit),
      attributes = products.attributes || excluded.attributes, updated_at = now()
    where (products.name, products.category_id, products.cost_minor, products.stock, products.measure_amount, products.measure_unit, products.attributes)
      is distinct from (excluded.name, coalesce(excluded.category_id, products.category_id), coalesce(excluded.cost_minor, products.cost_minor),
        coalesce(excluded.stock, products.stock), coalesce(excluded.measure_amount, products.measure_amount),
        coalesce(excluded.measure_unit, products.measure_unit), products.attributes || excluded.attributes)`,
  },
  {
    needs: 'product',
    counts: null,
    sql: `
    insert into product_prices (product_id, at, price_minor, currency)
    select p.id, s.at, s.price_minor, s.currency from staged_products s join products p on p.sku = s.sku on conflict do nothing`,
  },
  {
    needs: 'price',
    counts: 'prices',
    sql: `
    insert into product_prices (product_id, at, price_minor, currency)
    select p.id, s.at, s.price_minor, s.currency from staged_prices s join products p on p.sku = s.sku on conflict do nothing`,
  },
  // A product's price is its newest one, whatever order the rows came in.
  ...(['product', 'price'] as const).map((needs) => ({
    needs,
    counts: null,
    sql: `
    update products p set price_minor = newest.price_minor, currency = newest.currency, updated_at = now()
    from (select distinct on (product_id) product_id, price_minor, currency from product_prices
      where product_id in (select id from products where sku in (select sku from staged_${needs}s)) order by product_id, at desc) newest
    where p.id = newest.product_id and (p.price_minor, p.currency) is distinct from (newest.price_minor, newest.currency)`,
  })),
  {
    needs: 'user',
    counts: 'users',
    sql: `
    insert into users (id, external_id, pseudonym, has_consent, personal_encrypted, key_version, attributes, created_at)
    select coalesce(s.id, uuid_v7(coalesce(s.created_at, now()))), s.external_id, s.pseudonym, s.has_consent, s.personal_encrypted,
      case when s.personal_encrypted is not null then 1 end, s.attributes, coalesce(s.created_at, now())
    from (select distinct on (external_id) * from staged_users order by external_id, position desc) s
    on conflict (external_id) do update set has_consent = excluded.has_consent, attributes = users.attributes || excluded.attributes,
      personal_encrypted = coalesce(users.personal_encrypted, excluded.personal_encrypted), key_version = coalesce(users.key_version, excluded.key_version)
    where users.erased_at is null and (users.has_consent <> excluded.has_consent or users.attributes <> users.attributes || excluded.attributes
      or (users.personal_encrypted is null and excluded.personal_encrypted is not null))`,
  },
  {
    needs: 'orderOrLine',
    counts: null,
    sql: `
    insert into staged_order_ids (external_id, id, is_new)
    select s.external_id, coalesce(o.id, uuid_v7(s.at)), o.id is null
    from (select distinct on (external_id) external_id, at from staged_orders) s left join orders o on o.external_id = s.external_id
    union all
    select o.external_id, o.id, false from orders o
    where o.external_id in (select order_external_id from staged_lines except select external_id from staged_orders)`,
  },
  {
    needs: 'orderOrLine',
    counts: 'orderLines',
    sql: `
    with lines as (
      insert into order_lines (order_id, line_number, product_id, quantity, unit_price_minor, discount_minor, cost_minor)
      select i.id, s.line_number, p.id, s.quantity, s.unit_price_minor, s.discount_minor, s.cost_minor
      from staged_lines s join staged_order_ids i on i.external_id = s.order_external_id join products p on p.sku = s.sku
      on conflict do nothing returning order_id, quantity * unit_price_minor as subtotal_minor, discount_minor
    ), totals as (
      insert into staged_totals select order_id, sum(subtotal_minor), sum(discount_minor), count(*) from lines group by order_id returning line_count
    )
    select coalesce(sum(line_count), 0)::int as count from totals`,
  },
  {
    needs: 'orderOrLine',
    counts: 'orders',
    sql: `
    insert into orders (id, external_id, user_id, anonymous_id, placed_at, currency, status, channel, country, subtotal_minor, discount_minor,
      shipping_minor, total_minor, source, cancelled_at)
    select i.id, s.external_id, u.id, s.anonymous_id, s.at, s.currency, s.status, s.channel, s.country, coalesce(t.subtotal_minor, 0),
      coalesce(t.discount_minor, 0), s.shipping_minor, coalesce(t.subtotal_minor - t.discount_minor, 0) + s.shipping_minor,
      current_setting('promolift.source'), case when s.status = 'cancelled' then s.at end
    from (select distinct on (external_id) * from staged_orders) s
    join staged_order_ids i on i.external_id = s.external_id and i.is_new
    left join staged_totals t on t.order_id = i.id left join users u on u.external_id = s.user_external_id`,
  },
  {
    needs: 'orderOrLine',
    counts: null,
    sql: `
    update orders o set subtotal_minor = o.subtotal_minor + t.subtotal_minor, discount_minor = o.discount_minor + t.discount_minor,
      total_minor = o.total_minor + t.subtotal_minor - t.discount_minor
    from staged_totals t join staged_order_ids i on i.id = t.order_id and not i.is_new where o.id = t.order_id`,
  },
  {
    needs: 'orderOrLine',
    counts: null,
    sql: `
    update orders o set status = 'cancelled', cancelled_at = now()
    from staged_orders s where s.status = 'cancelled' and o.external_id = s.external_id and o.status = 'placed'`,
  },
  {
    needs: 'return',
    counts: 'returns',
    sql: `
    insert into returns (id, external_id, order_id, user_id, product_id, quantity, refund_minor, currency, returned_at)
    select uuid_v7(s.at), s.external_id, o.id, coalesce(u.id, o.user_id), p.id, s.quantity, s.refund_minor, s.currency, s.at
    from staged_returns s join products p on p.sku = s.sku
    left join orders o on o.external_id = s.order_external_id left join users u on u.external_id = s.user_external_id
    on conflict (external_id) do nothing`,
  },
  ...(['orderOrLine', 'return'] as const).map((needs) => ({
    needs,
    counts: null,
    sql: `insert into touched_orders select distinct ${needs === 'return' ? 'order_external_id from staged_returns' : 'external_id from staged_orders'}`,
  })),
  { needs: 'event', counts: null, sql: 'select ensure_event_partitions(min(at), max(at)) from staged_events' },
  {
    needs: 'event',
    counts: 'events',
    sql: `
    with fresh as (insert into event_keys (event_id) select event_id from staged_events on conflict do nothing returning event_id)
    insert into events (id, occurred_at, type, user_id, anonymous_id, product_id, order_external_id, quantity, value_minor, currency, rating, query, source)
    select uuid_v7(s.at), s.at, s.type, u.id, s.anonymous_id, p.id, s.order_external_id, s.quantity, s.value_minor, s.currency, s.rating, s.query,
      current_setting('promolift.source')
    from fresh f join (select distinct on (event_id) * from staged_events) s on s.event_id = f.event_id
    left join users u on u.external_id = s.user_external_id left join products p on p.sku = s.sku`,
  },
];

/** $1 keys, $2 their parents' keys. At the end: a parent may come after its children. */
export const SET_PARENTS = `
  update categories c set parent_id = parent.id
  from unnest($1::text[], $2::text[]) as s (key, parent_key) join categories parent on parent.key = s.parent_key
  where c.key = s.key and c.parent_id is distinct from parent.id`;
