import { DatasetError } from '../shared/dataset-error.ts';
import { bareName, type FormatReader, findPath } from '../shared/reader.ts';
import { Households } from './households.ts';
import { COMPLETE_JOURNEY_RULES } from './rules.ts';
import { countRows, groupsOf, readDemographics, readProducts } from './tables.ts';
import { lastPrices, readTransactions, TRANSACTION_COLUMNS } from './transactions.ts';

const NOT_IMPORTED: Readonly<Record<string, string>> = {
  promotions_sample: 'displays and mailers per store and week: the platform knows no stores',
  promotions: 'displays and mailers per store and week: the platform knows no stores',
  campaign_descriptions: 'dates of past campaigns: campaigns are made and approved in the platform, not imported',
};

/** Complete Journey 2.0: one table per concept; a pass over the transactions finds the prices, a second emits them. */
export const completeJourney: FormatReader = {
  format: 'complete-journey',
  defaults: { currency: 'USD', timeZone: 'America/New_York' },
  rules: COMPLETE_JOURNEY_RULES,
  detect: (headers) => [...headers.values()].some((header) => TRANSACTION_COLUMNS.every((name) => header.includes(name))),
  async *read(context) {
    const { paths, sink, report } = context;
    const transactions = findPath(paths, 'transactions_sample') ?? findPath(paths, 'transactions');
    if (!transactions) throw new DatasetError('FILE_NOT_FOUND', 'the data set needs transactions_sample.csv or transactions.csv');
    const prices = await lastPrices(transactions, context);
    const campaigns = await groupsOf(context, 'campaigns', 'household_id', 'campaign_id', true);
    const redemptions = await groupsOf(context, 'coupon_redemptions', 'household_id', 'coupon_upc', false);
    await readProducts(context, prices, await groupsOf(context, 'coupons', 'product_id', 'campaign_id', true));
    const households = new Households(context, campaigns, redemptions);
    await readDemographics(context, households);
    for await (const _ of readTransactions(transactions, context, households)) yield* sink.full();
    yield* sink.rest();
    for (const path of paths) {
      const reason = NOT_IMPORTED[bareName(path)];
      if (reason) report.notImported.push(await countRows(path, reason));
    }
  },
};
