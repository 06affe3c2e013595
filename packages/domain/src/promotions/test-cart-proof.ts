import type { Cart, CartLine } from './cart.ts';
import { evaluateCart } from './evaluate-cart.ts';
import type { CartEvaluation, EvaluatedLine, EvaluationContext, LivePromotion } from './live-promotion.ts';
import { REJECTION_REASONS } from './rejection-reason.ts';
import { Draw, drawCase } from './test-random-carts.ts';
import { unitsShare } from './unit-prices.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Throws with the cart's number; plain comparisons, because a million carts make fifty million of them. */
export function check(holds: boolean, seed: number, what: string): void {
  if (!holds) throw new Error(`cart ${seed}: ${what}`);
}

type Case = { cart: Cart; promotions: readonly LivePromotion[]; context: EvaluationContext };

/** Everything that must hold of one random cart; returns its evaluation. */
export function proveCart(seed: number): CartEvaluation {
  const drawn = drawCase(seed);
  const result = evaluateCart(drawn.cart, drawn.promotions, drawn.context);
  proveLines(seed, drawn, result);
  proveTotals(seed, drawn, result);
  provePoints(seed, drawn, result);
  proveReasons(seed, drawn, result);
  proveStacking(seed, drawn, result);
  proveReturns(seed, drawn.cart, result);
  return result;
}

/** The floor computed a second time, with fractions instead of integers. */
function floorOf(line: CartLine, { pricesIncludeTax = true }: Cart, marginFloorBasisPoints: number): number {
  if (line.costMinor === null) return Number.POSITIVE_INFINITY;
  const tax = pricesIncludeTax ? 1 + (line.taxBasisPoints ?? 0) / 10_000 : 1;
  return Math.max(line.floorMinor ?? 0, (line.costMinor * tax) / (1 - marginFloorBasisPoints / 10_000));
}

function proveLines(seed: number, { cart, context }: Case, result: CartEvaluation): void {
  cart.lines.forEach((line, index) => {
    const evaluated = result.lines[index];
    if (!evaluated) throw new Error(`cart ${seed}: a line is lost`);
    const original = line.unitPriceMinor * line.quantity;
    const floor = Math.min(original, floorOf(line, cart, context.settings.marginFloorBasisPoints) * line.quantity);
    check(evaluated.id === line.id && evaluated.originalMinor === original, seed, 'lines keep order and price');
    check(Number.isSafeInteger(evaluated.finalMinor) && evaluated.finalMinor >= 0, seed, 'a price is a whole number of at least 0');
    check(evaluated.finalMinor >= floor - 1e-6, seed, `line ${line.id} is below its floor`);
    check(evaluated.discountMinor * 10_000 <= original * context.settings.maxDepthBasisPoints, seed, `line ${line.id} is cut too deep`);
    check(evaluated.finalMinor + evaluated.discountMinor === original, seed, 'discount and price make the original');
    check(sum(evaluated.allocations.map((one) => one.amountMinor)) === evaluated.discountMinor, seed, 'allocations make the discount');
    check(original > 0 || evaluated.allocations.length === 0, seed, 'a line of price 0 is touched');
    proveUnits(seed, evaluated, result);
    proveTax(seed, evaluated.finalMinor, line.taxBasisPoints ?? 0, evaluated.taxMinor, cart, context);
  });
  proveTax(seed, result.shipping.finalMinor, cart.shippingTaxBasisPoints ?? 0, result.shipping.taxMinor, cart, context);
}

function proveUnits(seed: number, line: EvaluatedLine, result: CartEvaluation): void {
  const runs = line.unitPrices;
  check(sum(runs.map(({ units }) => units)) === line.quantity, seed, 'every unit has a price');
  check(sum(runs.map(({ units, amountMinor }) => units * amountMinor)) === line.finalMinor, seed, 'unit prices make the line');
  const prices = runs.map(({ amountMinor }) => amountMinor);
  check(Math.max(...prices) - Math.min(...prices) <= 1, seed, 'equal units differ by more than one minor unit');
  for (const { promotionId, amountMinor } of line.allocations) {
    const share = result.applied.find((one) => one.promotionId === promotionId)?.lineShares.find(({ lineId }) => lineId === line.id);
    check(share?.amountMinor === amountMinor, seed, 'a line share is not the allocation');
    const perUnit = share?.perUnit ?? [];
    check(sum(perUnit.map(({ units }) => units)) === line.quantity, seed, 'a share leaves a unit out');
    check(sum(perUnit.map((run) => run.units * run.amountMinor)) === amountMinor, seed, 'unit shares make the share');
    check(
      perUnit.every((run) => run.amountMinor >= 0),
      seed,
      'a unit pays for a discount',
    );
  }
}

