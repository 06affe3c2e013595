import type { OffersQuery } from '@promolift/sdk';
import type { Shop } from './shop.ts';

export type Offer = OffersQuery['offers']['offers'][number];

/** What this visitor may be told about; nothing when Promolift is away. */
export async function loadOffers(shop: Shop): Promise<readonly Offer[]> {
  const { userId, anonymousId } = shop.session;
  try {
    const { offers } = await shop.promolift.offers(userId ? { userId } : { anonymousId });
    return offers;
  } catch {
    shop.state.isAway = true;
    return [];
  }
}

/** An offer without named products is for the whole shop. */
export const offersFor = (offers: readonly Offer[], sku: string): readonly Offer[] =>
  offers.filter(({ products }) => products.length === 0 || products.some((product) => product.sku === sku));
