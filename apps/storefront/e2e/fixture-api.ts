import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { evaluateFixtureCart } from './fixture-cart.ts';
import { CATEGORIES, DISCLOSURE, PRODUCTS, shopMoney, USERS } from './fixture-shop.ts';

// One physical copy of graphql: the package's two module formats refuse each other's schemas.
const { buildSchema, graphql, isObjectType } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

type Answer = Record<string, unknown>;
type Evaluated = ReturnType<typeof evaluateFixtureCart>;
type OrderRequest = Parameters<typeof evaluateFixtureCart>[0] & { externalId: string; expectedTotalMinor?: number };
const schema = buildSchema(readFileSync(new URL('../../../packages/api-schema/schema.graphql', import.meta.url), 'utf8'));
// Fields are plain values; reasons have a sentence in each language.
for (const type of Object.values(schema.getTypeMap())) {
  if (!isObjectType(type) || type === schema.getQueryType() || type === schema.getMutationType()) continue;
  for (const field of Object.values(type.getFields()))
    field.resolve = (source, { locale }) => (field.name === 'text' ? source.text[locale === 'zh' ? 'zh' : 'en'] : source[field.name]);
}

const ok = { userErrors: [] };
const refuse = (code: string) => ({ userErrors: [{ __typename: 'SimpleUserError', code, message: code, field: null }] });
const page = <Row>(rows: readonly Row[]) => ({
  nodes: rows,
  edges: [],
  totalCount: rows.length,
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
});