/** By cross-multiplication, without a rounding of its own: tax is at most half a minor unit away, and exactly half goes by the mode. */
function proveTax(
  seed: number,
  finalMinor: number,
  rate: number,
  taxMinor: number,
  { pricesIncludeTax = true }: Cart,
  context: EvaluationContext,
): void {
  const whole = pricesIncludeTax ? 10_000 + rate : 10_000;
  const error = taxMinor * whole - finalMinor * rate;
  check(Number.isSafeInteger(taxMinor) && Math.abs(error) * 2 <= whole, seed, 'tax is not the nearest whole amount');
  if (Math.abs(error) * 2 !== whole) return;
  const { rounding } = context.settings;
  check(
    rounding === 'half-even' ? taxMinor % 2 === 0 : rounding === 'half-up' ? error > 0 : error < 0,
    seed,
    'a half is rounded the wrong way',
  );
}

/** Points change no price, cost what the budget pays for them, and go to lines without one lost. */
function provePoints(seed: number, { context, promotions }: Case, result: CartEvaluation): void {
  const pointsPerMinor = context.settings.pointsPerMinor?.[result.currency] ?? 0;
  for (const { earned, amountMinor, budgetMinor, promotionId } of result.applied) {
    if (!earned) continue;
    const all = earned.points + earned.referrerPoints;
    const left = promotions.find((one) => one.promotionId === promotionId)?.remainingBudgetMinor ?? Number.POSITIVE_INFINITY;
    check(amountMinor === 0 && all > 0 && earned.points <= earned.desiredPoints, seed, 'points are no discount');
    check(
      budgetMinor * pointsPerMinor >= all && (budgetMinor - 1) * pointsPerMinor < all,
      seed,
      'the budget pays another price for points',
    );
    check(budgetMinor <= left, seed, 'more points than the budget pays');
    check(
      earned.lines.length === 0 || sum(earned.lines.map(({ points }) => points)) === earned.points,
      seed,
      'points of lines make the points',
    );
  }
}

function proveTotals(seed: number, { promotions }: Case, result: CartEvaluation): void {
  const { totals, applied, shipping } = result;
  check(
    sum(applied.map((one) => one.amountMinor)) === totals.discountMinor + totals.shippingDiscountMinor,
    seed,
    'applied amounts make the discount',
  );
  for (const one of applied) {
    check(
      sum(one.lineShares.map(({ amountMinor }) => amountMinor)) + one.shippingDiscountMinor === one.amountMinor,
      seed,
      'line shares make the amount',
    );
    check(
      one.desiredMinor >= one.amountMinor && (one.desiredMinor === one.amountMinor) === (one.limitedBy === null),
      seed,
      'desired and limit disagree',
    );
  }
  check(
    sum(shipping.allocations.map(({ amountMinor }) => amountMinor)) === shipping.discountMinor && shipping.finalMinor >= 0,
    seed,
    'shipping is wrong',
  );
  const addedTax = result.pricesIncludeTax ? 0 : totals.taxMinor;
  check(totals.taxMinor === sum(result.lines.map(({ taxMinor }) => taxMinor)) + shipping.taxMinor, seed, 'taxes add up');
  check(
    totals.totalMinor === totals.subtotalMinor - totals.discountMinor + totals.shippingMinor - totals.shippingDiscountMinor + addedTax &&
      totals.totalMinor >= 0,
    seed,
    'totals add up',
  );
  check(totals.dueNowMinor <= totals.totalMinor && totals.dueNowMinor >= 0, seed, 'due now is a part of the total');
  for (const promotion of promotions) {
    if (promotion.remainingBudgetMinor === null) continue;
    const spent = applied.find(({ promotionId }) => promotionId === promotion.promotionId)?.budgetMinor ?? 0;
    check(spent <= promotion.remainingBudgetMinor, seed, 'a budget is overspent');
  }
}

/** An offer ends exactly at its end, a price just as high saves nothing, and of two equally good campaigns one must lose. */
const MAY_BE_EQUAL = new Set(['ENDED', 'NO_SAVING', 'NOT_BEST_IN_GROUP']);

function proveReasons(seed: number, { promotions }: Case, result: CartEvaluation): void {
  const named = [...result.applied, ...result.rejected].map(({ promotionId }) => promotionId).sort();
  check(
    named.join() ===
      promotions
        .map(({ promotionId }) => promotionId)
        .sort()
        .join(),
    seed,
    'every promotion is applied or rejected, once',
  );
  for (const { reason, failing, required, actual } of result.rejected) {
    check(Object.hasOwn(REJECTION_REASONS, reason), seed, 'every rejection has a known reason');

    check(failing !== '' && (required !== actual || MAY_BE_EQUAL.has(reason)), seed, `${reason} lacks what failed`);
  }
}

