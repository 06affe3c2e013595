import {
  accept,
  candidatesOf,
  Cart,
  type CartEvaluation,
  evaluateCart as evaluate,
  type EvaluationContext,
  isWrongCode,
  type LimitCounter,
  type Payments,
  planPayments,
  type Names,
  newId,
  type Refusal,
  refuse,
  type Result,
} from '@promolift/domain';
import { type PricedProduct, pricedProducts } from '../products/catalogue.ts';
import type { Deps } from '../shared/deps.ts';
import { cachedSettings } from '../shared/settings.ts';
import { findShopper, type Shopper, type ShopperReference } from '../users/shopper.ts';
import { accountCodesOf, findMeans } from './accounts/find-means.ts';
import { inputHash } from './input-hash.ts';
import { resolveCodes } from './codes/resolve-codes.ts';
import { candidateStates, limitedOf, needsOf } from './candidate-states.ts';
import { livePromotions, type Ruleset } from './live-promotions.ts';
import { type CampaignState, forShopper, type ShopperState } from './rules-state.ts';
import { shopperFacts } from './shopper-facts.ts';
import { type Held, shopperState } from './shopper-state.ts';
import { codesEntered, limitsOfApplied, ordersSeenBy } from './uses-of-cart.ts';
import { type DecisionRow, recordDecisionSoon } from '../shared/record-decision.ts';

/** A cart as a storefront knows it: skus and quantities. Prices, costs and floors are ours. */
export type CartRequest = {
  currency: string;
  lines: readonly { sku: string; quantity: number; taxBasisPoints?: number }[];
  codes?: readonly string[];
  userExternalId?: string | null;
  anonymousId?: string | null;
  /** HMAC-SHA-256 of the e-mail or phone that a guest gave, in hexadecimal. */
  guestKey?: string | null;
  shippingMinor?: number;
  shippingTaxBasisPoints?: number;
  /** Default true. Says how our prices are meant where the shopper buys; discounts are of the price as shown. */
  pricesIncludeTax?: boolean;
  /** Where the shopper is, for example `web`; what is left out is unknown to conditions, as with the next two. */
  channel?: string | null;
  /** ISO 3166-1 alpha-2, of the delivery. */
  country?: string | null;
  paymentMethod?: string | null;
  chosenGiftSkus?: readonly string[];
  /** The code of the friend who brought the shopper. */
  referralCode?: string | null;
  /** As many of the shopper's points as they want to pay with. */
  pointsToSpend?: number;
  /** Codes of gift cards, in the order in which they shall pay. */
  giftCardCodes?: readonly string[];
};

export type EvaluatedCart = {
  decisionId: string;
  decidedAt: Date;
  evaluation: CartEvaluation;
  products: ReadonlyMap<string, PricedProduct>;
  shopper: Shopper;
  /** Held out of at least one candidate. */
  isHeldOut: boolean;
  /** Promotion id → what its use counts against; of those that applied. */
  limits: ReadonlyMap<string, readonly LimitCounter[]>;
  /** Promotion id → orders of the shopper that its condition was decided upon; of those that one more order ends. */
  ordersSeen: ReadonlyMap<string, number>;
  /** How it is paid; decided after the price, which does not depend on it. */
  payments: Payments;
  /** Codes of gift cards that cannot pay: unknown, run out or in another currency. */
  refusedGiftCards: readonly string[];
  /** Of whoever brought the shopper. */
  referrerAccountId: string | null;
  decision: DecisionRow;
};

export type CartRefusal = Refusal & { kind: 'UNKNOWN_SKU' | 'WRONG_CURRENCY' | 'INVALID_CART' };

/**
 * What this cart costs now, why each candidate applied or not, and what is just out of reach; the promotions `askedIds` are told
 * about even if they are none. Reads only; the decision is kept soon after.
 */
export async function evaluateCart(
  deps: Deps,
  request: CartRequest,
  askedIds: readonly string[] = [],
): Promise<Result<EvaluatedCart, CartRefusal>> {
  const decided = await decideCart(deps, request, deps.clock.now(), { askedIds });
  if (decided.ok) recordDecisionSoon(deps, decided.value.decision);
  return decided;
}

