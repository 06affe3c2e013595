import { formatMoney } from '../shared/money.ts';
import type { Cart, CartLine } from './cart.ts';
import type { EvaluationContext, LivePromotion, NearMiss } from './live-promotion.ts';
import type { Missing } from './promotion-kind.ts';
import { promotionSentence, ruleScope } from './promotion-rule.ts';
import type { Run, Turn } from './run-promotions.ts';
import { missingOf, runTurns } from './run-promotions.ts';
import { isInScope, type Names, productName } from './scope.ts';

/** Shoppers read two or three hints, not twenty; each is verified by evaluating the cart again. */
const MAX_NEAR_MISSES = 3;
const MAX_TRIES = 4;
/** Each is verified by evaluating the cart some times: of many that are near, only the nearest are tried. */
const MAX_CANDIDATES = 8;
/** More kinds of products than this cannot be verified in time; then the hint is left out. */
const MAX_PROBED_PRODUCTS = 6;
/** A hint further away than twice what is in the cart already is not near. */
const FARTHEST_SHARE = 2;

/**
 * Promotions that adding something would unlock. A hint is shown only if it is true: the cart with the missing amount of any
 * product like those in it, once one that other promotions may cut and once one they may not, must get the promotion.
 * Missing units are of one named product, whose price and cost the cart knows.
 */
export function findNearMisses(cart: Cart, all: readonly Turn[], context: EvaluationContext, run: Run): NearMiss[] {
  const candidates = [
    ...run.rejected.map(({ promotion, miss }) => ({ promotion, missing: miss.missing })),
    ...run.applied.map(({ promotion, wish }) => ({ promotion, missing: wish.next })),
  ].flatMap(({ promotion, missing }) => (missing && isNear(missing) ? [{ promotion, missing }] : []));
  candidates.sort((a, b) => distance(a.missing) - distance(b.missing) || (a.promotion.promotionId < b.promotion.promotionId ? -1 : 1));
  // What is forbidden whatever the lines are, no addition changes.
  const turns = candidates.length === 0 ? [] : all.filter(({ against }) => against === null);
  const kindOf = kindsOfLines(turns);
  const sorted = [...cart.lines].sort((a, b) => (a.id < b.id ? -1 : 1));
  const found: NearMiss[] = [];
  for (const { promotion, missing } of candidates.slice(0, MAX_CANDIDATES)) {
    if (found.length === MAX_NEAR_MISSES) break;
    for (const probes of probeSets(sorted, kindOf, promotion, missing)) {
      const addition = verifiedAddition(cart, turns, context, promotion, missing, probes);
      if (addition === null) continue;
      found.push(hint(promotion, missing, addition, cart.currency, probes, context.names));
      break;
    }
  }
  return found;
}

const isNear = ({ required, actual }: Missing): boolean => actual > 0 && required - actual <= actual * FARTHEST_SHARE;
const distance = ({ required, actual }: Missing): number => (required - actual) / required;

/** The smallest tried addition after which the promotion (or its next tier) truly applies with every probe; null if none does. */
function verifiedAddition(
  cart: Cart,
  turns: readonly Turn[],
  context: EvaluationContext,
  promotion: LivePromotion,
  missing: Missing,
  probes: readonly CartLine[],
): number | null {
  const lack = (line: CartLine) => stillMissing({ ...cart, lines: [...cart.lines, line] }, turns, context, promotion, missing);
  let addition = missing.required - missing.actual;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const shortBy =
      most(probes, (probe) => lack(exactly(probe, missing, addition))) ||
      most(probes, (probe) => most(loosely(probe, missing, addition), lack));
    if (shortBy === 0) return addition;
    if (shortBy === Number.POSITIVE_INFINITY) return null;
    addition += shortBy;
  }
  return null;
}

/** What this cart still lacks of the promotion or of the tier that was ahead; infinity where more of the same would not help. */
function stillMissing(
  cart: Cart,
  turns: readonly Turn[],
  context: EvaluationContext,
  { promotionId }: LivePromotion,
  missing: Missing,
): number {
  const run = runTurns(turns, cart, context, promotionId);
  const still = missingOf(run, promotionId);
  if (still && still.required <= missing.required) return still.required - still.actual;
  return run.applied.some((step) => step.promotion.promotionId === promotionId) ? 0 : Number.POSITIVE_INFINITY;
}

