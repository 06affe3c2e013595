import type { ModelVersions, Names, ShopSettings } from '@promolift/domain';
import { categoryNames } from '../../products/catalogue.ts';
import { type PriceHistories, priceHistories, servedCampaigns } from '../../promotions/price-histories.ts';
import type { Deps } from '../../shared/deps.ts';
import { readSettings } from '../../shared/settings.ts';
import { type CampaignMemory, readCampaignMemory } from './campaign-memory.ts';
import { type Cart, readCarts } from './carts.ts';
import { type DemandHistory, readDemandHistory } from './demand-history.ts';
import { forecastDemand, HORIZON_DAYS } from './demand-forecast.ts';
import { type ChampionModel, readChampions } from './champions.ts';
import { type PictureProduct, readProducts } from './products.ts';
import { applyLastYear, lastYear, type YearMemory } from './last-year.ts';
import { type PriceResponse, readPriceResponse } from './price-response.ts';
import { readCallResponse, type LearnedResponse } from '../response/call-response.ts';
import { type AudienceSegment, readRhythm, readSegments, type Rhythm } from './segments.ts';
import { dayOf, dayRange } from './shop-days.ts';

/** Everything proposals are made from, read once: numbers in memory, no entity. */
export type ShopPicture = {
  now: Date;
  today: string;
  /** The days proposals may cover, today first. */
  days: string[];
  settings: ShopSettings;
  products: PictureProduct[];
  names: Names;
  history: DemandHistory;
  segments: AudienceSegment[];
  /** Known shoppers. */
  userCount: number;
  carts: Cart[];
  response: PriceResponse;
  /** How shoppers answer an offer beyond its price. */
  call: LearnedResponse;
  /** What last year's same weeks added to the forecast, and what forecasts of such weeks are wrong by. */
  year: YearMemory;
  rhythm: Rhythm;
  models: ChampionModel[];
  memory: CampaignMemory;
  /** What the products were offered for; null unless the shop refuses reductions that are none. */
  priceHistories: PriceHistories | null;
};

/** Reads the shop as of the clock. Set-based throughout; its size follows products × days and the newest carts, not the orders. */
export async function readShopPicture(deps: Deps): Promise<ShopPicture> {
  const now = deps.clock.now();
  // Training has just rewritten it; with the statistics of an empty table the planner joins row by row.
  await deps.sql.query('analyze segment_members');
  const settings = await readSettings(deps);
  const today = dayOf(now, settings.timeZone);
  const [products, categories, models] = await Promise.all([
    readProducts(deps.sql, settings.currency),
    categoryNames(deps.sql),
    readChampions(deps.sql),
  ]);
  const history = await readDemandHistory(deps, now, products);
  const days = dayRange(today, HORIZON_DAYS);
  await forecastDemand(deps.sql, products, history, days);
  const [segments, carts, memory, users, response, rhythm] = await Promise.all([
    readSegments(deps.sql, now),
    readCarts(deps.sql, now, products, settings.currency),
    readCampaignMemory(deps.sql, now),
    deps.sql.query<{ count: number }>('select count(*) count from users where erased_at is null'),
    readPriceResponse(deps.sql, products, history),
    readRhythm(deps.sql, now),
  ]);
  const year = lastYear(products, history, response, HORIZON_DAYS);
  applyLastYear(products, year);
  return {
    now,
    today,
    days,
    settings,
    products,
    history,
    segments,
    carts,
    response,
    call: await readCallResponse(deps.sql, response.shop.mean),
    year,
    rhythm,
    models,
    memory,
    priceHistories: settings.priceLaw === 'refuse' ? await historiesOf(deps, products, settings.currency, now) : null,
    userCount: users.rows[0]?.count ?? 0,
    names: { categories: Object.fromEntries(categories), products: Object.fromEntries(products.map(({ sku, name }) => [sku, name])) },
  };
}

async function historiesOf(deps: Deps, products: readonly PictureProduct[], currency: string, now: Date): Promise<PriceHistories> {
  const priced = products.map((product) => ({ ...product, currency }));
  return priceHistories(deps, priced, now, await servedCampaigns(deps, now));
}

export const modelVersionsOf = (models: readonly ChampionModel[]): ModelVersions =>
  Object.fromEntries(models.map(({ kind, version }) => [kind, String(version)]));
