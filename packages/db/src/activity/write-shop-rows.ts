import type { ShopRow, ShopRowKind } from '@promolift/domain';
import type pg from 'pg';
import { copyBlocks } from '../shared/copy.ts';
import { ShopChunk, STAGING, type Personal } from './shop-staging.ts';
import { SET_PARENTS, STEPS } from './shop-statements.ts';

const CHUNK_ROWS = 100_000; // One transaction; about 20 MB of text here and one checkpointable step there.

export type WriteShopRowsOptions = Personal & {
  /** Kept with every order and event: which import or system it came from. */
  source: string;
  /** Called after each committed chunk with the totals so far. */
  onProgress?: (counts: ShopCounts) => void;
  /** Called after each committed chunk with the keys of its orders, also those it only returns or cancels, on which promotions were redeemed. */
  onRedeemed?: (orderExternalIds: readonly string[]) => Promise<void>;
  chunkRows?: number;
};

/** `rows`: read; the rest: written or changed. On a second import of the same rows the rest is 0. `unresolved`: lines, returns whose order or product is unknown. */
export type ShopCounts = {
  rows: number;
  categories: number;
  products: number;
  prices: number;
  users: number;
  orders: number;
  orderLines: number;
  returns: number;
  events: number;
  unresolved: number;
};

/**
 * Writes a stream of shop rows by COPY into staging tables and set-based statements, 100,000 rows to a transaction, while the
 * next chunk is being read. A row's order, product, user and category must come before it or exist already. Repeating an import
 * changes nothing, so one that was killed is simply run again.
 */
export async function writeShopRows(
  pool: pg.Pool,
  batches: AsyncIterable<readonly ShopRow[]>,
  options: WriteShopRowsOptions,
): Promise<ShopCounts> {
  const counts: ShopCounts = {
    rows: 0,
    categories: 0,
    products: 0,
    prices: 0,
    users: 0,
    orders: 0,
    orderLines: 0,
    returns: 0,
    events: 0,
    unresolved: 0,
  };
  const client = await pool.connect();
  const writes = new OneAtATime(async (chunk: ShopChunk) => {
    await writeChunk(client, chunk, counts, options.source);
    const redeemed = options.onRedeemed ? await redeemedOf(client, chunk) : [];
    if (redeemed.length > 0) await options.onRedeemed?.(redeemed);
    options.onProgress?.({ ...counts });
  });
  try {
    await prepare(client);
    const parents = new Map<string, string>();
    let chunk = new ShopChunk();
    for await (const batch of batches) {
      for (const row of batch) {
        chunk.add(row, options);
        if (row.kind === 'category' && row.parentKey !== null) parents.set(row.key, row.parentKey);
      }
      if (chunk.rows < (options.chunkRows ?? CHUNK_ROWS)) continue;
      await writes.next(chunk);
      chunk = new ShopChunk();
    }
    if (chunk.rows > 0) await writes.next(chunk);
    await writes.done();
    if (parents.size > 0) await client.query(SET_PARENTS, [[...parents.keys()], [...parents.values()]]);
    return counts;
  } finally {
    await writes.settled();
    client.release(true); // Its settings and temporary tables end with it.
  }
}

async function prepare(client: pg.PoolClient): Promise<void> {
  await client.query(
    [
      "set temp_buffers = '64MB'", // Before the first temporary table: staging stays in memory.
      "set work_mem = '64MB'",
      ...Object.values(STAGING).map(({ ddl }) => ddl),
      'create temporary table staged_order_ids (external_id text, id uuid, is_new boolean) on commit delete rows',
      'create temporary table staged_totals (order_id uuid, subtotal_minor bigint, discount_minor bigint, line_count bigint) on commit delete rows',
      'create temporary table touched_orders (external_id text)', // Outlives the chunk: read after its commit.
    ].join(';'),
  );
}

async function writeChunk(client: pg.PoolClient, chunk: ShopChunk, counts: ShopCounts, source: string): Promise<void> {
  const before = { ...counts };
  try {
    await client.query('begin');
    await client.query("select pg_advisory_xact_lock(hashtext('write shop rows')), set_config('promolift.source', $1, true)", [source]);
    for (const [kind, { table, columns }] of Object.entries(STAGING)) {
      if (isShopRowKind(kind) && chunk.counts[kind] > 0) await copyBlocks(client, table, columns, chunk.blocksOf(kind));
    }
    for (const step of STEPS) {
      if (!isNeeded(step.needs, chunk)) continue;
      const result = await client.query<{ count?: number }>(step.sql);
      if (step.counts) counts[step.counts] += result.command === 'SELECT' ? (result.rows[0]?.count ?? 0) : (result.rowCount ?? 0);
    }
    counts.unresolved += await countUnresolved(client, chunk);
    await client.query('commit');
    counts.rows += chunk.rows;
  } catch (error) {
    Object.assign(counts, before);
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Asked after the commit: a redemption made meanwhile is seen here, or it sees the order itself. */
async function redeemedOf(client: pg.PoolClient, chunk: ShopChunk): Promise<string[]> {
  if (chunk.counts.order + chunk.counts.return === 0) return [];
  const { rows } = await client.query<{ external_id: string }>(`
    select o.external_id from touched_orders join orders o using (external_id)
    where exists (select from redemptions r where r.order_id = o.id) or exists (select from redemptions r where r.order_external_id = o.external_id)`);
  await client.query('truncate touched_orders');
  return rows.map(({ external_id }) => external_id);
}

async function countUnresolved(client: pg.PoolClient, chunk: ShopChunk): Promise<number> {
  if (chunk.counts.orderLine + chunk.counts.return === 0) return 0;
  const { rows } = await client.query<{ count: number }>(`
    select (select count(*) from staged_lines s where not exists (select from products p where p.sku = s.sku)
        or not exists (select from staged_order_ids i where i.external_id = s.order_external_id))
      + (select count(*) from staged_returns s where not exists (select from products p where p.sku = s.sku)) as count`);
  return rows[0]?.count ?? 0;
}

function isNeeded(needs: ShopRowKind | 'orderOrLine', chunk: ShopChunk): boolean {
  return needs === 'orderOrLine' ? chunk.counts.order + chunk.counts.orderLine > 0 : chunk.counts[needs] > 0;
}

const isShopRowKind = (name: string): name is ShopRowKind => name in STAGING;

/** Lets the reader prepare one chunk while the one before is written, and no more than one. */
class OneAtATime<T> {
  readonly #work: (item: T) => Promise<void>;
  #running: Promise<void> = Promise.resolve();

  constructor(work: (item: T) => Promise<void>) {
    this.#work = work;
  }

  async next(item: T): Promise<void> {
    await this.#running;
    this.#running = this.#work(item);
    // A failure is reported by the next call; until then it must not count as unhandled.
    this.#running.catch(() => undefined);
  }

  done(): Promise<void> {
    return this.#running;
  }

  settled(): Promise<void> {
    return this.#running.catch(() => undefined);
  }
}
