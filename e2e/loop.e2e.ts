import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { launchChromium } from './chromium.ts';
import { type Product, startProduct } from './product.ts';

/**
 * The whole loop in a browser, on a shop whose true response is known: a manager approves what the models proposed, a
 * shopper gets it and buys, 28 days pass, and the measured effect must cover what the simulator knows to be true. Seed and clock are
 * fixed, so that the holdout is the same in every run: a 95% interval drawn anew would miss in one run of twenty.
 */
let product: Product;
let browser: Browser;
let manager: Page;
let managerToken: string;
let campaign: { id: string; title: string };

beforeAll(async () => {
  product = await startProduct({ users: 1_200, products: 200, days: 365, stillAt: '2030-03-04T09:00:00Z' });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

test('a manager signs in and finds proposals with their evidence', async () => {
  const approver = product.signIns.find(({ role }) => role === 'approver');
  if (!approver) throw new Error('This installation has no approver.');
  const signedIn = await ask<{ signIn: { token: string } }>(
    product.urls.api,
    '',
    'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }',
    { email: approver.email, password: approver.password },
  );
  managerToken = signedIn.signIn.token;
  const { inbox } = await ask<{
    inbox: {
      proposals: {
        id: string;
        title: { en: string };
        evidence: { incrementalMargin: { mean: { amountMinor: number } } };
        promotions: { kind: string }[];
      }[];
    };
  }>(
    product.urls.api,
    managerToken,
    '{ inbox { proposals { id title { en } promotions { kind } evidence { incrementalMargin { mean { amountMinor } } } } } }',
  );
  expect(inbox.proposals.length).toBeGreaterThan(0);
  for (const { evidence } of inbox.proposals) expect(evidence.incrementalMargin.mean.amountMinor).toBeGreaterThan(0);
  // A percentage is the plainest to recognise in a cart; any other kind would do for the loop.
  const chosen = inbox.proposals.find(({ promotions }) => promotions.some(({ kind }) => kind === 'percent_off')) ?? inbox.proposals[0];
  if (!chosen) throw new Error('There is no proposal.');
  campaign = { id: chosen.id, title: chosen.title.en };

  manager = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1360, height: 900 } })).newPage();
  await manager.goto(product.urls.backoffice);
  await manager.getByLabel('E-mail').fill(approver.email);
  await manager.getByLabel('Password').fill(approver.password);
  await manager.getByRole('button', { name: 'Sign in' }).click();
  await manager.getByRole('heading', { name: /proposals? to decide/ }).waitFor();
  await manager.getByRole('link', { name: campaign.title }).first().click();
  await manager.getByRole('heading', { level: 1, name: campaign.title }).waitFor();
});

test('the manager approves, and the campaign is live', async () => {
  await manager.getByRole('region', { name: 'Decide' }).getByRole('button', { name: 'Approve', exact: true }).click();
  await manager.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await manager.getByText('Live', { exact: true }).first().waitFor();
});

test('a shopper of the audience sees it in the cart and checks out; the backoffice shows redemption and ledger', async () => {
  const shopper = await findShopper();
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(`${product.urls.storefront}/people`);
  await page.locator('#userId').fill(shopper.userId);
  await page.getByRole('button', { name: 'Switch' }).click();
  await page.getByRole('heading', { name: 'Picked for you' }).waitFor();
  await page.goto(`${product.urls.storefront}/product/${encodeURIComponent(shopper.sku)}`);
  for (let units = 0; units < shopper.quantity; units += 1) {
    const badge = page.locator('header a[href="/cart"] span').last();
    const before = Number(await badge.textContent());
    await page.getByRole('button', { name: 'Add to cart', exact: true }).click();
    await badge.filter({ hasText: String(before + 1) }).waitFor();
  }
  await page.goto(`${product.urls.storefront}/cart`);
  if (shopper.code) {
    await page.getByRole('textbox', { name: 'Promotion code' }).fill(shopper.code);
    await page.getByRole('button', { name: 'Apply' }).click();
  }
  await page.locator('main s').first().waitFor();
  await page.goto(`${product.urls.storefront}/checkout`);
  await page.getByRole('button', { name: /Place the order/ }).click();
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
  await page.getByText(/You saved/).waitFor();

  await manager.goto(`${product.urls.backoffice}/campaigns/${campaign.id}/redemptions`);
  await manager.getByText('Used', { exact: true }).first().waitFor();
  const { campaign: books } = await ask<{
    campaign: { budget: { spent: { amountMinor: number } }; ledger: { kind: string; amount: { amountMinor: number } }[] };
  }>(
    product.urls.api,
    managerToken,
    'query ($id: ID!) { campaign(id: $id) { budget { spent { amountMinor } } ledger { kind amount { amountMinor } } } }',
    { id: campaign.id },
  );
  expect(books.ledger.map(({ kind }) => kind).sort()).toEqual(['commit', 'reserve']);
  expect(books.budget.spent.amountMinor).toBe(books.ledger.find(({ kind }) => kind === 'commit')?.amount.amountMinor);
});

