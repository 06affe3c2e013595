import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { fillShop } from './test-shop.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/guides/promotions-by-graphql.md'), 'utf8');
/** Each operation with who asks it and, where the page shows one, its answer. */
const steps = [...page.matchAll(/```graphql (\w+)\n([\s\S]*?)```(?:(?:(?!```graphql )[\s\S])*?```json answer\n([\s\S]*?)```)?/g)].map(
  ([, asker = '', document = '', answer]) => ({
    name: /(?:query|mutation) (\w+)/.exec(document)?.[1] ?? '',
    asker,
    document,
    answer: answer === undefined ? null : shown(JSON.parse(answer)),
  }),
);

/** The answer as the page shows it, with `"…"` for anything; what one campaign gives or not goes by ids, which are chance. */
function shown(value: unknown): unknown {
  if (value === '…') return expect.anything();
  if (Array.isArray(value)) return value.length === 0 ? [] : expect.arrayContaining(value.map(shown));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, shown(own)]));
}

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterAll(() => api.stop());

const DAY_MS = 86_400_000;
const known: Record<string, unknown> = {
  startsAt: new Date(Date.now() - 3_600_000).toISOString(),
  endsAt: new Date(Date.now() + 7 * DAY_MS).toISOString(),
};

type Told = Record<string, { id?: string }> & { contentHash?: string; decisionId?: string; promotions?: { id: string }[]; path?: string };
/** What the steps that follow call by name. */
async function learn(data: Record<string, unknown>): Promise<void> {
  const { settings, createCampaign, evaluateCart, reserveOffer, createCodeBatch, exportCodes } = data as Record<string, Told>;
  if (settings) known['version'] = settings['version'];
  const campaign = createCampaign?.['campaign'] as Told | undefined;
  if (campaign)
    Object.assign(known, {
      campaignId: campaign.id,
      contentHash: campaign.contentHash,
      promotionId: campaign.promotions?.[0]?.id,
      codedPromotionId: campaign.promotions?.[1]?.id,
    });
  const evaluation = evaluateCart?.['evaluation'] as Told | undefined;
  if (evaluation?.decisionId) known['decisionId'] = evaluation.decisionId;
  if (reserveOffer) known['redemptionId'] = reserveOffer['redemption']?.id;
  if (createCodeBatch) known['batchId'] = createCodeBatch['batch']?.id;
  if (!exportCodes) return;
  const csv = await fetch(`${api.url}${exportCodes.path}`, { headers: { authorization: `Bearer ${await api.tokenOf('approver')}` } });
  known['code'] = (await csv.text()).split('\r\n')[1];
}

const tokenOf = (asker: string): Promise<string> => {
  if (asker === 'publishable' || asker === 'secret') return api.keyOf(asker);
  if (asker === 'viewer' || asker === 'analyst' || asker === 'approver' || asker === 'admin') return api.tokenOf(asker);
  throw new Error(`The page has somebody ask who does not exist: ${asker}`);
};

describe('the page on promotions by GraphQL, from top to bottom', () => {
  test('every fence of it is run or compared', () => {
    expect(page.match(/```graphql/g)).toHaveLength(steps.length);
    expect(page.match(/```json/g)).toHaveLength(steps.filter(({ answer }) => answer !== null).length);
  });

  test.each(steps)('$name', async ({ asker, document, answer }) => {
    const wanted = [...(document.split('{')[0] ?? '').matchAll(/\$(\w+)/g)].map(([, name = '']) => name);
    const variables = Object.fromEntries(wanted.map((name) => [name, known[name]]));
    const { data, errors } = await api.ask(document, { token: await tokenOf(asker), variables });
    expect(errors).toEqual([]);
    const refused = Object.values(data).flatMap((payload) => (payload as { userErrors?: unknown[] } | null)?.userErrors ?? []);
    expect(refused).toEqual([]);
    if (answer !== null) expect(data).toEqual(answer);
    await learn(data);
  });
});