type CartOptions = { held?: readonly Held[]; askedIds?: readonly string[]; rules?: Promise<Ruleset> };

/** The same without keeping the decision, for callers that keep it in their own transaction. */
export async function decideCart(
  deps: Deps,
  request: CartRequest,
  now: Date,
  { held = [], askedIds = [], rules = livePromotions(deps.sql) }: CartOptions = {},
): Promise<Result<EvaluatedCart, CartRefusal>> {
  const [products, shopper, ruleset, settings] = await Promise.all([
    pricedProducts(
      deps,
      request.lines.map((line) => line.sku),
    ),
    findShopper(deps, shopperOf(request)),
    rules,
    cachedSettings.get(deps.sql),
  ]);
  const priced = cartOf(request, products, ruleset.attributes);
  if (!priced.ok) return priced;
  if (priced.value.codes.length + accountCodesOf(request).length > 0) await deps.codeGuesses?.before(shopper.key);
  const user = { key: shopper.key, segmentKeys: shopper.segmentKeys };
  const heldCodeIds = held.flatMap(({ codeId }) => codeId ?? []);
  const [{ codes, accepted, refused }, means] = await Promise.all([
    resolveCodes(deps, priced.value.codes, { userId: shopper.userId, now, heldCodeIds }),
    findMeans(deps, request, shopper, now),
  ]);
  const cart = { ...priced.value, codes };
  const typedIds = [...Object.keys(accepted), ...Object.values(refused).flatMap(({ promotionId }) => promotionId ?? [])];
  const candidates = candidatesOf(ruleset.index, cart, user, [...typedIds, ...askedIds]);
  const needs = needsOf(candidates);
  const limited = limitedOf(ruleset, candidates);
  const codeOf = codesEntered(cart.codes, candidates, accepted);
  const [{ states, names, promotions: open }, limits, seen] = await Promise.all([
    candidateStates(deps, ruleset, candidates),
    shopperState(deps, limited, shopper, now, held, ({ id }) => codeOf.get(id) ?? null),
    needs && shopperFacts(deps, needs, shopper, settings, now),
  ]);
  const own: ShopperState = { ...limits, ...(Object.keys(accepted).length > 0 && { codes: accepted }) };
  const promotions = forShopper(open, own);
  const context: EvaluationContext = {
    now,
    user,
    ...(seen && { facts: seen.facts }),
    ...(means.referral && { referral: means.referral.referral }),
    settings,
    names: namesFor(names, products),
    ...(Object.keys(refused).length > 0 && { refusedCodes: refused }),
  };
  const evaluation = evaluate(cart, promotions, context);
  const wrong = [...evaluation.codes.filter(isWrongCode).map(({ code }) => code), ...means.wrongCodes];
  if (wrong.length > 0) await deps.codeGuesses?.after(shopper.key, wrong);
  const heldOut = evaluation.rejected.some(({ reason }) => reason === 'HELD_OUT');
  const decision = decisionOf(cart, shopper, states, own, context, evaluation, ruleset.hash);
  return accept({
    decisionId: decision.id,
    decidedAt: now,
    evaluation,
    products,
    shopper,
    isHeldOut: heldOut,
    limits: limitsOfApplied(evaluation, limited, shopper, now),
    ordersSeen: ordersSeenBy(evaluation, promotions, seen?.ordersSeen ?? null),
    payments: planPayments(
      evaluation.totals,
      means.points && { ...means.points, pointsPerMinor: settings.pointsPerMinor[request.currency] ?? null },
      means.cards,
    ),
    refusedGiftCards: means.refusedCards,
    referrerAccountId: means.referral?.accountId ?? null,
    decision,
  });
}

const MOST_GIFT_CARDS = 10;

