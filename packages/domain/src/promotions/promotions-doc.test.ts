import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GROUP_MODES, GroupMode } from '../shared/stacking.ts';
import { CODE_REASONS } from './codes/code-reason.ts';
import { AGENT_REASONS } from './agent-reason.ts';
import type { Cart, CartLine } from './cart.ts';
import { evaluateCart } from './evaluate-cart.ts';
import type { CartEvaluation, EngineSettings, LivePromotion } from './live-promotion.ts';
import { FAILINGS, REJECTION_REASONS } from './rejection-reason.ts';
import { ALL, aCart, aContext, aLine, aPromotion, percent } from './test-carts.ts';
import { unitsShare } from './unit-prices.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/promotions.md'), 'utf8');

/** Cells of the table under this heading, without its head. */
function tableUnder(heading: string): string[][] {
  const [, section = ''] = page.split(`${heading}\n`);
  const lines = section.split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const rest = lines.slice(first);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const off = (amountMinor: number) => ({ kind: 'amount_off', amounts: { EUR: amountMinor }, minimumSpend: null, scope: ALL }) as const;
const campaigns = (exclusive: readonly string[]): LivePromotion[] => {
  const of = (id: string, priority: number, group: string, rule: LivePromotion['rule']) =>
    aPromotion(id, rule, { priority, group, exclusive: exclusive.includes(id) });
  return [of('A1', 40, 'a', percent(1_000)), of('A2', 20, 'a', off(2_500)), of('B1', 30, 'b', percent(2_000)), of('B2', 10, 'b', off(500))];
};
const hundred = aCart([aLine('line', { unitPriceMinor: 10_000 })]);
const shown = (amountMinor: number) => (amountMinor / 100).toFixed(2);
const listed = (cell: string) => (cell === '-' ? [] : cell.split(', ').sort());

function expectRow(
  settings: Partial<EngineSettings>,
  exclusive: readonly string[],
  [applied = '', rejected = '', discount = '']: readonly string[],
): void {
  const result = evaluateCart(hundred, campaigns(exclusive).toReversed(), aContext({ settings }));
  expect(result.applied.map((one) => `${one.promotionId} ${shown(one.amountMinor)}`).join(', ')).toBe(applied);
  expect(result.rejected.map((one) => `${one.promotionId} ${one.reason}`).sort()).toEqual(listed(rejected));
  expect(shown(result.totals.discountMinor)).toBe(discount);
}

describe('the truth table of group modes', () => {
  const rows = tableUnder('### Truth table');

  test('has every pair of modes, combining and not', () => {
    const wanted = GROUP_MODES.flatMap((a) => GROUP_MODES.flatMap((b) => ['no', 'yes'].map((combine) => `${a} ${b} ${combine}`)));
    expect(rows.map((row) => row.slice(0, 3).join(' ')).sort()).toEqual(wanted.sort());
  });

  test.each(rows)('%s × %s, combine: %s', (a, b, combine, ...expected) => {
    const promotionGroups = [
      { key: 'a', mode: GroupMode.parse(a) },
      { key: 'b', mode: GroupMode.parse(b) },
    ];
    // The pair is written against the order of the groups: it has no direction.
    expectRow({ promotionGroups, separateGroups: combine === 'no' ? [['b', 'a']] : [] }, [], expected);
  });
});

describe('the table of exclusive campaigns', () => {
  test.each(tableUnder('### Exclusive campaigns'))('mode %s, exclusive: %s', (mode, exclusive = '', ...expected) => {
    expectRow({ promotionGroups: [{ key: 'a', mode: GroupMode.parse(mode) }] }, exclusive.split(' '), expected);
  });
});

interface Example {
  cart?: Partial<Cart>;
  settings?: Partial<EngineSettings>;
  lines: (Partial<CartLine> & { id: string })[];
  promotions: (Partial<LivePromotion> & { id: string; rule: LivePromotion['rule'] })[];
  applied: Record<string, number>;
  rejected: Record<string, [string, string, number | string, number | string]>;
  desired?: Record<string, number>;
  limitedBy?: Record<string, string | null>;
  totalMinor: number;
  taxMinor?: number;
  unitPrices?: [number, number][];
  returns?: { units: number; refundMinor: number; givenBack: Record<string, number> }[];
}

const examples = [...page.matchAll(/```json example\n([\s\S]*?)```/g)].map(([, text]): Example => JSON.parse(text ?? ''));
const byId = <T>(steps: CartEvaluation['applied'], value: (step: CartEvaluation['applied'][number]) => T) =>
  Object.fromEntries(steps.map((step) => [step.promotionId, value(step)]));

describe('worked examples', () => {
  test('there are some of every kind', () => {
    expect(examples.length).toBeGreaterThanOrEqual(7);
    expect(examples.filter(({ returns }) => returns)).not.toHaveLength(0);
  });

  test.each(examples.map((example, index) => [index + 1, example] as const))('example %i', (_, example) => {
    const lines = example.lines.map(({ id, ...changes }) => aLine(id, changes));
    const promotions = example.promotions.map(({ id, rule, ...changes }) => aPromotion(id, rule, changes));
    const result = evaluateCart(aCart(lines, example.cart), promotions, aContext({ settings: example.settings ?? {} }));
    expect(byId(result.applied, (step) => step.amountMinor)).toEqual(example.applied);
    expect(
      Object.fromEntries(result.rejected.map((one) => [one.promotionId, [one.reason, one.failing, one.required, one.actual]])),
    ).toEqual(example.rejected);
    if (example.desired) expect(byId(result.applied, (step) => step.desiredMinor)).toEqual(example.desired);
    if (example.limitedBy) expect(byId(result.applied, (step) => step.limitedBy)).toEqual(example.limitedBy);
    expect(result.totals.totalMinor).toBe(example.totalMinor);
    expect(result.totals.taxMinor).toBe(example.taxMinor ?? 0);
    const [line] = result.lines;
    if (!line) throw new Error('an example without lines');
    if (example.unitPrices) expect(line.unitPrices.map(({ units, amountMinor }) => [units, amountMinor])).toEqual(example.unitPrices);
    let returned = 0;
    for (const { units, refundMinor, givenBack } of example.returns ?? []) {
      const share = unitsShare({ ...line, addedTaxMinor: 0 }, returned, units);
      expect(share.paidMinor).toBe(refundMinor);
      expect(Object.fromEntries(share.allocations.map((one) => [one.promotionId, one.amountMinor]))).toEqual(givenBack);
      returned += units;
    }
  });
});

test('the page lists every reason with what failed and the words of both agent protocols', () => {
  const short = (code: string) => code.replace('discount_code_', '');
  const whatOf = (reason: string) => Object.entries(FAILINGS).find(([key]) => key === reason)?.[1].what ?? 'code';
  expect(tableUnder('## Why, and why not')).toEqual(
    Object.entries(AGENT_REASONS).map(([reason, { ucp, acp }]) => [reason, whatOf(reason), short(ucp), short(acp)]),
  );
  expect(Object.keys(AGENT_REASONS).sort()).toEqual(
    [...Object.keys(REJECTION_REASONS), ...Object.keys(CODE_REASONS), 'UNKNOWN_CODE'].sort(),
  );
});
