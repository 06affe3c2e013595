import { newId } from '@promolift/domain';
import type { TestShop } from '../test-campaign.ts';
import { createCodeBatch } from './create-code-batch.ts';
import { type CodeBatchRecord, findCodeBatch } from './code-batches.ts';
import { exportCodes } from './export-codes.ts';

/** A batch of the campaign's first promotion. */
export async function aBatch(shop: TestShop, campaignId: string, batch: object): Promise<CodeBatchRecord> {
  const { rows } = await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1 order by position', [
    campaignId,
  ]);
  const made = await createCodeBatch(shop.deps(), { idempotencyKey: newId(), campaignId, promotionId: rows[0]?.id ?? '', batch });
  const found = made.ok ? await findCodeBatch(shop.deps(), made.value.batchId) : null;
  if (!found) throw new Error(JSON.stringify(made));
  return found;
}

/** Lines of an export from `after` on, at most `most` of them. */
export async function linesOf(shop: TestShop, batch: CodeBatchRecord, after = -1, most = 100_000): Promise<string[]> {
  const lines: string[] = [];
  const { chunks } = await exportCodes(shop.deps(), batch, after);
  for await (const { bytes } of chunks) {
    lines.push(...new TextDecoder().decode(bytes).split('\r\n').slice(0, -1));
    if (lines.length >= most) break;
  }
  return lines.slice(0, most);
}
