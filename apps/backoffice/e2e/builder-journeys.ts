import { expect } from 'vitest';
import { calls } from './fixture-api.ts';
import { type Journey, open } from './journeys.ts';

const sentAfter = (name: string): unknown =>
  JSON.parse(calls.findLast((call) => call.startsWith(`${name} `))?.slice(name.length + 1) ?? '{}');

export const builderJourneys: readonly Journey[] = [
  {
    name: 'an edit without a change sends the campaign as it is: condition, limits, caps and group too',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(`${base}/campaigns/campaign-draft/edit`, { waitUntil: 'load' });
      await page.getByText('Applies only if').waitFor();
      await page.waitForTimeout(1_000);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.waitForURL((url) => !url.pathname.endsWith('/edit'));
      expect(sentAfter('revise')).toMatchObject({
        content: {
          promotions: [{ kind: 'percent_off', condition: { kind: 'first_order' }, needsCode: false }],
          limits: [{ per: ['user'], period: 'day', maxUses: 1 }],
          maxPerCartMinor: 2_000,
          maxPerLineMinor: null,
          group: 'sale',
          onBudgetShort: 'partial',
          sharedBudgetKey: null,
        },
      });
      await page.context().close();
    },
  },
  {
    name: 'a rule is built by keyboard: a second promotion, a condition with "not", and its sentence and cost appear while typing',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(`${base}/campaigns/new`, { waitUntil: 'load' });
      await page.waitForTimeout(1_000);
      await page.getByLabel('Name').fill('Friday treats');
      await page.getByLabel('Budget (GBP)').fill('100');
      await page.getByLabel('Discount, %').fill('15');
      await page.getByRole('button', { name: 'Add another promotion' }).press('Enter');
      const second = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Promotion 2' }) });
      await second.getByLabel('Kind of promotion').selectOption('free_shipping');
      await second.getByLabel('Minimum spend (GBP)').fill('20');
      await second.getByRole('button', { name: 'Add a condition' }).press('Enter');
      await second.getByLabel('What is asked').selectOption('weekday');
      await second.getByLabel('Friday').press('Space');
      await second.getByLabel('not', { exact: true }).press('Space');
      await page.getByText('15% off everything', { exact: true }).waitFor();
      await page.getByText(/Free shipping .* only not on Friday/).waitFor();
      await page.getByText('It would have cost').waitFor();
      await page.getByText(/Chocolate week: keeps this one out of/).waitFor();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.waitForURL((url) => !url.pathname.endsWith('/new'));
      expect(sentAfter('create')).toMatchObject({
        content: {
          budgetMinor: 10_000,
          promotions: [
            { kind: 'percent_off', rule: { basisPoints: 1_500 }, condition: null },
            {
              kind: 'free_shipping',
              rule: { minimumSpend: { GBP: 2_000 } },
              condition: { kind: 'not', condition: { kind: 'weekday', weekdays: ['friday'] } },
            },
          ],
        },
      });
      await page.context().close();
    },
  },
  {
    name: 'a cart is tried: what applied, what not and why; an unknown product is refused in words',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(`${base}/try`, { waitUntil: 'load' });
      await page.waitForTimeout(1_000);
      await page.getByLabel('Units').fill('2');
      await page.getByLabel('Codes').fill('nope');
      await page.getByRole('button', { name: 'Try it' }).press('Enter');
      await page.getByText('To pay: £18.00').waitFor();
      await page.getByText('The cart is below the minimum of this offer.').waitFor();
      await page.getByText('Add £82.00 for £20 off').waitFor();
      await page.getByText('There is no such code').waitFor();
      await page.getByLabel('Product 1 (SKU)').fill('NONE');
      await page.getByRole('button', { name: 'Try it' }).press('Enter');
      await page.getByText('There is no product with sku "NONE" on sale.').waitFor();
      await page.context().close();
    },
  },
  {
    name: 'groups, modes and groups apart are sent whole',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(`${base}/settings`, { waitUntil: 'load' });
      await page.waitForTimeout(1_000);
      await page.getByRole('button', { name: 'Add a group' }).press('Enter');
      await page.getByLabel('Key of group 3').fill('loyal');
      await page.getByLabel('Mode of group 3').selectOption('best_for_margin');
      await page.getByRole('button', { name: 'Add a pair' }).press('Enter');
      await page.getByLabel('Pair 2, group 2').selectOption('loyal');
      await page.locator('form', { hasText: 'Groups that do not combine' }).getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved.').waitFor();
      expect(sentAfter('settings')).toEqual({
        expectedVersion: 7,
        promotionGroups: [
          { key: 'sale', mode: 'best_for_shopper' },
          { key: 'coupons', mode: 'first' },
          { key: 'loyal', mode: 'best_for_margin' },
        ],
        separateGroups: [
          ['sale', 'coupons'],
          ['sale', 'loyal'],
        ],
        maxOrderDiscountBasisPoints: 5_000,
        percentBase: 'remaining',
        rounding: 'half-even',
      });
      await page.context().close();
    },
  },
  {
    name: 'what points are worth, and which ideas become proposals, are settings with their units',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(`${base}/settings`, { waitUntil: 'load' });
      await page.waitForTimeout(1_000);
      const points = page.locator('form', { hasText: 'What points are worth' });
      await points.getByRole('button', { name: 'Add a currency' }).press('Enter');
      await points.getByLabel('Currency 2 (ISO 4217)').fill('eur');
      await points.getByLabel('Points for the smallest unit of currency 2').fill('3');
      await points.getByLabel('Points run out after, days').fill('365');
      await points.getByRole('button', { name: 'Save', exact: true }).click();
      await points.getByText('Saved.').waitFor();
      expect(sentAfter('settings')).toEqual({
        expectedVersion: 7,
        pointsRates: [
          { currency: 'GBP', pointsPerMinor: 2 },
          { currency: 'EUR', pointsPerMinor: 3 },
        ],
        returnWindowDays: 14,
        pointsExpireDays: 365,
      });
      const proposals = page.locator('form', { hasText: 'Least probability of a gain' });
      await proposals.getByLabel('Longest campaign, days').fill('0');
      expect(
        await proposals.getByLabel('Longest campaign, days').evaluate((input: HTMLInputElement) => input.validity.rangeUnderflow),
      ).toBe(true);
      await proposals.getByLabel('Longest campaign, days').fill('30');
      await proposals.getByRole('button', { name: 'Save', exact: true }).click();
      await proposals.getByText('Saved.').waitFor();
      expect(sentAfter('settings')).toEqual({
        expectedVersion: 7,
        minimumGainProbabilityBasisPoints: 8_000,
        minimumSegmentSize: 50,
        maxWindowDays: 30,
        proposalTtlDays: 14,
      });
      await page.context().close();
    },
  },
  {
    name: 'two versions of a live campaign stand side by side, and its page says which one is served',
    async run(browser, base) {
      const page = await open(browser, base);
      await page.goto(`${base}/campaigns/campaign-live`, { waitUntil: 'load' });
      await page.getByText('Shoppers get version 1 until somebody approves version 2').waitFor();
      await page.getByRole('link', { name: 'Compare the two' }).click();
      await page.getByRole('heading', { name: '4 changes' }).waitFor();
      expect(await page.getByRole('row', { name: /^Who / }).innerText()).toMatch(/everybody\s+New, one order/);
      await page.context().close();
    },
  },
];