function proveStacking(seed: number, { promotions, context }: Case, result: CartEvaluation): void {
  const { settings } = context;
  const byId = new Map(promotions.map((promotion) => [promotion.promotionId, promotion]));
  const used = result.applied.flatMap(({ promotionId }) => byId.get(promotionId) ?? []);
  const campaigns = (some: readonly LivePromotion[]) => new Set(some.map(({ campaignId }) => campaignId)).size;
  check(!used.some(({ exclusive }) => exclusive) || campaigns(used) === 1, seed, 'an exclusive promotion is not alone');
  for (const { key, mode } of settings.promotionGroups ?? [])
    if (mode !== 'all') check(campaigns(used.filter(({ group }) => group === key)) <= 1, seed, `group ${key} lets two campaigns in`);
  for (const [a, b] of settings.separateGroups ?? []) {
    const [first, second] = [used.filter(({ group }) => group === a), used.filter(({ group }) => group === b)];
    check(first.length === 0 || second.length === 0 || campaigns([...first, ...second]) === 1, seed, 'groups that are apart meet');
  }
  const { totals } = result;
  check(
    totals.discountMinor * 10_000 <= totals.subtotalMinor * (settings.maxOrderDiscountBasisPoints ?? 10_000),
    seed,
    'the order is cut too deep',
  );
  const taken = new Map<string, number>();
  for (const { promotionId, campaignId, amountMinor, lineShares } of result.applied) {
    taken.set(campaignId, (taken.get(campaignId) ?? 0) + amountMinor);
    for (const share of lineShares)
      taken.set(`${campaignId} ${share.lineId}`, (taken.get(`${campaignId} ${share.lineId}`) ?? 0) + share.amountMinor);
    const { maxDiscountMinor = null, maxLineDiscountMinor = Number.POSITIVE_INFINITY } = byId.get(promotionId) ?? {};
    check(
      amountMinor === 0 || (taken.get(campaignId) ?? 0) <= (maxDiscountMinor ?? Number.POSITIVE_INFINITY),
      seed,
      'a campaign gives too much',
    );
    check(
      lineShares.every(({ lineId }) => (taken.get(`${campaignId} ${lineId}`) ?? 0) <= maxLineDiscountMinor),
      seed,
      'a campaign gives a line too much',
    );
  }
}

/** Sends everything back in random pieces: what is refunded is what was paid, and every promotion gets back what it gave. */
function proveReturns(seed: number, { lines: [...ordered] }: Cart, result: CartEvaluation): void {
  const draw = new Draw(seed + 5_000_000);
  for (const [index, line] of result.lines.entries()) {
    const addedTaxMinor = result.pricesIncludeTax ? 0 : line.taxMinor;
    let returned = 0;
    let paid = 0;
    const back = new Map<string, number>();
    while (returned < line.quantity) {
      const units = draw.whole(1, line.quantity - returned);
      const share = unitsShare({ ...line, addedTaxMinor }, returned, units);
      check(share.paidMinor >= 0, seed, 'a return costs the shopper money');
      const unitPrice = ordered[index]?.unitPriceMinor ?? 0;
      const discount = sum(share.allocations.map(({ amountMinor }) => amountMinor));
      check(addedTaxMinor > 0 || share.paidMinor + discount === unitPrice * units, seed, 'refund and discount make the price of the units');
      paid += share.paidMinor;
      for (const { promotionId, amountMinor } of share.allocations) back.set(promotionId, (back.get(promotionId) ?? 0) + amountMinor);
      returned += units;
    }
    check(paid === line.finalMinor + addedTaxMinor, seed, 'returns refund what was paid');
    check(
      line.allocations.every(({ promotionId, amountMinor }) => back.get(promotionId) === amountMinor),
      seed,
      'a promotion gets back what it gave',
    );
  }
}

function shuffled<T>(draw: Draw, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: draw.chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** The same cart with lines, promotions, codes and groups in another order, and kept and read back as JSON, gives the same bytes. */
export function proveOrder(seed: number, result: CartEvaluation): void {
  const draw = new Draw(seed + 9_000_000);
  const { cart, promotions, context } = drawCase(seed);
  const { settings } = context;
  const turned = evaluateCart(
    { ...cart, lines: shuffled(draw, cart.lines), codes: shuffled(draw, cart.codes) },
    shuffled(draw, promotions),
    {
      ...context,
      settings: {
        ...settings,
        promotionGroups: shuffled(draw, settings.promotionGroups ?? []),
        separateGroups: settings.separateGroups?.map(([a, b]) => [b, a] as const) ?? [],
      },
    },
  );
  const lines = cart.lines.map(({ id }) => turned.lines.find((line) => line.id === id));
  check(JSON.stringify({ ...turned, lines }) === JSON.stringify(result), seed, 'order matters');
}

export function proveReplay(seed: number, result: CartEvaluation): void {
  const kept = JSON.parse(JSON.stringify(drawCase(seed)));
  const promotions = kept.promotions.map((promotion: { startsAt: string; endsAt: string }) => ({
    ...promotion,
    startsAt: new Date(promotion.startsAt),
    endsAt: new Date(promotion.endsAt),
  }));
  const again = evaluateCart(kept.cart, promotions, { ...kept.context, now: new Date(kept.context.now) });
  check(JSON.stringify(again) === JSON.stringify(result), seed, 'a replay differs');
}
