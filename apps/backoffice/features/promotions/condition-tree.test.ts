import { Condition, CONDITION_KINDS, type ConditionLeaf, type ConditionLeafKind } from '@promolift/domain';
import { expect, test } from 'vitest';
import { type ConditionChoice, replaceNode, toCondition, toNode } from './condition-tree.ts';
import { Arguments } from './rule-arguments.ts';

const units = { currency: 'GBP', minor: 100, timeZone: 'Europe/London' };
const kinds: ConditionChoice[] = CONDITION_KINDS.map((kind) => ({
  kind: kind.kind,
  label: kind.name.en,
  arguments: Arguments.parse(kind.arguments),
}));
const ALL = { kind: 'all' } as const;
const LEAVES: { [K in ConditionLeafKind]: ConditionLeaf & { kind: K } } = {
  units_in_cart: { kind: 'units_in_cart', minimumUnits: 3, scope: { kind: 'categories', categoryKeys: ['snacks'] } },
  amount_in_cart: { kind: 'amount_in_cart', minimumAmounts: { GBP: 2_050, EUR: 2_500 }, scope: ALL },
  product_attribute: { kind: 'product_attribute', attribute: 'colour', values: ['red', 'blue'], minimumUnits: 1 },
  segment: { kind: 'segment', segmentKeys: ['new', 'lapsing'] },
  first_order: { kind: 'first_order' },
  orders_in_days: { kind: 'orders_in_days', minimumOrders: 2, windowDays: 90 },
  lifetime_value: { kind: 'lifetime_value', minimumAmounts: { GBP: 10_000 } },
  channel: { kind: 'channel', channels: ['web', 'app'] },
  country: { kind: 'country', countries: ['GB', 'DE'] },
  payment_method: { kind: 'payment_method', paymentMethods: ['card'] },
  weekday: { kind: 'weekday', weekdays: ['monday', 'sunday'] },
  hour_of_day: { kind: 'hour_of_day', fromHour: 17, untilHour: 20 },
  code_typed: { kind: 'code_typed', codes: ['HELLO'] },
  birthday: { kind: 'birthday', withinDays: 7 },
};
const edited = (condition: unknown) => Condition.parse(toCondition(toNode(condition, kinds, units), kinds, units));

test.each(CONDITION_KINDS)('$kind: opened and saved without a change, it is the same', ({ kind }) => {
  expect(edited(LEAVES[kind])).toEqual(Condition.parse(LEAVES[kind]));
});

test('a tree of and, or, not survives, double negations too', () => {
  const tree = Condition.parse({
    kind: 'and',
    conditions: [
      { kind: 'not', condition: { kind: 'or', conditions: [LEAVES.weekday, LEAVES.first_order] } },
      { kind: 'not', condition: { kind: 'not', condition: LEAVES.country } },
    ],
  });
  expect(edited(tree)).toEqual(tree);
});

test('a part is taken out, and with the last its group', () => {
  const tree = toNode({ kind: 'and', conditions: [{ kind: 'or', conditions: [LEAVES.weekday] }, LEAVES.first_order] }, kinds, units);
  const without = replaceNode(tree, 'c.0.0', null);
  expect(without && toCondition(without, kinds, units)).toEqual({ kind: 'and', conditions: [LEAVES.first_order] });
  expect(replaceNode(tree, 'c', null)).toBeNull();
});
