import {
  announcedPriceMinor,
  audienceOf,
  type CampaignContent,
  isInScope,
  isPersonal,
  type PriceChange,
  type PriceHistory,
  PRIOR_PRICE_WINDOW_DAYS,
  type PublicReduction,
  ruleScope,
} from '@promolift/domain';
import type { PricedProduct } from '../products/catalogue.ts';
import type { Deps } from '../shared/deps.ts';
import { contentsOf, type VersionKey, versionKey } from './rules-state.ts';

/** A campaign that was or will be served, with the time it really ran: it starts at its approval and a kill ends it. */
export type ServedCampaign = VersionKey & { from: Date; until: Date; content: CampaignContent };

const DAY_MS = 86_400_000;
/** A series of cuts is followed back this far; an older first cut counts from a later one, which never claims more. */
const HISTORY_DAYS = PRIOR_PRICE_WINDOW_DAYS * 6;

const sinceOf = (until: Date): Date => new Date(until.getTime() - HISTORY_DAYS * DAY_MS);

/** Every campaign that ran or is scheduled to run in the half year before `until`. */
export async function servedCampaigns({ sql }: Pick<Deps, 'sql'>, until: Date): Promise<ServedCampaign[]> {
  const { rows } = await sql.query<VersionKey & { from: Date; until: Date }>(
    `select id "campaignId", live_version "version", starts_at "from", ends_at "until" from campaigns
     where live_version is not null and starts_at <= $1 and ends_at > $2 and ends_at > starts_at order by id`,
    [until, sinceOf(until)],
  );
  const contents = await contentsOf(sql, rows);
  return rows.flatMap((row) => {
    const content = contents.get(versionKey(row));
    return content ? [{ ...row, content }] : [];
  });
}

export type HistoryProduct = Pick<PricedProduct, 'id' | 'sku' | 'priceMinor' | 'currency' | 'categoryKeys'>;
/** What a product was offered for; nothing on record for a product that was not asked about. */
export type PriceHistories = (product: Pick<HistoryProduct, 'id' | 'currency'>) => PriceHistory;

/** The histories of these products before `until`, in one statement whatever their number. `campaigns`: those whose prices count. */
export async function priceHistories(
  { sql }: Pick<Deps, 'sql'>,
  products: readonly HistoryProduct[],
  until: Date,
  campaigns: readonly ServedCampaign[],
): Promise<PriceHistories> {
  const { rows } = await sql.query<PriceChange & { id: string }>(
    `select wanted.id, found.* from unnest($1::uuid[]) wanted(id) cross join lateral (
       select at, price_minor "priceMinor", currency from product_prices where product_id = wanted.id and at > $2 and at <= $3
       union all (select at, price_minor, currency from product_prices where product_id = wanted.id and at <= $2 order by at desc limit 1)
     ) found`,
    [products.map(({ id }) => id), sinceOf(until), until],
  );
  const changes = Map.groupBy(rows, ({ id }) => id);
  const open = campaigns.filter(({ content }) => !isPersonal({ audience: audienceOf(content) }));
  const reductions = new Map(products.map((product) => [product.id, reductionsOf(product, open)]));
  return ({ id, currency }) => ({ currency, changes: changes.get(id) ?? [], reductions: reductions.get(id) ?? [] });
}

function reductionsOf(product: HistoryProduct, campaigns: readonly ServedCampaign[]): PublicReduction[] {
  return campaigns.flatMap(({ from, until, content }) =>
    content.promotions.flatMap((promotion): PublicReduction[] => {
      const isLower =
        isInScope(ruleScope(promotion.rule), product) && announcedPriceMinor(promotion, product.priceMinor, product.currency) !== null;
      if (!isLower) return [];
      return [{ from, until, priceOf: (shelfMinor) => announcedPriceMinor(promotion, shelfMinor, product.currency) ?? shelfMinor }];
    }),
  );
}
