import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ledgerDifferences } from '@promolift/db';
import { openTestShop, type TestShop } from './test-campaign.ts';
import { playStory, type Story } from './test-story.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/promotions.md'), 'utf8');
const sections = page.split(/^## /m).map((text) => ({ title: text.split('\n')[0] ?? '', text }));
const stories = sections.flatMap(({ title, text }) =>
  [...text.matchAll(/```json story\n([\s\S]*?)```/g)].map(([, body = ''], index) => [title, index + 1, JSON.parse(body) as Story] as const),
);

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterEach(async () => expect(await ledgerDifferences(shop.pool)).toEqual([]));
afterAll(() => shop.stop());

describe('stories of the page on promotions', () => {
  test('limits, returns, codes and the law have some, and no fence of the page is left unread', () => {
    for (const title of ['Returns', 'Limits and budgets', 'Codes', 'Law'])
      expect(stories.filter(([section]) => section === title).length).toBeGreaterThan(0);
    const kinds = [...page.matchAll(/^```(\w.*)$/gm)].map(([, kind]) => kind);
    expect(kinds.filter((kind) => !['json example', 'json story', 'json points'].includes(kind ?? ''))).toEqual([]);
  });

  test.each(stories)('%s, story %i', (_, __, story) => playStory(shop, story));
});
