import { formatMoney } from '../shared/money.ts';
import type { Cart, CartLine } from './cart.ts';
import type { EvaluationContext, LivePromotion, NearMiss } from './live-promotion.ts';
import type { Missing } from './promotion-kind.ts';
import { promotionSentence, ruleScope } from './promotion-rule.ts';
import type { Run } from './run-promotions.ts';
import { missingOf, runPromotions } from './run-promotions.ts';
import { isInScope } from './scope.ts';

/** Shoppers read two or three hints, not twenty; each is verified by evaluating the cart again. */
const MAX_NEAR_MISSES = 3;
const MAX_TRIES = 4;
/** A hint further away than what is in the cart already is not near. */
const FARTHEST_SHARE = 1;

/**
 * Promotions that adding something would unlock. A hint is shown only if it is true: the cart with the missing amount added,
 * once as a product that other promotions may cut and once as one they may not, must get the promotion.
 */
export function findNearMisses(cart: Cart, promotions: readonly LivePromotion[], context: EvaluationContext, run: Run): NearMiss[] {
  const candidates = [
    ...run.rejected.map(({ promotion, miss }) => ({ promotion, missing: miss.missing })),
    ...run.applied.map(({ promotion, wish }) => ({ promotion, missing: wish.next })),
  ].flatMap(({ promotion, missing }) => (missing && isNear(missing) ? [{ promotion, missing }] : []));
  candidates.sort((a, b) => distance(a.missing) - distance(b.missing) || (a.promotion.promotionId < b.promotion.promotionId ? -1 : 1));
  const found: NearMiss[] = [];
  for (const { promotion, missing } of candidates) {
    if (found.length === MAX_NEAR_MISSES) break;
    const addition = verifiedAddition(cart, promotions, context, promotion, missing);
    if (addition !== null) found.push(hint(promotion, missing, addition, cart.currency));
  }
  return found;
}

const isNear = ({ required, actual }: Missing): boolean => actual > 0 && required - actual <= actual * FARTHEST_SHARE;
const distance = ({ required, actual }: Missing): number => (required - actual) / required;

/** The smallest tried addition after which the promotion (or its next tier) truly applies; null if none does. */
function verifiedAddition(cart: Cart, promotions: readonly LivePromotion[], context: EvaluationContext, promotion: LivePromotion, missing: Missing): number | null {
  let addition = missing.required - missing.actual;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const probes = probesFor(cart, promotion, missing, addition);
    if (probes.length === 0) return null;
    let shortBy = 0;
    for (const probe of probes) {
      const run = runPromotions(withLine(cart, probe), promotions, context);
      const still = missingOf(run, promotion.promotionId);
      if (still && still.required <= missing.required) shortBy = Math.max(shortBy, still.required - still.actual);
      else if (!run.applied.some((step) => step.promotion.promotionId === promotion.promotionId)) return null;
    }
    if (shortBy === 0) return addition;
    addition += shortBy;
  }
  return null;
}

/** Lines that stand for what the shopper may add. Units are more of a line that is there, so price and cost are known. */
function probesFor(cart: Cart, promotion: LivePromotion, missing: Missing, addition: number): CartLine[] {
  if (missing.unit === 'money') {
    const template = probeProduct(cart, ruleScope(promotion.rule));
    return template ? [0, null].map((costMinor) => ({ ...template, id: freeId(cart), quantity: 1, unitPriceMinor: addition, costMinor, floorMinor: null, stock: null })) : [];
  }
  const sku = missing.sku;
  const scope = ruleScope(promotion.rule);
  const existing = cart.lines.filter((line) => (sku === null ? isInScope(scope, line) : line.sku === sku) && line.costMinor !== null);
  const first = [...existing].sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  return first ? [{ ...first, id: freeId(cart), quantity: addition }] : [];
}

/** A line of the cart in scope lends its sku and categories, so the addition meets the same promotions. */
function probeProduct(cart: Cart, scope: ReturnType<typeof ruleScope>): CartLine | undefined {
  return [...cart.lines].sort((a, b) => (a.id < b.id ? -1 : 1)).find((line) => isInScope(scope, line));
}

const withLine = (cart: Cart, line: CartLine): Cart => ({ ...cart, lines: [...cart.lines, line] });

function freeId(cart: Cart): string {
  const taken = new Set(cart.lines.map((line) => line.id));
  let id = 'addition';
  while (taken.has(id)) id += '+';
  return id;
}

function hint(promotion: LivePromotion, missing: Missing, addition: number, currency: string): NearMiss {
  const { promotionId, campaignId, rule } = promotion;
  const sentence = promotionSentence(rule);
  const isMoney = missing.unit === 'money';
  const amount = (locale: string) => (isMoney ? formatMoney(addition, currency, locale) : `${addition}${missing.sku ? ` × ${missing.sku}` : ''}`);
  return {
    promotionId,
    campaignId,
    missingMinor: isMoney ? addition : null,
    missingQuantity: isMoney ? null : addition,
    sku: isMoney ? null : missing.sku,
    scope: ruleScope(rule),
    actual: missing.actual,
    required: missing.required,
    message: { en: `Add ${amount('en')} more: ${sentence.en}`, zh: `再加 ${amount('zh')}：${sentence.zh}` },
  };
}