const most = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((max, item) => Math.max(max, of(item)), 0);

const exactly = (probe: CartLine, { unit }: Missing, addition: number): CartLine =>
  unit === 'money' ? { ...probe, unitPriceMinor: addition } : { ...probe, quantity: addition };

/** Nobody finds a product of exactly the missing price: several units, or somewhat more, must do as well. */
function loosely(probe: CartLine, { unit }: Missing, addition: number): CartLine[] {
  if (unit === 'units') return [];
  const several = [2, 3].map((quantity) => ({ ...probe, quantity, unitPriceMinor: Math.ceil(addition / quantity) }));
  return [...several, ...[11, 13, 15].map((tenths) => ({ ...probe, unitPriceMinor: Math.ceil((addition * tenths) / 10) }))];
}

/** Each set stands for one thing to say to the shopper; the first set of which every line verifies is said. */
function probeSets(
  sorted: readonly CartLine[],
  kindOf: (line: CartLine) => string,
  promotion: LivePromotion,
  missing: Missing,
): CartLine[][] {
  const scope = missing.scope ?? ruleScope(promotion.rule);
  const id = freeId(sorted);
  if (missing.unit === 'units') {
    const lines = sorted.filter(
      (line) => (missing.sku === null ? isInScope(scope, line) : line.sku === missing.sku) && line.costMinor !== null,
    );
    // Units of one price are taken in the order of their lines: the new line may come first or last.
    return [...Map.groupBy(lines, (line) => line.sku).values()]
      .slice(0, MAX_PROBED_PRODUCTS)
      .map((same) => same.flatMap((line) => [id, `~${id}`].map((place) => ({ ...line, id: place }))));
  }
  // Products that the same promotions are about behave alike, so one of them stands for all.
  const kinds = new Map(sorted.filter((line) => isInScope(scope, line)).map((line) => [kindOf(line), line]));
  if (kinds.size === 0 || kinds.size > MAX_PROBED_PRODUCTS) return [];
  // Of any margin, of none at all, and of unknown cost: which one the shopper adds, nobody knows.
  const costs = [0, 2 * missing.required, null];
  return [
    [...kinds.values()].flatMap((line) =>
      costs.map((costMinor) => ({ ...line, id, quantity: 1, costMinor, floorMinor: null, stock: null })),
    ),
  ];
}

/** What tells lines apart: which promotions are about them. Worked out once a line, however many hints are tried. */
function kindsOfLines(turns: readonly Turn[]): (line: CartLine) => string {
  const scopes = turns.map((turn) => ruleScope(turn.promotion.rule)).filter((scope) => scope.kind !== 'all');
  const known = new Map<CartLine, string>();
  return (line) => {
    const found = known.get(line) ?? scopes.flatMap((scope, index) => (isInScope(scope, line) ? [index] : [])).join();
    known.set(line, found);
    return found;
  };
}

function freeId(lines: readonly CartLine[]): string {
  const taken = new Set(lines.map((line) => line.id));
  let id = 'addition';
  while (taken.has(id)) id += '+';
  return id;
}

function hint(
  promotion: LivePromotion,
  missing: Missing,
  addition: number,
  currency: string,
  probes: readonly CartLine[],
  names?: Names,
): NearMiss {
  const { promotionId, campaignId, rule, condition } = promotion;
  const sentence = promotionSentence(rule, names, condition);
  const isMoney = missing.unit === 'money';
  const sku = isMoney ? null : (probes[0]?.sku ?? null);
  const amount = (locale: string) => (isMoney ? formatMoney(addition, currency, locale) : `${addition} × ${productName(sku ?? '', names)}`);
  return {
    promotionId,
    campaignId,
    missingMinor: isMoney ? addition : null,
    missingQuantity: isMoney ? null : addition,
    sku,
    scope: missing.scope ?? ruleScope(rule),
    actual: missing.actual,
    required: missing.required,
    message: { en: `Add ${amount('en')} more: ${sentence.en}`, zh: `再加 ${amount('zh')}：${sentence.zh}` },
  };
}