/** Answers the operations a storefront uses from plain objects; for development and the screen tests only. */
export function startFixtureApi(port: number) {
  const calls: { operation: string; variables: Answer }[] = [];
  const orders = new Map<string, Answer & { lines: { lineNumber: number; returnedQuantity: number }[] }>();
  /** Added to every total, so that a price changes between cart and order. */
  const surcharge = { minor: 0 };
  const charged = (evaluation: Evaluated) => ({ ...evaluation, total: shopMoney(evaluation.total.amountMinor + surcharge.minor) });

  const root = {
    categories: () => CATEGORIES,
    users: () => page(USERS),
    products: ({ first = 20, filter }: { first?: number; filter?: { search?: string; categoryKey?: string } }) => {
      const found = PRODUCTS.filter(
        ({ name, category }) =>
          name.toLowerCase().includes((filter?.search ?? '').toLowerCase()) &&
          (!filter?.categoryKey || category?.key === filter.categoryKey),
      );
      return { ...page(found.slice(0, first)), totalCount: found.length };
    },
    product: ({ sku }: { sku?: string }) => PRODUCTS.find((product) => product.sku === sku) ?? null,
    recommendations: ({ userId, first, filters }: { userId?: string; first: number; filters?: { excludeSkus?: string[] } }) => ({
      servedBy: userId ? 'MODEL' : 'POPULAR',
      fallbackReason: userId ? null : 'no history',
      modelVersion: userId ? 'als-3' : null,
      generatedAt: new Date().toISOString(),
      trackingToken: 'fixture-token',
      items: PRODUCTS.filter((product, index) => index % 4 === (userId ? 0 : 2) && !filters?.excludeSkus?.includes(product.sku))
        .slice(0, first)
        .map((product, rank) => ({
          rank: rank + 1,
          score: 1 / (rank + 1),
          product,
          reasons: [
            {
              code: userId ? 'BECAUSE_YOU_BOUGHT' : 'POPULAR_NOW',
              contribution: 0.5,
              product: null,
              text: userId
                ? { en: 'Because you bought Oat Cookies', zh: '因为你买过燕麦饼干' }
                : { en: 'Popular this week', zh: '本周热门' },
            },
          ],
        })),
    }),
    offers: ({ userId }: { userId?: string }) => ({
      isHeldOut: false,
      decisionId: 'd2',
      trackingToken: 'offer-token',
      offers: userId
        ? [
            {
              campaignId: 'c-snacks',
              promotionId: 'snacks',
              kind: 'spend_get_off',
              title: { en: 'Snack week', zh: '零食周' },
              sentence: { en: '10% off snacks when you spend €10.00 on them', zh: '零食满 €10.00 打九折' },
              code: null,
              startsAt: '2026-12-01T00:00:00Z',
              endsAt: '2026-12-24T00:00:00Z',
              isPersonalised: true,
              disclosure: DISCLOSURE,
              trackingToken: 'offer-token',
              products: PRODUCTS.slice(0, 5),
            },
            {
              campaignId: 'c-welcome',
              promotionId: 'welcome',
              kind: 'code_coupon',
              title: { en: 'Welcome back', zh: '欢迎回来' },
              sentence: { en: '€2.00 off your next order', zh: '下单立减 €2.00' },
              code: 'WELCOME2',
              startsAt: '2026-12-01T00:00:00Z',
              endsAt: '2026-12-24T00:00:00Z',
              isPersonalised: true,
              disclosure: DISCLOSURE,
              trackingToken: 'offer-token',
              products: [],
            },
          ]
        : [],
    }),
    evaluateCart: ({ cart }: { cart: Parameters<typeof evaluateFixtureCart>[0] }) => ({
      evaluation: charged(evaluateFixtureCart(cart)),
      ...ok,
    }),
    order: ({ externalId }: { externalId: string }) => orders.get(externalId) ?? null,
    trackEvents: ({ events }: { events: unknown[] }) => ({ acceptedCount: events.length, duplicateCount: 0, rejected: [], ...ok }),
    placeOrder: ({ input }: { input: OrderRequest }) => {
      const evaluation = charged(evaluateFixtureCart(input));
      if (input.expectedTotalMinor !== evaluation.total.amountMinor) return { evaluation, redemptions: [], ...refuse('PRICE_CHANGED') };
      const redemptions = evaluation.applied.map(({ promotionId, amount, message }) => ({
        id: `r-${promotionId}`,
        promotionId,
        status: 'committed',
        amount,
        expiresAt: '2026-12-24T00:00:00Z',
        code: null,
        campaign: { id: `c-${promotionId}`, title: message },
      }));
      const { subtotal, discount, shipping, total } = evaluation;
      const lines = evaluation.lines.map((line, index) => ({
        lineNumber: index + 1,
        product: line.product,
        quantity: line.quantity,
        unitPrice: line.unitPrice,
        discount: line.discount,
        isGift: line.isGift,
        returnedQuantity: 0,
      }));
      orders.set(input.externalId, {
        id: input.externalId,
        externalId: input.externalId,
        placedAt: new Date().toISOString(),
        status: 'placed',
        subtotal,
        discount,
        shipping,
        total,
        lines,
        redemptions,
      });
      return { order: orders.get(input.externalId), evaluation, redemptions, ...ok };
    },
    cancelOrder: ({ input }: { input: { externalId: string } }) => {
      const order = orders.get(input.externalId);
      if (order) order['status'] = 'cancelled';
      return { order, released: [], ...ok };
    },
    returnItems: ({ input }: { input: { orderExternalId: string; lines: { lineNumber: number; quantity: number }[] } }) => {
      const order = orders.get(input.orderExternalId);
      for (const { lineNumber, quantity } of input.lines)
        for (const line of order?.lines ?? []) if (line.lineNumber === lineNumber) line.returnedQuantity += quantity;
      return { order, refund: shopMoney(180), discountGivenBack: shopMoney(20), ...ok };
    },
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      query: string;
      variables: Answer;
      operationName: string;
    };
    calls.push({ operation: operationName, variables });
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        await graphql({ schema, source: query, rootValue: root, variableValues: variables, typeResolver: (value) => value.__typename }),
      ),
    );
  });
  server.listen(port, '127.0.0.1');
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { calls, surcharge, close };
}

if (process.argv[1] === import.meta.filename) startFixtureApi(Number(process.env['FIXTURE_PORT'] ?? 4950));
