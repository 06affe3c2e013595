import { isHeldOut, type PromotionRule, type Scope } from '@promolift/domain';
import { noOffers, type Offer, runWindow, snapshot } from '@promolift/simulator';
import type { OpenShop } from './simulated-shop.ts';

/** Days after the end that still count: what was bought earlier is missing there. */
const COOLDOWN_DAYS = 14;

export type Judged = { rule: PromotionRule; segmentKeys: 'all' | readonly string[]; days: number; holdoutBasisPoints: number };

/** What promotions truly earn: the coming days twice with the same draws, with and without each. */
export class Judge {
  readonly #open: OpenShop;
  readonly #without = new Map<number, number>();
  readonly #members: Map<string, Set<string>>;

  constructor(open: OpenShop, members: Map<string, Set<string>>) {
    this.#open = open;
    this.#members = members;
  }

  static async over(open: OpenShop): Promise<Judge> {
    const { rows } = await open.deps.sql.query<{ key: string; users: string[] }>(
      `select s.key, array_agg(u.external_id) users from segments s join segment_members m on m.segment_id = s.id and m.valid_to is null
       join users u on u.id = m.user_id and u.has_consent where s.retired_at is null group by s.key`,
    );
    return new Judge(open, new Map(rows.map(({ key, users }) => [key, new Set(users)])));
  }

  /** Margin gained, in minor units, summed over everybody. */
  margin({ rule, segmentKeys, days, holdoutBasisPoints }: Judged): number {
    const { shop } = this.#open;
    const offers = [offerOf(rule, shop.currency, (sku) => shop.products[shop.productIndexBySku.get(sku) ?? -1]?.priceMinor ?? 0)];
    const members = segmentKeys === 'all' ? null : segmentKeys.map((key) => this.#members.get(key) ?? new Set<string>());
    const offered = new Set(
      shop.users
        .map(({ externalId }) => externalId)
        .filter((user) => (members?.some((set) => set.has(user)) ?? true) && !isHeldOut('bench', user, holdoutBasisPoints)),
    );
    return this.#play(days, (user) => (offered.has(user) ? offers : NONE)) - this.#baseline(days);
  }

  #baseline(days: number): number {
    const known = this.#without.get(days) ?? this.#play(days, noOffers);
    this.#without.set(days, known);
    return known;
  }

  #play(days: number, offers: (user: string) => readonly Offer[]): number {
    const world = snapshot(this.#open.end);
    const during = runWindow(world, Math.round(days), offers);
    return during.total.marginMinor + runWindow(world, COOLDOWN_DAYS, noOffers).total.marginMinor;
  }
}

const NONE: readonly Offer[] = [];

/** The kinds that proposals use, as the simulated shoppers understand them. */
function offerOf(rule: PromotionRule, currency: string, priceOf: (sku: string) => number): Offer {
  const id = 'offer';
  switch (rule.kind) {
    case 'percent_off':
    case 'flash_sale':
      return { id, kind: rule.kind, depthBasisPoints: rule.basisPoints, ...coverOf(rule.scope) };
    case 'coupon':
      return { id, kind: rule.kind, depthBasisPoints: rule.basisPoints, ...coverOf(rule.scope) };
    case 'amount_off':
      return {
        id,
        kind: rule.kind,
        amountMinor: rule.amounts[currency] ?? 0,
        thresholdMinor: rule.minimumSpend?.[currency] ?? 0,
        ...coverOf(rule.scope),
      };
    case 'spend_x_get_y_off': {
      const [tier] = rule.tiers;
      const reward =
        tier?.reward.unit === 'amount' ? { amountMinor: tier.reward.amountMinor } : { depthBasisPoints: tier?.reward.basisPoints ?? 0 };
      return { id, kind: rule.kind, thresholdMinor: tier?.spendMinor ?? 0, ...reward, ...coverOf(rule.scope) };
    }
    case 'free_gift':
      return { id, kind: rule.kind, giftSku: rule.giftSku, thresholdMinor: rule.minimumSpend[currency] ?? 0, ...coverOf(rule.scope) };
    case 'bundle_price':
      return { id, kind: rule.kind, skus: rule.pieces.map(({ sku }) => sku), amountMinor: rule.prices[currency] ?? 0 };
    case 'pre_sale':
      return {
        id,
        kind: rule.kind,
        skus: [rule.sku],
        depthBasisPoints: Math.round((1 - (rule.prices[currency] ?? 0) / priceOf(rule.sku)) * 10_000),
      };
    default:
      throw new RangeError(`No simulated shopper understands ${rule.kind}.`);
  }
}

function coverOf(scope: Scope): Pick<Offer, 'skus' | 'categoryKeys'> {
  if (scope.kind === 'all') return {};
  return scope.kind === 'skus' ? { skus: scope.skus } : { categoryKeys: scope.categoryKeys };
}
