import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CartLine } from './cart.ts';
import { pointsLost } from './earned-points.ts';
import { evaluateCart } from './evaluate-cart.ts';
import type { CartEvaluation, LivePromotion } from './live-promotion.ts';
import { planPayments, splitRefund } from './payments.ts';
import { aCart, aContext, aLine, aPromotion } from './test-carts.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/promotions.md'), 'utf8');

interface Example {
  lines: (Partial<CartLine> & { id: string })[];
  promotions: (Partial<LivePromotion> & { id: string; rule: LivePromotion['rule'] })[];
  applied: Record<string, number>;
  earned?: Record<string, Record<string, number>>;
  budgets?: Record<string, number>;
  totalMinor: number;
  /** Line, units that come back, points lost by then. */
  lostWith?: [string, number, number][];
  /** Points: wanted and had. */
  pay?: { points: [number, number]; cards: number[]; accounts: number[]; dueNowMinor: number };
  /** Refund, then what each account and the rest get of it. */
  refunds?: number[][];
}

const examples = [...page.matchAll(/```json points\n([\s\S]*?)```/g)].map(([, text]): Example => JSON.parse(text ?? ''));
const context = aContext({ settings: { pointsPerMinor: { EUR: 1 } } });

function expectEarned(example: Example, result: CartEvaluation): void {
  for (const [id, lines] of Object.entries(example.earned ?? {})) {
    const earned = result.applied.find(({ promotionId }) => promotionId === id)?.earned;
    expect(Object.fromEntries(earned?.lines.map(({ lineId, points }) => [lineId, points]) ?? [])).toEqual(lines);
    const units = new Map(result.lines.map((line) => [line.id, { quantity: line.quantity, returned: 0 }]));
    for (const [lineId, returned, lost] of example.lostWith ?? []) {
      const line = units.get(lineId);
      if (line) line.returned += returned;
      expect(earned && pointsLost(earned, units)).toBe(lost);
    }
  }
}

function expectPaid({ pay, refunds = [] }: Example, { totals }: CartEvaluation): void {
  if (!pay) return;
  const [wantedPoints, balancePoints] = pay.points;
  const cards = pay.cards.map((balanceMinor, index) => ({ accountId: `card-${index}`, balanceMinor }));
  const plan = planPayments(totals, { accountId: 'points', wantedPoints, balancePoints, pointsPerMinor: 1 }, cards);
  const paid = plan.means.map(({ amountMinor }) => amountMinor);
  expect([paid, plan.dueNowMinor]).toEqual([pay.accounts, pay.dueNowMinor]);
  let before = 0;
  for (const [refundMinor = 0, ...shares] of refunds) {
    const split = splitRefund(paid, totals.totalMinor, before, refundMinor);
    expect([...split.sharesMinor, split.restMinor]).toEqual(shares);
    before += refundMinor;
  }
}

test('there are examples of earning and of paying', () => {
  expect(examples.filter(({ earned }) => earned)).not.toHaveLength(0);
  expect(examples.filter(({ pay, refunds }) => pay && refunds)).not.toHaveLength(0);
});

test.each(examples.map((example, index) => [index + 1, example] as const))('example %i of points and payments', (_, example) => {
  const lines = example.lines.map(({ id, ...changes }) => aLine(id, changes));
  const promotions = example.promotions.map(({ id, rule, ...changes }) => aPromotion(id, rule, changes));
  const result = evaluateCart(aCart(lines), promotions, context);
  const byId = (value: (step: CartEvaluation['applied'][number]) => number) =>
    Object.fromEntries(result.applied.map((step) => [step.promotionId, value(step)]));
  expect(byId(({ amountMinor }) => amountMinor)).toEqual(example.applied);
  if (example.budgets) expect(byId(({ budgetMinor }) => budgetMinor)).toEqual(example.budgets);
  expect(result.totals.totalMinor).toBe(example.totalMinor);
  expectEarned(example, result);
  expectPaid(example, result);
});
