// Takes the pictures of the README from a really started product: `npm run screenshots`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { ask } from './ask.ts';
import { launchChromium } from './chromium.ts';
import { type Product, startProduct } from './product.ts';

const folder = fileURLToPath(new URL('../docs/images', import.meta.url));
const VIEW = { width: 1280, height: 860 };

async function signIn(page: Page, product: Product): Promise<string> {
  const approver = product.signIns.find(({ role }) => role === 'approver');
  if (!approver) throw new Error('This installation has no approver.');
  await page.goto(product.urls.backoffice);
  await page.getByLabel('E-mail').fill(approver.email);
  await page.getByLabel('Password').fill(approver.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: /to decide/ }).waitFor();
  const { signIn: signedIn } = await ask<{ signIn: { token: string } }>(
    product.urls.api,
    '',
    'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }',
    { ...approver },
  );
  return signedIn.token;
}

type Proposal = { id: string; version: number; contentHash: string };

async function approveAll(product: Product, token: string): Promise<Proposal[]> {
  const { inbox } = await ask<{ inbox: { proposals: Proposal[] } }>(
    product.urls.api,
    token,
    '{ inbox { proposals { id version contentHash } } }',
  );
  for (const { id, version, contentHash } of inbox.proposals) {
    await ask(
      product.urls.api,
      token,
      'mutation ($input: ApproveCampaignInput!) { approveCampaign(input: $input) { userErrors { message } } }',
      { input: { id, expectedVersion: version, contentHash } },
    );
  }
  return inbox.proposals;
}

/** A shopper with an offer on something in stock, so that the cart has something to say. */
async function findOffer(product: Product): Promise<{ userId: string; sku: string }> {
  const { users } = await ask<{ users: { nodes: { externalId: string }[] } }>(
    product.urls.api,
    product.keys.secret,
    '{ users(first: 100) { nodes { externalId } } }',
  );
  for (const { externalId } of users.nodes) {
    const { offers } = await ask<{ offers: { offers: { code: string | null; products: { sku: string; stock: number | null }[] }[] } }>(
      product.urls.api,
      product.keys.secret,
      'query ($userId: String!) { offers(userId: $userId) { offers { code products { sku stock } } } }',
      { userId: externalId },
    );
    const found = offers.offers
      .filter(({ code }) => code === null)
      .flatMap(({ products }) => products)
      .find(({ stock }) => stock === null || stock > 3);
    if (found) return { userId: externalId, sku: found.sku };
  }
  throw new Error('Nobody has an offer without a code.');
}

const product = await startProduct({ users: 2_000, products: 500, days: 548 });
const browser = await launchChromium();
try {
  await mkdir(folder, { recursive: true });
  const manager = await (await browser.newContext({ viewport: VIEW, locale: 'en-GB' })).newPage();
  const keep = (page: Page, name: string) => page.screenshot({ path: `${folder}/${name}.png` });
  const token = await signIn(manager, product);
  await keep(manager, 'inbox');
  await manager.getByRole('main').locator('a[href^="/campaigns/"]').first().click();
  await manager.getByRole('region', { name: 'Decide' }).waitFor();
  await keep(manager, 'proposal');
  const proposals = await approveAll(product, token);
  const { userId, sku } = await findOffer(product);

  const shopper = await (await browser.newContext({ viewport: VIEW, locale: 'en-GB' })).newPage();
  await shopper.goto(`${product.urls.storefront}/people`);
  await shopper.locator('#userId').fill(userId);
  await shopper.getByRole('button', { name: 'Switch' }).click();
  await shopper.getByRole('heading', { name: 'Picked for you' }).waitFor();
  await shopper.waitForLoadState('networkidle');
  await keep(shopper, 'storefront');
  await shopper.goto(`${product.urls.storefront}/product/${encodeURIComponent(sku)}`);
  await shopper.getByRole('button', { name: 'Add to cart', exact: true }).click();
  await shopper.locator('header a[href="/cart"] span').last().filter({ hasText: '1' }).waitFor();
  await shopper.goto(`${product.urls.storefront}/cart`);
  await shopper.waitForLoadState('networkidle');
  await keep(shopper, 'cart');

  const developer = await (await browser.newContext({ viewport: VIEW })).newPage();
  await developer.goto(`${product.urls.api}/graphiql`);
  await developer.waitForLoadState('networkidle');
  await keep(developer, 'graphiql');

  process.stdout.write(await product.command('simulate', '--days', '21'));
  const first = proposals[0];
  if (first) {
    await manager.goto(`${product.urls.backoffice}/campaigns/${first.id}/result`);
    await manager.getByText('Promised').first().waitFor();
    await keep(manager, 'result');
  }
} finally {
  await browser.close();
  await product.stop();
}
