import { z } from 'zod';
import type { LocalizedText } from '../../shared/text.ts';
import type { DescribedKind } from '../promotion-kind.ts';
import type { Names, Scope } from '../scope.ts';
import { amountInCart } from './amount-in-cart.ts';
import { birthday } from './birthday.ts';
import { channel } from './channel.ts';
import { codeTyped } from './code-typed.ts';
import type { ConditionFacts, ConditionKind, FactNeeds, Finding } from './condition-kind.ts';
import { country } from './country.ts';
import { firstOrder } from './first-order.ts';
import { hourOfDay } from './hour-of-day.ts';
import { lifetimeValue } from './lifetime-value.ts';
import { ordersInDays } from './orders-in-days.ts';
import { paymentMethod } from './payment-method.ts';
import { productAttribute } from './product-attribute.ts';
import { segmentCondition } from './segment.ts';
import { unitsInCart } from './units-in-cart.ts';
import { weekday } from './weekday.ts';

/** The one list of leaves; schema, form, words and behaviour of every condition come from it. */
const KINDS = {
  units_in_cart: unitsInCart,
  amount_in_cart: amountInCart,
  product_attribute: productAttribute,
  segment: segmentCondition,
  first_order: firstOrder,
  orders_in_days: ordersInDays,
  lifetime_value: lifetimeValue,
  channel,
  country,
  payment_method: paymentMethod,
  weekday,
  hour_of_day: hourOfDay,
  code_typed: codeTyped,
  birthday,
};

export type ConditionLeafKind = keyof typeof KINDS;
type LeafByKind = { [K in ConditionLeafKind]: z.infer<(typeof KINDS)[K]['schema']> };
/** Indexed by its own kind, so that the compiler knows which leaf goes with which kind. */
type LeafOf<K extends ConditionLeafKind> = { [P in K]: LeafByKind[P] & { kind: P } }[K];

const BY_KIND: { readonly [K in ConditionLeafKind]: ConditionKind<LeafByKind[K] & { kind: K }> } = KINDS;
const [first, ...others] = Object.values(KINDS);
if (!first) throw new Error('there are no conditions');
export const CONDITION_KINDS: readonly (DescribedKind<ConditionLeafKind> & Pick<ConditionKind<ConditionLeaf>, 'isPersonal'>)[] =
  Object.values(KINDS);

const Leaf = z.discriminatedUnion('kind', [first.schema, ...others.map(({ schema }) => schema)]);
export type ConditionLeaf = z.infer<typeof Leaf>;
export type Condition =
  | ConditionLeaf
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition };

/** Deeper trees nobody can read; a bound also keeps parsing safe. */
const MAX_DEPTH = 5;
const MAX_BRANCHES = 20;

function conditionOfDepth(depth: number): z.ZodType<Condition, Condition> {
  if (depth === 0) return Leaf;
  const below = conditionOfDepth(depth - 1);
  const conditions = z.array(below).min(1).max(MAX_BRANCHES).readonly();
  return z.discriminatedUnion('kind', [
    Leaf,
    z.object({ kind: z.enum(['and', 'or']), conditions }),
    z.object({ kind: z.literal('not'), condition: below }),
  ]);
}

/** When a promotion applies: a tree of and, or, not over leaves, at most five of them nested. */
export const Condition = conditionOfDepth(MAX_DEPTH);

const kindOf = <K extends ConditionLeafKind>(leaf: LeafOf<K>): ConditionKind<LeafByKind[K] & { kind: K }> => BY_KIND[leaf.kind];

export const testLeaf = (leaf: ConditionLeaf, facts: ConditionFacts): Finding => kindOf(leaf).test(leaf, facts);
export const isAboutCart = (leaf: ConditionLeaf): boolean => kindOf(leaf).isAboutCart;
/** Does the answer of this kind tell something about the shopper that a browser must not read? */
export const isPersonalCondition = (kind: string): boolean => CONDITION_KINDS.some((known) => known.kind === kind && known.isPersonal);

/** The condition as the tail of a sentence that begins with "only". */
export function conditionSentence(condition: Condition, names?: Names): LocalizedText {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((part) => grouped(part, names));
      const isAnd = condition.kind === 'and';
      return { en: parts.map(({ en }) => en).join(isAnd ? ' and ' : ' or '), zh: parts.map(({ zh }) => zh).join(isAnd ? '且' : '或') };
    }
    case 'not': {
      const part = grouped(condition.condition, names);
      return { en: `not ${part.en}`, zh: `非${part.zh}` };
    }
    default:
      return kindOf(condition).sentence(condition, names);
  }
}

function grouped(condition: Condition, names?: Names): LocalizedText {
  const text = conditionSentence(condition, names);
  return 'conditions' in condition && condition.conditions.length > 1 ? { en: `(${text.en})`, zh: `（${text.zh}）` } : text;
}

export function leavesOf(condition: Condition): readonly ConditionLeaf[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(leavesOf);
    case 'not':
      return leavesOf(condition.condition);
    default:
      return [condition];
  }
}

export const scopesOfCondition = (condition: Condition): readonly Scope[] =>
  leavesOf(condition).flatMap((leaf) => kindOf(leaf).scopeOf?.(leaf) ?? []);

/** What must be loaded before these conditions can be tested; windows sorted, each once. */
export function factNeedsOf(conditions: readonly Condition[]): FactNeeds {
  const needs = conditions.flatMap(leavesOf).flatMap((leaf) => kindOf(leaf).needsOf?.(leaf) ?? []);
  return {
    isHistoryNeeded: needs.some((one) => one.isHistoryNeeded),
    birthdayWindowsDays: sortedNumbers(needs.flatMap((one) => one.birthdayWindowsDays ?? [])),
    windowsDays: sortedNumbers(needs.flatMap((one) => one.windowsDays ?? [])),
    attributes: [...new Set(needs.flatMap((one) => one.attributes ?? []))].sort(),
  };
}

/** May one more order of the shopper turn its yes into a no? Then it must be asked again when it is spent. */
export function endsWithAnOrder(condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.some(endsWithAnOrder);
    case 'not':
      return factNeedsOf([condition.condition]).isHistoryNeeded;
    default:
      return kindOf(condition).endsWithAnOrder?.(condition) ?? false;
  }
}

const sortedNumbers = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
