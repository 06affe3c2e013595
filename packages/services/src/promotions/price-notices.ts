import {
  audienceOf,
  isPersonal,
  judgeReduction,
  judgeShelfPrice,
  type Measure,
  type PriceHistory,
  type ReductionVerdict,
  unitPrice,
} from '@promolift/domain';
import { type PricedProduct, pricedProducts } from '../products/catalogue.ts';
import type { Deps } from '../shared/deps.ts';
import { cachedSettings } from '../shared/settings.ts';
import type { EvaluatedCart } from './evaluate-cart.ts';
import { priceHistories, type ServedCampaign, servedCampaigns } from './price-histories.ts';

/** What may and must be said beside a price. Amounts in minor units of `currency`. */
export type PriceNotice = ReductionVerdict & {
  currency: string;
  /** Price per kilogram, litre, metre or piece; null where the catalogue does not say how much a unit holds. */
  unitPrice: ReturnType<typeof unitPrice> | null;
  /** Of the promotions in the price; null without one. `validUntil` is the first instant at which it no longer holds. */
  validFrom: Date | null;
  validUntil: Date | null;
  /** Does the price depend on which segments the shopper is in? Then it must be disclosed. */
  isPersonalised: boolean;
};
export type ProductNotice = PriceNotice & { sku: string };

type Reading = Pick<Deps, 'sql' | 'clock'>;

/** What may be said of the shelf prices of these products, without promotions; three statements whatever their number. */
export async function noticesOfProducts(deps: Reading, skus: readonly string[]): Promise<ProductNotice[]> {
  const now = deps.clock.now();
  const [products, campaigns, settings] = await Promise.all([
    pricedProducts(deps, skus),
    servedCampaigns(deps, now),
    cachedSettings.get(deps.sql),
  ]);
  const histories = await priceHistories(deps, [...products.values()], now, campaigns);
  return [...products.values()].map((product) => ({
    sku: product.sku,
    ...judgeShelfPrice(histories(product), now, settings),
    ...plainNotice(product, product.priceMinor),
    validFrom: null,
    validUntil: null,
    isPersonalised: false,
  }));
}

/** The same for the lines of a priced cart, by line id: with a promotion the reduction began when its campaign did. */
export async function noticesOfLines(deps: Reading, cart: EvaluatedCart): Promise<Map<string, PriceNotice>> {
  const now = cart.decidedAt;
  const [campaigns, settings] = await Promise.all([servedCampaigns(deps, now), cachedSettings.get(deps.sql)]);
  const applied = new Set(cart.evaluation.lines.flatMap(({ allocations }) => allocations.map(({ campaignId }) => campaignId)));
  const others = campaigns.filter(({ campaignId }) => !applied.has(campaignId));
  const histories = await priceHistories(deps, [...cart.products.values()], now, others);
  return new Map(
    cart.evaluation.lines.flatMap((line): [string, PriceNotice][] => {
      const product = cart.products.get(line.sku);
      if (!product) return [];
      const own = campaigns.filter(({ campaignId }) => line.allocations.some((share) => share.campaignId === campaignId));
      return [[line.id, lineNotice(product, histories(product), Math.ceil(line.finalMinor / line.quantity), own, now, settings)]];
    }),
  );
}

function lineNotice(
  product: PricedProduct,
  history: PriceHistory,
  unitMinor: number,
  campaigns: readonly ServedCampaign[],
  now: Date,
  settings: { announcesNewProducts: boolean },
): PriceNotice {
  const plain = plainNotice(product, unitMinor);
  if (campaigns.length === 0)
    return { ...judgeShelfPrice(history, now, settings), ...plain, validFrom: null, validUntil: null, isPersonalised: false };
  const times = (pick: (campaign: ServedCampaign) => Date) => campaigns.map((campaign) => pick(campaign).getTime());
  // The window must lie before every one of the promotions in the price.
  const beganAt = new Date(Math.min(...times(({ from }) => from)));
  return {
    ...judgeReduction(history, { priceMinor: unitMinor, beganAt }, settings),
    ...plain,
    validFrom: new Date(Math.max(...times(({ from }) => from))),
    validUntil: new Date(Math.min(...times(({ until }) => until))),
    isPersonalised: campaigns.some(({ content }) =>
      content.promotions.some(({ condition }) => isPersonal({ audience: audienceOf(content), ...(condition && { condition }) })),
    ),
  };
}

const plainNotice = ({ currency, measure }: { currency: string; measure: Measure | null }, priceMinor: number) => ({
  currency,
  unitPrice: measure && unitPrice(priceMinor, measure),
});