test('after 28 days the result page shows the measured effect, and its interval covers the truth', async () => {
  await product.command('simulate', '--days', '28');
  await expect.poll(async () => (await measured())?.isFinal ?? false, { timeout: 120_000, interval: 2_000 }).toBe(true);
  const result = await measured();
  if (!result?.incrementalMargin) throw new Error(`No verdict: ${JSON.stringify(result)}`);
  const truth = JSON.parse(await readFile(join(product.home, 'simulation', 'truth.json'), 'utf8')) as {
    effects: { campaignId: string; incrementalMarginMinor: number }[];
  };
  const effect = truth.effects.find(({ campaignId }) => campaignId === campaign.id);
  if (!effect) throw new Error('The simulator does not know this campaign.');
  const { mean, lower95, upper95 } = result.incrementalMargin.total;
  process.stdout.write(
    `measured ${mean.toFixed(0)} [${lower95.toFixed(0)}, ${upper95.toFixed(0)}], true ${effect.incrementalMarginMinor.toFixed(0)} minor units\n`,
  );
  expect(result.isSampleRatioOk).toBe(true);
  expect(effect.incrementalMarginMinor).toBeGreaterThanOrEqual(lower95);
  expect(effect.incrementalMarginMinor).toBeLessThanOrEqual(upper95);

  await manager.goto(`${product.urls.backoffice}/campaigns/${campaign.id}/result`);
  await manager.getByText('Promised').first().waitFor();
  await manager.getByText(/Influenced revenue/).waitFor();
});

type Measured = {
  isFinal: boolean;
  isSampleRatioOk: boolean;
  incrementalMargin: { total: { mean: number; lower95: number; upper95: number } } | null;
} | null;

async function measured(): Promise<Measured> {
  const { campaign: found } = await ask<{ campaign: { measurement: Measured } }>(
    product.urls.api,
    managerToken,
    'query ($id: ID!) { campaign(id: $id) { measurement { isFinal isSampleRatioOk incrementalMargin { total { mean lower95 upper95 } } } } }',
    { id: campaign.id },
  );
  return found.measurement;
}

/** Somebody of the audience who is not held out, with a product and a quantity for which the campaign takes something off. */
async function findShopper(): Promise<{ userId: string; sku: string; quantity: number; code: string | null }> {
  const { users } = await ask<{ users: { nodes: { externalId: string }[] } }>(
    product.urls.api,
    product.keys.secret,
    '{ users(first: 100) { nodes { externalId } } }',
  );
  for (const { externalId } of users.nodes) {
    const { offers } = await ask<{
      offers: {
        offers: {
          campaignId: string;
          code: string | null;
          products: { sku: string; stock: number | null; price: { currency: string } }[];
        }[];
      };
    }>(
      product.urls.api,
      product.keys.secret,
      'query ($userId: String!) { offers(userId: $userId) { offers { campaignId code products { sku stock price { currency } } } } }',
      { userId: externalId },
    );
    const offer = offers.offers.find(({ campaignId }) => campaignId === campaign.id);
    for (const { sku, stock, price } of offer?.products ?? []) {
      for (const quantity of [1, 3, 8]) {
        if (stock !== null && stock < quantity) continue;
        const { evaluateCart } = await ask<{
          evaluateCart: { evaluation: { applied: { campaignId: string; amount: { amountMinor: number } }[] } | null };
        }>(
          product.urls.api,
          product.keys.secret,
          'query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { applied { campaignId amount { amountMinor } } } } }',
          { cart: { currency: price.currency, userId: externalId, lines: [{ sku, quantity }], codes: offer?.code ? [offer.code] : [] } },
        );
        if (evaluateCart.evaluation?.applied.some(({ campaignId, amount }) => campaignId === campaign.id && amount.amountMinor > 0))
          return { userId: externalId, sku, quantity, code: offer?.code ?? null };
      }
    }
  }
  throw new Error('Nobody among 100 users gets the campaign.');
}