function cartOf(
  request: CartRequest,
  products: ReadonlyMap<string, PricedProduct>,
  attributes: readonly string[],
): Result<Cart, CartRefusal> {
  if ((request.giftCardCodes?.length ?? 0) > MOST_GIFT_CARDS)
    return refuse({
      kind: 'INVALID_CART',
      message: `A cart is paid with ${MOST_GIFT_CARDS} gift cards at most.`,
      field: ['giftCardCodes'],
    });
  for (const [index, line] of request.lines.entries()) {
    const product = products.get(line.sku);
    const field = ['lines', String(index), 'sku'];
    if (!product?.isActive) return refuse({ kind: 'UNKNOWN_SKU', message: `There is no product with sku "${line.sku}" on sale.`, field });
    if (product.currency !== request.currency)
      return refuse({
        kind: 'WRONG_CURRENCY',
        message: `"${line.sku}" is priced in ${product.currency}, not in ${request.currency}.`,
        field,
      });
  }
  const lines = request.lines.flatMap((line, index) => {
    const product = products.get(line.sku);
    if (!product) return [];
    const { sku, priceMinor, costMinor, floorMinor, categoryKeys, stock } = product;
    return [
      {
        id: String(index + 1),
        sku,
        quantity: line.quantity,
        unitPriceMinor: priceMinor,
        costMinor,
        floorMinor,
        categoryKeys,
        stock: stock === null ? null : Math.max(0, stock),
        ...(line.taxBasisPoints !== undefined && { taxBasisPoints: line.taxBasisPoints }),
        ...(attributes.length > 0 && { attributes: picked(product.attributes, attributes) }),
      },
    ];
  });
  const parsed = Cart.safeParse({
    currency: request.currency,
    lines,
    codes: request.codes ?? [],
    shippingMinor: request.shippingMinor ?? 0,
    ...(request.shippingTaxBasisPoints !== undefined && { shippingTaxBasisPoints: request.shippingTaxBasisPoints }),
    ...(request.pricesIncludeTax !== undefined && { pricesIncludeTax: request.pricesIncludeTax }),
    channel: request.channel || undefined,
    country: request.country || undefined,
    paymentMethod: request.paymentMethod || undefined,
    chosenGiftSkus: request.chosenGiftSkus,
  });
  if (parsed.success) return accept(parsed.data);
  const issue = parsed.error.issues[0];
  return refuse({ kind: 'INVALID_CART', message: issue?.message ?? 'The cart is not valid.', field: issue?.path.map(String) ?? [] });
}

/** Those attributes that conditions ask for: a decision keeps no more of a product than it used. */
const picked = (attributes: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (attributes[name] === undefined ? [] : [[name, String(attributes[name])]])));

/** Whom a cart says it belongs to. */
export const shopperOf = (request: Pick<CartRequest, 'userExternalId' | 'anonymousId' | 'guestKey'>): ShopperReference => ({
  userExternalId: request.userExternalId ?? null,
  anonymousId: request.anonymousId ?? null,
  guestKey: request.guestKey ?? null,
});

/** Names of what the rules and the cart are about, for messages. */
export const namesFor = (names: Names, products: ReadonlyMap<string, PricedProduct>): Names => ({
  categories: names.categories ?? {},
  products: { ...names.products, ...Object.fromEntries([...products.values()].map(({ sku, name }) => [sku, name])) },
});

/** Holds everything a replay needs: the cart as priced, what was left of which rules, and the context with the names. */
function decisionOf(
  cart: Cart,
  shopper: Shopper,
  states: readonly CampaignState[],
  own: ShopperState,
  context: EvaluationContext,
  evaluation: CartEvaluation,
  rulesetHash: string,
): DecisionRow {
  const input = { cart, states, own, context: { ...context, now: context.now.toISOString() } };
  return {
    id: newId(),
    decidedAt: context.now,
    kind: 'evaluate_cart',
    userId: shopper.userId,
    anonymousId: shopper.anonymousId,
    userKey: shopper.key ?? 'nobody',
    input,
    inputHash: inputHash(input),
    rulesetHash,
    policy: 'rules',
    probability: 1,
    offers: evaluation.applied.map(({ campaignId, promotionId, amountMinor }) => ({ campaignId, promotionId, amountMinor })),
    result: evaluation,
    modelVersions: {},
  };
}
