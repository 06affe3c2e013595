import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { type Product, startProduct } from './product.ts';

/** Every query of the storefront guide is run as it stands there. */
let product: Product;
let examples: Map<string, string>;

beforeAll(async () => {
  product = await startProduct({ users: 300, products: 80, days: 120 });
  const page = await readFile(new URL('../docs/guides/storefront-developer.md', import.meta.url), 'utf8');
  examples = new Map(
    [...page.matchAll(/```graphql\n(.*?)```/gs)].map((match) => [
      /^(?:query|mutation) (\w+)/.exec(match[1] ?? '')?.[1] ?? '',
      match[1] ?? '',
    ]),
  );
});

afterAll(async () => {
  await product?.stop();
});

const run = <Data>(name: string, variables: Record<string, unknown> = {}): Promise<Data> =>
  ask<Data>(product.urls.api, product.keys.secret, examples.get(name) ?? `the guide has no ${name}`, variables);

test('the guide has the examples we run', () => {
  expect([...examples.keys()]).toEqual([
    'Recommendations',
    'Track',
    'Offers',
    'PriceNotice',
    'Cart',
    'Birthday',
    'Codes',
    'PlaceOrder',
    'Join',
    'Pay',
    'Why',
  ]);
});

test('recommendations come with reasons', async () => {
  const { recommendations } = await run<{ recommendations: { servedBy: string; items: { reasons: unknown[] }[] } }>('Recommendations');
  expect(recommendations.items.length).toBe(6);
  expect(recommendations.items.every(({ reasons }) => reasons.length > 0)).toBe(true);
});

test('events are kept once', async () => {
  const variables = { now: new Date().toISOString() };
  const first = await run<{ trackEvents: { acceptedCount: number; duplicateCount: number; rejected: unknown[] } }>('Track', variables);
  expect(first.trackEvents).toMatchObject({ acceptedCount: 2, duplicateCount: 0, rejected: [] });
  expect((await run<typeof first>('Track', variables)).trackEvents).toMatchObject({ acceptedCount: 0, duplicateCount: 2 });
});

test('offers, the cart and its explanation answer', async () => {
  await run('Offers');
  const { evaluateCart } = await run<{ evaluateCart: { evaluation: { decisionId: string; lines: unknown[] }; userErrors: unknown[] } }>(
    'Cart',
  );
  expect(evaluateCart.userErrors).toEqual([]);
  expect(evaluateCart.evaluation.lines.length).toBe(2);
  const { explainDecision } = await run<{ explainDecision: { kind: string; isReplayIdentical: boolean } }>('Why', {
    id: evaluateCart.evaluation.decisionId,
  });
  expect(explainDecision).toMatchObject({ kind: 'evaluate_cart', isReplayIdentical: true });
});

test('a price says what may be said beside it', async () => {
  const { product: found } = await run<{ product: { priceNotice: { mayAnnounceReduction: boolean; isPersonalised: boolean } } }>(
    'PriceNotice',
  );
  expect(found.priceNotice).toMatchObject({ mayAnnounceReduction: expect.any(Boolean), isPersonalised: false });
});

test('a birthday is kept', async () => {
  expect(await run('Birthday')).toEqual({ setBirthday: { user: { externalId: 'u-00001' }, userErrors: [] } });
});

test('a code that is none of ours is said to be unknown', async () => {
  const { evaluateCart } = await run<{ evaluateCart: { evaluation: { codes: unknown[] } } }>('Codes');
  expect(evaluateCart.evaluation.codes).toMatchObject([{ status: 'UNKNOWN', reason: null }]);
});

test('an order is taken once', async () => {
  const first = await run<{ placeOrder: { order: { externalId: string }; userErrors: unknown[] } }>('PlaceOrder');
  expect(first.placeOrder).toMatchObject({ order: { externalId: 'guide-order-1' }, userErrors: [] });
  expect(await run('PlaceOrder')).toEqual(first);
});

test('a shopper joins, and what a cart is paid with is said', async () => {
  const { openAccount } = await run<{ openAccount: { referralCode: string | null; userErrors: unknown[] } }>('Join');
  expect(openAccount).toMatchObject({ account: { balance: 0 }, referralCode: expect.any(String), userErrors: [] });
  const { evaluateCart } = await run<{
    evaluateCart: { evaluation: { total: unknown; payments: { accounts: unknown[]; refusedGiftCards: string[] } } };
  }>('Pay');
  expect(evaluateCart.evaluation.payments).toMatchObject({ accounts: [], refusedGiftCards: [expect.any(String)] });
});
