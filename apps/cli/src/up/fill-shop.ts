/** A process of its own, because making 18 months takes a core for a while: one order by message, progress back, one exit code. */
import { createShop, history } from '@promolift/simulator';
import type { ShopRow } from '@promolift/domain';
import { holdShopClock, importRows, markDemo } from '@promolift/services';
import { z } from 'zod';
import { openInstallation } from '../shared/open-installation.ts';

export const FillOrder = z.object({
  databaseUrl: z.string(),
  home: z.string(),
  secrets: z.object({ PSEUDONYM_KEY: z.string(), ENCRYPTION_KEY: z.string(), HOLDOUT_SALT: z.string() }),
  shop: z.object({ seed: z.int(), users: z.int(), products: z.int(), days: z.int(), startDate: z.iso.datetime() }),
  /** Where a reproducible shop's clock stands still. */
  stillAt: z.iso.datetime().nullable(),
});
export type FillOrder = z.infer<typeof FillOrder>;
export type FillNews = { day?: number; rows?: number; orders?: number; fault?: string };

const BATCH_ROWS = 2_000;

async function* batchesOf(rows: Iterable<ShopRow>): AsyncGenerator<ShopRow[]> {
  let batch: ShopRow[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Writes the whole history; rows that are there already stay as they are, so a killed run is simply run again. */
async function fill(order: FillOrder, tell: (news: FillNews) => void): Promise<void> {
  const installation = await openInstallation(order);
  try {
    if (order.stillAt !== null) {
      await holdShopClock(installation.deps(), new Date(order.stillAt));
      await installation.clock.refresh(true);
    }
    const shop = createShop({ ...order.shop, startDate: new Date(order.shop.startDate) });
    const rows = history(shop, { onDay: (day) => tell({ day }) });
    await importRows(installation.deps(), batchesOf(rows), {
      source: 'simulator',
      ...(order.stillAt === null ? {} : { userIdSeed: String(order.shop.seed) }),
      onProgress: (counts) => tell({ rows: counts.rows, orders: counts.orders }),
    });
    await markDemo(installation.deps());
  } finally {
    await installation.close();
  }
}

if (process.send) {
  const tell = (news: FillNews) => void process.send?.(news);
  process.once('message', (message) => {
    fill(FillOrder.parse(message), tell).then(
      () => process.exit(0),
      (fault: unknown) => process.send?.({ fault: fault instanceof Error ? fault.message : String(fault) }, () => process.exit(1)),
    );
  });
}
