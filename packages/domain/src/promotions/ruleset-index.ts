import { type Cart, normalCode } from './cart.ts';
import { codesOf, isInAudience } from './eligibility.ts';
import type { EvaluationContext, LivePromotion } from './live-promotion.ts';
import { isEarningRule, ruleScope } from './promotion-rule.ts';
import { isInScope } from './scope.ts';

type CandidateCart = Pick<Cart, 'lines' | 'codes'>;
type Shopper = Pick<EvaluationContext['user'], 'segmentKeys'>;
/** Places in the order of evaluation. */
type Places = Map<string, number[]>;

/** Live promotions by what must be true of a cart before one of them can apply. Made once for one set of rules, never changed. */
export interface RulesetIndex {
  /** In the order of evaluation. */
  readonly promotions: readonly LivePromotion[];
  readonly bySku: ReadonlyMap<string, readonly number[]>;
  readonly byCategory: ReadonlyMap<string, readonly number[]>;
  readonly byCode: ReadonlyMap<string, readonly number[]>;
  readonly byId: ReadonlyMap<string, number>;
  /** About any cart, by segment; those for everybody apart. */
  readonly bySegment: ReadonlyMap<string, readonly number[]>;
  readonly forAll: readonly number[];
}

/** Higher priority first, then by id. */
export const inOrder = (promotions: readonly LivePromotion[]): LivePromotion[] =>
  [...promotions].sort(
    (a, b) =>
      Number(isEarningRule(a.rule)) - Number(isEarningRule(b.rule)) || b.priority - a.priority || (a.promotionId < b.promotionId ? -1 : 1),
  );

export function indexRuleset(promotions: readonly LivePromotion[]): RulesetIndex {
  const ordered = inOrder(promotions);
  const [bySku, byCategory, byCode, bySegment]: [Places, Places, Places, Places] = [new Map(), new Map(), new Map(), new Map()];
  const forAll: number[] = [];
  ordered.forEach((promotion, place) => {
    const codes = codesOf(promotion);
    const scope = ruleScope(promotion.rule);
    if (codes) putAll(byCode, codes, place);
    else if (scope.kind === 'skus') putAll(bySku, scope.skus, place);
    else if (scope.kind === 'categories') putAll(byCategory, scope.categoryKeys, place);
    else if (promotion.audience.kind === 'segments') putAll(bySegment, promotion.audience.segmentKeys, place);
    else forAll.push(place);
  });
  const byId = new Map(ordered.map(({ promotionId }, place) => [promotionId, place]));
  return { promotions: ordered, bySku, byCategory, byCode, byId, bySegment, forAll };
}

function putAll(places: Places, keys: readonly string[], place: number): void {
  for (const key of new Set(keys)) {
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  }
}

/**
 * Exactly the promotions of which `isCandidate` is true, in the order of evaluation. `unlockedIds`: promotions whose generated
 * code was typed, which the rules themselves do not name. Costs as much as there are promotions about the cart, not as there are.
 */
export function candidatesOf(
  index: RulesetIndex,
  cart: CandidateCart,
  user: Shopper,
  unlockedIds: readonly string[] = [],
): LivePromotion[] {
  const found = new Set<number>();
  const take = (places: readonly number[] = []) => {
    for (const place of places) {
      const promotion = index.promotions[place];
      if (promotion && isInAudience(promotion, user.segmentKeys)) found.add(place);
    }
  };
  if (cart.lines.length > 0) {
    take(index.forAll);
    for (const key of user.segmentKeys) take(index.bySegment.get(key));
  }
  for (const sku of new Set(cart.lines.map((line) => line.sku))) take(index.bySku.get(sku));
  for (const key of new Set(cart.lines.flatMap(({ categoryKeys }) => categoryKeys))) take(index.byCategory.get(key));
  for (const code of cart.codes) for (const place of index.byCode.get(normalCode(code)) ?? []) found.add(place);
  for (const id of unlockedIds) {
    const place = index.byId.get(id);
    if (place !== undefined) found.add(place);
  }
  return [...found].sort((a, b) => a - b).flatMap((place) => index.promotions[place] ?? []);
}

/**
 * A promotion that needs a code is a candidate if that code was typed. Any other is one if it is about something in the cart and
 * the shopper belongs to its audience. What is no candidate can neither apply nor change what the others do.
 */
export function isCandidate(promotion: LivePromotion, cart: CandidateCart, user: Shopper): boolean {
  const codes = codesOf(promotion);
  if (codes) return cart.codes.some((code) => codes.includes(normalCode(code)));
  return isInAudience(promotion, user.segmentKeys) && isAbout(promotion, cart.lines);
}

export function isAbout({ rule }: Pick<LivePromotion, 'rule'>, lines: Cart['lines']): boolean {
  const scope = ruleScope(rule);
  return lines.some((line) => isInScope(scope, line));
}
