import {
  codesOf,
  type EvaluationContext,
  isPersonal,
  type LivePromotion,
  type LocalizedText,
  newId,
  PROMOTION_KINDS,
  promotionSentence,
  ruleScope,
} from '@promolift/domain';
import { pricedProducts } from '../products/catalogue.ts';
import type { Deps } from '../shared/deps.ts';
import { recordDecisionSoon } from '../shared/record-decision.ts';
import { cachedSettings } from '../shared/settings.ts';
import { trackingToken } from '../shared/tracking-token.ts';
import { findShopper } from '../users/shopper.ts';
import { type CartProduct, chooseOffers } from './choose-offers.ts';
import { candidateStates, limitedOf, needsOf } from './candidate-states.ts';
import { namesFor } from './evaluate-cart.ts';
import { inputHash } from './input-hash.ts';
import { livePromotions } from './live-promotions.ts';
import { offerCandidates } from './offer-candidates.ts';
import { forShopper } from './rules-state.ts';
import { shopperFacts } from './shopper-facts.ts';
import { productsOfScopes } from './scope-products.ts';
import { shopperState } from './shopper-state.ts';

export type OffersRequest = {
  userExternalId: string | null;
  anonymousId: string | null;
  guestKey?: string | null;
  cart?: { lines: readonly { sku: string }[] } | null;
};

export type Offer = {
  campaignId: string;
  promotionId: string;
  kind: string;
  title: LocalizedText;
  sentence: LocalizedText;
  code: string | null;
  startsAt: Date;
  endsAt: Date;
  /** Some of what it is about, active products only. */
  productIds: string[];
  /** Is it for some shoppers only? Then it must be disclosed. */
  isPersonalised: boolean;
  trackingToken: string;
};
export type Offers = { offers: Offer[]; isHeldOut: boolean; decisionId: string; trackingToken: string };

const PRODUCTS_SHOWN = 12;

/** What this shopper is offered now, of the hundred promotions that come first, without those they are held out of. Keeps the decision soon after. */
export async function offersFor(deps: Deps, request: OffersRequest): Promise<Offers> {
  const now = deps.clock.now();
  const [shopper, ruleset, settings, inCart] = await Promise.all([
    findShopper(deps, request),
    livePromotions(deps.sql),
    cachedSettings.get(deps.sql),
    pricedProducts(
      deps,
      (request.cart?.lines ?? []).map(({ sku }) => sku),
    ),
  ]);
  const user = { key: shopper.key, segmentKeys: shopper.segmentKeys };
  const cart: CartProduct[] = [...inCart.values()].map(({ sku, categoryKeys }) => ({ sku, categoryKeys }));
  const candidates = offerCandidates(ruleset.index, cart, user.segmentKeys, now);
  const needs = needsOf(candidates);
  const [{ states, names, promotions: open }, own, seen] = await Promise.all([
    candidateStates(deps, ruleset, candidates),
    shopperState(deps, limitedOf(ruleset, candidates), shopper, now),
    needs && shopperFacts(deps, needs, shopper, settings, now),
  ]);
  const promotions = forShopper(open, own);
  const context: EvaluationContext = {
    now,
    user,
    ...(seen && { facts: seen.facts }),
    settings,
    names: namesFor(names, inCart),
  };
  const chosen = chooseOffers(promotions, context, cart);
  const decisionId = newId();
  const stored = { states, own, context: { ...context, now: now.toISOString() }, cart };
  recordDecisionSoon(deps, {
    id: decisionId,
    decidedAt: now,
    kind: 'offers',
    userId: shopper.userId,
    anonymousId: shopper.anonymousId,
    userKey: shopper.key ?? 'nobody',
    input: stored,
    inputHash: inputHash(stored),
    rulesetHash: ruleset.hash,
    policy: 'rules',
    probability: 1,
    offers: chosen.offers,
    result: chosen,
    modelVersions: {},
  });
  const token = (policy: string) => trackingToken(deps.secrets, { decisionId, policy, decidedAt: now });
  const byId = new Map(promotions.map((promotion) => [promotion.promotionId, promotion]));
  const offered = chosen.offers.flatMap(({ promotionId }) => byId.get(promotionId) ?? []);
  const products = await productsShown(deps, offered);
  return {
    decisionId,
    isHeldOut: chosen.isHeldOut,
    trackingToken: token('offers'),
    offers: offered.map((promotion) => ({
      campaignId: promotion.campaignId,
      promotionId: promotion.promotionId,
      kind: promotion.rule.kind,
      title: kindName(promotion.rule.kind),
      sentence: promotionSentence(promotion.rule, context.names, promotion.condition),
      code: codesOf(promotion)?.[0] ?? null,
      startsAt: promotion.startsAt,
      endsAt: promotion.endsAt,
      productIds: products.get(promotion.promotionId) ?? [],
      isPersonalised: isPersonal(promotion),
      trackingToken: token(`offers:${promotion.promotionId}`),
    })),
  };
}

const kindName = (kind: string): LocalizedText => PROMOTION_KINDS.find((known) => known.kind === kind)?.name ?? { en: kind, zh: kind };

/** Promotion id → a dozen products of its scope; none where the scope is the whole shop. */
async function productsShown(deps: Deps, promotions: readonly LivePromotion[]): Promise<Map<string, string[]>> {
  const scopes = promotions
    .map(({ promotionId, rule }) => ({ id: promotionId, scope: ruleScope(rule) }))
    .filter(({ scope }) => scope.kind !== 'all');
  const found = Map.groupBy(await productsOfScopes(deps, scopes, PRODUCTS_SHOWN), ({ scopeId }) => scopeId);
  return new Map([...found].map(([id, rows]) => [id, rows.map(({ product }) => product.id)]));
}
