import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startFixtureApi } from './fixture-api.ts';
import { startShop } from './start-shop.ts';

const API_PORT = 4961;
const SHOP_PORT = 3961;
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const CRISPS = 'MG-00';
const COOKIES = 'MG-01';

let api: ReturnType<typeof startFixtureApi>;
let shop: Awaited<ReturnType<typeof startShop>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  api = startFixtureApi(API_PORT);
  shop = await startShop(SHOP_PORT, `http://127.0.0.1:${API_PORT}`);
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ARGUMENTS });
});

afterAll(async () => {
  await browser?.close();
  await shop?.stop();
  await api?.close();
});

beforeEach(async () => {
  await context?.close();
  api.surcharge.minor = 0;
  api.calls.length = 0;
  problems.length = 0;
  context = await browser.newContext({ baseURL: shop.base, viewport: { width: 390, height: 844 }, locale: 'en-GB' });
  page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
});

async function add(sku: string, times = 1) {
  await page.goto(`/product/${sku}`);
  for (let time = 0; time < times; time += 1) {
    const badge = Number(await page.locator('header a[href="/cart"] span').last().textContent());
    await page.getByRole('button', { name: 'Add to cart', exact: true }).click();
    await page
      .locator('header a[href="/cart"] span')
      .last()
      .filter({ hasText: String(badge + 1) })
      .waitFor();
  }
}

async function become(user: string) {
  await page.goto('/people');
  await page.getByRole('button', { name: new RegExp(user) }).click();
  await page.getByRole('heading', { name: 'Picked for you' }).waitFor();
}

