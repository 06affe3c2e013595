import type { Offer, OfferLookup, Shop } from '@promolift/simulator';
import { inParallel } from '../shared/in-parallel.ts';
import { offerOf } from './offer-of.ts';
import type { PlayedDay } from './saved-state.ts';
import type { ServedCampaign, ShopApi } from './shop-api.ts';

const CONCURRENCY = 8;
const NONE: readonly Offer[] = [];

/** What each user is offered, as the API says: asked for everybody when the live campaigns change, and again at every visit. */
export class UserOffers {
  readonly #api: ShopApi;
  readonly #shop: Shop;
  #live = '';
  #rules = new Map<string, ServedCampaign['promotions'][number]['rule']>();
  #offers = new Map<string, { campaignId: string; offer: Offer }>();
  #keyByUser = new Map<string, string>();
  #arrays = new Map<string, readonly Offer[]>();

  constructor(api: ShopApi, shop: Shop) {
    this.#api = api;
    this.#shop = shop;
  }

  /** Asks for all users if other campaigns are live than the last time. */
  async refresh(live: readonly ServedCampaign[], userIds: readonly string[]): Promise<void> {
    const key = live.flatMap(({ id, promotions }) => [id, ...promotions.map((promotion) => promotion.id)]).join();
    if (key === this.#live) return;
    this.#live = key;
    this.#rules = new Map(live.flatMap(({ promotions }) => promotions.map(({ id, rule }) => [id, rule] as const)));
    this.#offers.clear();
    this.#keyByUser.clear();
    this.#arrays.clear();
    if (live.length > 0) await inParallel(userIds, CONCURRENCY, (userId) => this.ask(userId));
  }

  /** Asks for one user, as the shop does when the user comes. */
  async ask(userId: string): Promise<void> {
    if (this.#rules.size === 0) return;
    const known = (await this.#api.offersOf(userId)).flatMap(({ promotionId, campaignId, code }) => {
      const rule = this.#rules.get(promotionId);
      const offer =
        rule &&
        offerOf(
          promotionId,
          rule,
          this.#shop.currency,
          code,
          (sku) => this.#shop.products[this.#shop.productIndexBySku.get(sku) ?? -1]?.priceMinor,
        );
      if (!offer) return [];
      this.#offers.set(promotionId, { campaignId, offer });
      return [promotionId];
    });
    this.#keyByUser.set(userId, known.sort().join());
  }

  readonly lookup: OfferLookup = (userId) => this.#arrayOf(this.#keyByUser.get(userId) ?? '');

  offerOf(promotionId: string): Offer | undefined {
    return this.#offers.get(promotionId)?.offer;
  }

  played(day: number): PlayedDay {
    const ids = [...this.#offers.keys()];
    const users = new Map<string, string[]>();
    for (const [user, key] of this.#keyByUser) if (key !== '') users.set(key, [...(users.get(key) ?? []), user]);
    return {
      day,
      offers: [...this.#offers.values()],
      groups: [...users].map(([key, members]) => ({ offers: key.split(',').map((id) => ids.indexOf(id)), users: members })),
    };
  }

  /** The same array for the same offers: the simulator reads it once a day. */
  #arrayOf(key: string): readonly Offer[] {
    if (key === '') return NONE;
    const kept = this.#arrays.get(key);
    if (kept) return kept;
    const made = key.split(',').flatMap((id) => this.#offers.get(id)?.offer ?? []);
    this.#arrays.set(key, made);
    return made;
  }
}
