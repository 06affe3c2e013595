import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildApiSchema } from '../../build-schema.ts';
import { refuseHiddenFields } from './shop-fields.ts';

const schema = buildApiSchema();
const isRefused = (query: string, keyKind: 'storefront_publishable' | 'storefront_secret') => {
  try {
    refuseHiddenFields(schema, parse(query), keyKind);
    return false;
  } catch {
    return true;
  }
};

/** Every way a cost, a forecast or a campaign's inside could leak; columns: publishable, secret. 1 = refused. */
const HIDDEN = `
11 { products { nodes { cost { amountMinor } } } }
11 { product(sku: "A") { floor { amountMinor } } }
11 { product(sku: "A") { elasticity { mean } } }
11 { product(sku: "A") { forecast { id } } }
11 { product(sku: "A") { stockCoverDays } }
11 { product(sku: "A") { dailyUnits { units } } }
11 { recommendations { items { product { category { products { cost { amountMinor } } } } } } }
11 { offers { offers { products { ...P } } } } fragment P on Product { cost { amountMinor } }
11 { node(id: "1") { ... on Product { cost { amountMinor } } } }
11 { inbox { trackRecord { campaignCount } } }
11 { settings { twoApproverBudget { amountMinor } } }
11 mutation { reserveOffer(input: {}) { redemption { campaign { evidence { hash } } } } }
11 mutation { reserveOffer(input: {}) { redemption { campaign { budget { spent { amountMinor } } } } } }
11 { explainDecision(id: "1") { input } }
11 { user(id: "1") { decisions { input } } }
10 { explainDecision(id: "1") { steps { passed } } }
10 { user(id: "1") { orders { total { amountMinor } } } }
10 mutation { placeOrder(input: {}) { order { id } } }
00 { products { nodes { sku price { amountMinor } priceNotice { unitPrice { per } disclosure { en } } stock category { name } } pageInfo { endCursor } } }
00 { evaluateCart(cart: {}) { evaluation { total { amountMinor } applied { message { en } } lines { product { name } } nearMisses { progress } } userErrors { code } } }
00 mutation { trackEvents(events: []) { acceptedCount rejected { code } } }
`
  .trim()
  .split('\n')
  .map((line) => [line.slice(3), line.slice(0, 2)] as const);

describe('what a storefront key may read', () => {
  test.each(HIDDEN)('%s', (query, expected) => {
    expect([isRefused(query, 'storefront_publishable'), isRefused(query, 'storefront_secret')].map(Number).join('')).toBe(expected);
  });
});
