import { newId, type PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { endAll, goLive, openTestShop, type TestShop } from '../test-campaign.ts';
import { createCodeBatch } from './create-code-batch.ts';
import { counterOfLine, csvCell } from './export-codes.ts';
import { aBatch, linesOf } from './test-codes.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 60_000);
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const TEN_OFF: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };

describe('an export', () => {
  test('goes on after any line and gives the same codes; its cells are safe', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const batch = await aBatch(shop, id, { variant: 'open', size: 20_000 });
    const all = await linesOf(shop, batch);
    expect(new Set(all).size).toBe(20_000);
    for (const line of [all[0], all[8_191], all[8_192], all[19_998]]) {
      const counter = counterOfLine(shop.deps(), batch, `${line}\r\n`);
      expect(await linesOf(shop, batch, counter ?? -9)).toEqual(all.slice((counter ?? 0) + 1));
    }
    expect(counterOfLine(shop.deps(), batch, 'code')).toBeNull();
    expect(counterOfLine(shop.deps(), { number: batch.number + 1 }, all[0] ?? '')).toBeNull();
  });

  test.each([
    ['plain', 'plain'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['＝1', "'＝1"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['say "hi"', '"say ""hi"""'],
  ])('the cell %j is written %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});

describe('making a batch', () => {
  test('is refused where it could do nothing or too much, and done once a key', async () => {
    const open = await goLive(shop, { rules: [TEN_OFF] });
    const coded = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const promotionOf = async (id: string) =>
      (await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [id])).rows[0]?.id ?? '';
    const make = async (campaignId: string, batch: object, idempotencyKey = newId()) =>
      createCodeBatch(shop.deps(), { idempotencyKey, campaignId, promotionId: await promotionOf(campaignId), batch });
    expect(await make(open, { variant: 'open', size: 1 })).toMatchObject({ refusal: { kind: 'PROMOTION_NEEDS_NO_CODE' } });
    expect(await make(coded, { variant: 'open' })).toMatchObject({ refusal: { kind: 'INVALID_BATCH', field: ['size'] } });
    const first = await make(coded, { variant: 'open', size: 100_000_000 }, 'twice');
    expect(await make(coded, { variant: 'open', size: 100_000_000 }, 'twice')).toEqual(first);
    await expect(make(coded, { variant: 'open', size: 1 }, 'twice')).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    const more = await Promise.all(Array.from({ length: 12 }, () => make(coded, { variant: 'open', size: 90_000_000 })));
    const { rows } = await shop.pool.query<{ open: number }>('select sum(size)::bigint open from code_batches');
    expect(rows[0]?.open).toBeLessThanOrEqual(1_000_000_000);
    expect(more.filter(({ ok }) => ok)).toHaveLength(9);
    await endAll(shop);
    expect(await make(coded, { variant: 'open', size: 1 })).toMatchObject({ refusal: { kind: 'CAMPAIGN_OVER' } });
  });
});
