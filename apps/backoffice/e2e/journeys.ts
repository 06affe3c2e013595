import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { calls, HALF, PASSWORD } from './fixture-api.ts';
import { CSV } from './fixtures/codes.ts';
import { screens } from './screens.ts';

export interface Journey {
  readonly name: string;
  run(browser: Browser, base: string): Promise<void>;
}
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function open(
  browser: Browser,
  base: string,
  { theme = 'light', locale = 'en', width = 1_360 }: { theme?: 'light' | 'dark'; locale?: 'en' | 'zh'; width?: number } = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, locale: 'en-GB' });
  await context.addCookies([
    { name: 'promolift_session', value: 'fixture-token', url: base },
    { name: 'promolift_locale', value: locale, url: base },
  ]);
  return context.newPage();
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.map(
    (violation) =>
      `${violation.id}: ${violation.nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join(' | ')}`,
  );
}

const looks = [
  { theme: 'light', locale: 'en', width: 1_360 },
  { theme: 'dark', locale: 'zh', width: 390 },
] as const;

export const journeys: readonly Journey[] = [
  ...looks.map(
    (look): Journey => ({
      name: `no accessibility violation, no overflow, no console error: ${look.theme}, ${look.locale}, ${look.width} px`,
      async run(browser, base) {
        const page = await open(browser, base, look);
        const problems: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(`${page.url()} console: ${message.text().slice(0, 200)}`);
        });
        for (const path of screens) {
          await page.goto(`${base}${path}`, { waitUntil: 'load' });
          await page.waitForTimeout(300);
          if (!page.url().endsWith(path) || (await page.locator('main h1').count()) !== 1)
            problems.push(`${path} did not open: ${page.url()}`);
          for (const violation of await violations(page)) problems.push(`${path} ${violation}`);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (overflow > 0) problems.push(`${path} is ${overflow} px wider than the window`);
        }
        expect(problems.join('\n')).toBe('');
        await page.context().close();
      },
    }),
  ),
  {
    name: 'sign-in refuses a wrong password in words, then lets the right one in',
    async run(browser, base) {
      const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
      await page.goto(base);
      expect(page.url()).toContain('/sign-in');
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('E-mail').fill('ana@example.com');
      await page.getByLabel('Password').fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('E-mail or password is wrong.').waitFor();
      await page.getByLabel('E-mail').fill('ana@example.com');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: /to decide/ }).waitFor();
      const session = (await page.context().cookies()).find((cookie) => cookie.name === 'promolift_session');
      expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
      await page.context().close();
    },
  },
  {
    name: 'the queue is decided by keyboard: undo sends nothing, reject needs its reason, typing turns the keys off',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(base, { waitUntil: 'load' });
      await page.waitForTimeout(1_000);
      await page.keyboard.press('a');
      await page.getByText(/Approving/).waitFor();
      await page.keyboard.press('u');
      await page.getByText(/Approving/).waitFor({ state: 'detached' });
      await page.keyboard.press('/');
      await page.keyboard.type('ar');
      expect(await page.getByRole('searchbox').inputValue()).toBe('ar');
      expect(calls).toEqual([]);
      await page.getByRole('searchbox').fill('');
      await page.getByRole('searchbox').blur();
      await page.keyboard.press('j');
      await page.keyboard.press('r');
      await page.getByRole('button', { name: /Costs too much/ }).waitFor();
      await page.keyboard.press('1');
      await page.getByRole('button', { name: 'Send now' }).click();
      await page.getByText('Clear overstock: winter coats').waitFor({ state: 'detached' });
      expect(calls).toEqual(['reject campaign-coats']);
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await page.waitForURL('**/campaigns');
      await page.context().close();
    },
  },
  {
    name: 'an approval on the proposal page says what it covers; a refusal is shown',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(`${base}/campaigns/campaign-basket`, { waitUntil: 'load' });
      const stale = await open(browser, base);
      await stale.goto(`${base}/campaigns/campaign-basket`, { waitUntil: 'load' });
      for (const one of [page, stale]) {
        await one.waitForTimeout(1_000);
        await one.getByRole('button', { name: 'Approve', exact: true }).first().click();
        await one.getByText(/You approve version 2/).waitFor();
        await one.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
      }
      await stale.getByText('Somebody else has already decided.').waitFor();
      await page.getByText('Nothing to decide for you in this state.').waitFor();
      await page.context().close();
      await stale.context().close();
    },
  },
  {
    name: 'codes are made, downloaded, looked up and withdrawn by keyboard',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(`${base}/campaigns/campaign-live/codes`, { waitUntil: 'load' });
      await page.waitForTimeout(1_000);
      const sent = (verb: string) => calls.filter((call) => call.startsWith(`${verb} `)).map((call) => JSON.parse(call.slice(verb.length)));
      await page.getByLabel('Codes', { exact: true }).fill('250');
      await page.getByLabel('Prefix (optional)').fill('sun');
      await page.keyboard.press('Enter');
      await page.getByText('The codes are made.').waitFor();
      expect(sent('codes')).toMatchObject([
        { campaignId: 'campaign-live', variant: 'open', size: 250, useLimit: 1, prefix: 'sun', startsAt: null },
      ]);
      await page.getByRole('button', { name: /^Download the codes of SUN/ }).press('Enter');
      await page.getByText('The download broke off.').waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: /^Go on downloading the codes of SUN/ }).press('Enter'),
      ]);
      expect(file.suggestedFilename()).toBe('codes-SUN.csv');
      expect(await readFile(await file.path(), 'utf8')).toBe(CSV);
      expect(sent('download')).toEqual([{ first: 0 }, { first: HALF }]);
      await page.getByText('Downloaded.').waitFor();
      await page.getByRole('button', { name: 'Withdraw some' }).press('Enter');
      await page.getByLabel('First place').fill('5');
      await page.getByLabel('Last place').fill('9');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByLabel('Last place').waitFor({ state: 'hidden' });
      await page.getByLabel('Code', { exact: false }).first().fill('sun-7k3m-9qrt-wxyz5');
      await page.keyboard.press('Enter');
      await page.getByText('Used up').waitFor();
      expect(await page.getByRole('row').filter({ hasText: 'O-7004' }).count()).toBe(1);
      await page.waitForTimeout(1_000);
      await page.getByRole('button', { name: 'Withdraw this code' }).press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw', exact: true }).press('Enter');
      await page
        .getByRole('dialog')
        .waitFor({ state: 'detached' })
        .catch(() => undefined);
      expect(sent('revoke')).toEqual([{ batchId: 'batch-sun', first: 5, last: 9 }, { code: 'SUN-7K3M-9QRT-WXYZ5' }]);
      await page.context().close();
    },
  },
  {
    name: 'a page has a nonce policy, and an action from another site is refused',
    async run(_browser, base) {
      const answer = await fetch(`${base}/sign-in`);
      expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
      expect(answer.headers.get('cache-control')).toContain('no-store');
      const upload = (headers: Record<string, string>) =>
        fetch(`${base}/imports/upload`, { method: 'POST', body: 'x', headers: { cookie: 'promolift_session=fixture-token', ...headers } });
      expect((await upload({})).status).toBe(403);
      expect((await upload({ origin: 'https://evil.example' })).status).toBe(403);
      expect((await upload({ origin: base })).status).toBe(200);
    },
  },
];