async function violations() {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

test.each([
  ['light', 'en-GB', 1280],
  ['dark', 'zh-CN', 390],
] as const)('no page has an accessibility violation (%s, %s)', async (colorScheme, locale, width) => {
  await context.close();
  context = await browser.newContext({ baseURL: shop.base, viewport: { width, height: 844 }, locale, colorScheme });
  page = await context.newPage();
  const found: string[] = [];
  const look = async (path: string) => {
    await page.goto(path);
    found.push(...(await violations()));
  };
  for (const path of [
    '/',
    '/search?q=oat',
    '/search?q=nothing-like-it',
    '/category/snacks',
    '/product/MG-03',
    '/people',
    '/cart',
    '/product/none',
  ])
    await look(path);
  await page.goto(`/product/${COOKIES}`);
  await page.locator('main form button').first().click();
  await page.locator('header a[href="/cart"] span').last().filter({ hasText: '1' }).waitFor();
  await look('/cart');
  await page.locator('button[popovertarget=asked]').first().click();
  found.push(...(await violations()));
  await look('/checkout');
  await page.locator('main form button').first().click();
  await page.waitForURL(/\/orders\//);
  found.push(...(await violations()));
  expect(found).toEqual([]);
});

test('the personal row gives reasons, and the panel shows its query without the key', async () => {
  await become('shopper-0042');
  expect(await page.getByText('Because you bought Oat Cookies').count()).toBeGreaterThan(3);
  await page.getByRole('region', { name: 'Your offers' }).getByText('10% off snacks when you spend €10.00 on them').waitFor();
  await page.getByRole('button', { name: /What the shop asked/ }).click();
  const panel = page.locator('#asked');
  await panel.getByText('served by MODEL').waitFor();
  const text = (await panel.textContent()) ?? '';
  expect(text).toContain('query Recommendations(');
  expect(text).toContain('"userId": "shopper-0042"');
  expect(await page.content()).not.toContain('sk_fixture');
  expect(problems).toEqual([]);
});

test('the cart says what is almost there, then what applies, and why a code does not', async () => {
  await add(COOKIES);
  await page.goto('/cart');
  await page.locator('main').getByText('€6.51 more of snacks for 10% off').first().waitFor();
  expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('35');
  const code = page.getByRole('textbox', { name: 'Promotion code' });
  await code.fill('welcome2');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('main').getByText('The cart is below the minimum of this offer.').waitFor();
  await code.fill('NOPE');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('main').getByText('There is no such code').waitFor();
  await page.getByRole('button', { name: /One more/ }).click();
  await page.getByText('WELCOME2 is applied').waitFor();
  await page.getByRole('button', { name: /One more/ }).click();
  await page.locator('main').getByText('10% off snacks from €10.00').first().waitFor();
  await page.locator('s', { hasText: '€10.47' }).waitFor();
  await page.getByText('below the lowest price of the last 30 days, €3.49').waitFor();
  await page.getByRole('note').getByText('automated decision-making').first().waitFor();
  expect(await page.getByRole('progressbar').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('a changed total is shown and asked again; the order tells what was saved, takes returns and can be cancelled', async () => {
  await add(COOKIES, 3);
  await page.goto('/checkout');
  api.surcharge.minor = 100;
  await page.getByRole('button', { name: /Place the order/ }).click();
  await page.getByText('Before €14.33 → New total €15.33').waitFor();
  await page.getByRole('button', { name: 'Place the order · €15.33' }).click();
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
  await page.getByText('You saved €1.04').waitFor();
  const order = page.url().replace(/\?.*/, '');
  await page.getByRole('button', { name: /Return one/ }).click();
  await page.getByText('Returned. Refund: €1.80').waitFor();
  await add(CRISPS, 1);
  await page.goto('/checkout');
  await page.getByRole('button', { name: /Place the order/ }).click();
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByText('The order is cancelled').waitFor();

  const stranger = await browser.newContext({ baseURL: shop.base });
  expect((await stranger.request.get(order)).status()).toBe(404);
  await stranger.close();
  const placed = api.calls
    .filter(({ operation }) => operation === 'PlaceOrder')
    .map(({ variables }) => variables['input'] as { idempotencyKey: string; externalId: string });
  expect(placed).toHaveLength(3);
  expect(placed[0]?.idempotencyKey).toBe(placed[1]?.idempotencyKey);
  expect(placed[2]?.idempotencyKey).not.toBe(placed[1]?.idempotencyKey);
});

test('the shop tells what happened, once per look', async () => {
  await page.goto('/search?q=oat');
  await page.goto(`/product/${CRISPS}?from=seen-in-a-row`);
  await page.reload();
  await page.getByRole('button', { name: 'Add to cart', exact: true }).click();
  await expect
    .poll(
      () =>
        api.calls.filter(({ operation, variables }) => operation === 'TrackEvents' && JSON.stringify(variables).includes('add_to_cart'))
          .length,
    )
    .toBeGreaterThan(0);
  const events = api.calls
    .filter(({ operation }) => operation === 'TrackEvents')
    .flatMap(({ variables }) => variables['events'] as { eventId: string; name: string; trackingToken?: string }[]);
  const views = events.filter(({ name, trackingToken }) => name === 'view_item' && trackingToken === 'seen-in-a-row');
  expect(views.length).toBeGreaterThanOrEqual(2);
  expect(new Set(views.map(({ eventId }) => eventId)).size).toBe(1);
  expect(events.some(({ name }) => name === 'search')).toBe(true);
});

test('writes from foreign pages are refused, headers are set', async () => {
  const foreign = await fetch(`${shop.base}/cart`, {
    method: 'POST',
    headers: { origin: 'https://evil.test', 'next-action': 'x' },
    body: '',
  });
  expect(foreign.status).toBe(403);
  const { headers } = await fetch(shop.base);
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=lax/);
});

test('while Promolift is away the shelves stay filled, and nothing breaks', async () => {
  await add(COOKIES);
  await page.goto('/');
  await api.close();
  for (const path of [
    '/',
    '/search?q=never-asked-before',
    '/category/toys',
    `/product/${COOKIES}`,
    '/product/MG-52',
    '/cart',
    '/checkout',
    '/people',
  ]) {
    const answer = await page.goto(path);
    expect([path, answer?.status()]).toEqual([path, 200]);
    expect(await page.locator('h1').count(), path).toBe(1);
    expect(await page.content()).not.toMatch(/at \w+ \(|ECONNREFUSED|Application error/);
  }
  await page.goto('/');
  await page.getByText('Our offers are taking a short break').waitFor();
  expect(await page.getByRole('article').count()).toBeGreaterThan(10);
  api = startFixtureApi(API_PORT);
});
