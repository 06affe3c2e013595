import {
  type CampaignContent,
  type FalseReduction,
  falseReductions,
  type GuardrailCheck,
  isRevisable,
  type PriceLawRefusal,
  priceLawCheck,
  priceLawRefusal,
  type RevisedCampaign,
  ruleScope,
  statusUnderReview,
} from '@promolift/domain';
import { patientPool } from '@promolift/db';
import { pricedProducts } from '../products/catalogue.ts';
import { priceHistories, servedCampaigns } from '../promotions/price-histories.ts';
import { productsOfScopes } from '../promotions/scope-products.ts';
import type { Deps } from '../shared/deps.ts';
import { readSettings } from '../shared/settings.ts';

type Gated = { id: string; content: CampaignContent };
const EVERY_PRODUCT = 1_000_000;

/** Why this campaign may not be approved or scheduled; null where the shop only warns, does not look, or nothing is wrong. */
export async function priceLawObstacle(deps: Deps, campaign: Gated): Promise<PriceLawRefusal | null> {
  const settings = await readSettings(deps);
  if (settings.priceLaw !== 'refuse') return null;
  const found = await readFalseReductions(deps, campaign, settings);
  return found.length === 0 ? null : priceLawRefusal(found);
}

/** The campaign's checks with that of its price claims. Prices move on after the evidence was made: until the launch it is of now. */
export async function withPriceLaw(
  deps: Pick<Deps, 'sql' | 'clock'>,
  campaign: Gated & RevisedCampaign,
  checks: readonly GuardrailCheck[],
): Promise<GuardrailCheck[]> {
  const settings = await readSettings(deps);
  if (!isRevisable(statusUnderReview(campaign))) return [...checks];
  const others = checks.filter(({ code }) => code !== 'PRICE_LAW');
  if (settings.priceLaw === 'off') return others;
  const law = priceLawCheck(await readFalseReductions(deps, campaign, settings));
  return [law, ...others].sort((a, b) => Number(a.passed) - Number(b.passed));
}

async function readFalseReductions(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { id, content }: Gated,
  settings: { currency: string; announcesNewProducts: boolean },
): Promise<FalseReduction[]> {
  // Of a whole catalogue this may take longer than a request's other reads.
  const deps = { sql: patientPool(sql), clock };
  // A campaign approved after its start begins when it is approved.
  const beganAt = new Date(Math.max(deps.clock.now().getTime(), Date.parse(content.schedule.startsAt)));
  const scopes = content.promotions.map((promotion) => ({ id: promotion.id, scope: ruleScope(promotion.rule) }));
  const [covered, served] = await Promise.all([productsOfScopes(deps, scopes, EVERY_PRODUCT), servedCampaigns(deps, beganAt)]);
  const products = await pricedProducts(
    deps,
    covered.map(({ product }) => product.sku),
  );
  const priced = [...products.values()].filter(({ currency }) => currency === settings.currency);
  const others = served.filter(({ campaignId }) => campaignId !== id);
  const histories = await priceHistories(deps, priced, beganAt, others);
  const judged = priced.map((product) => ({ ...product, history: histories(product) }));
  return falseReductions(
    content,
    judged.sort((a, b) => (a.sku < b.sku ? -1 : 1)),
    beganAt,
    settings,
  );
}
