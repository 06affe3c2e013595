import { z } from 'zod';
import type { Argument, ShopUnits } from './rule-arguments.ts';
import { storedRule, toRule, toText } from './rule-arguments.ts';

export interface ConditionChoice {
  readonly kind: string;
  readonly label: string;
  readonly arguments: readonly Argument[];
}
/** A condition as it is edited. `nots`: how often it is negated, kept so that an unchanged condition is saved unchanged. */
export type ConditionNode =
  | { readonly id: string; readonly nots: number; readonly join: 'and' | 'or'; readonly parts: readonly ConditionNode[] }
  | {
      readonly id: string;
      readonly nots: number;
      readonly kind: string;
      readonly texts: Readonly<Record<string, string>>;
      /** The stored leaf: what the form does not ask for stays. */
      readonly kept: Readonly<Record<string, unknown>>;
    };

const Not = z.object({ kind: z.literal('not'), condition: z.unknown() });
const Joined = z.object({ kind: z.enum(['and', 'or']), conditions: z.array(z.unknown()) });

/** A stored condition as nodes; ids say where each stands. */
export function toNode(condition: unknown, kinds: readonly ConditionChoice[], units: ShopUnits, id = 'c', nots = 0): ConditionNode {
  const not = Not.safeParse(condition);
  if (not.success) return toNode(not.data.condition, kinds, units, id, nots + 1);
  const joined = Joined.safeParse(condition);
  if (joined.success) {
    const parts = joined.data.conditions.map((part, index) => toNode(part, kinds, units, `${id}.${index}`));
    return { id, nots, join: joined.data.kind, parts };
  }
  const kept = storedRule(condition);
  const kind = String(kept.kind);
  return { id, nots, kind, kept, texts: textsOf(kind, kinds, units, kept) };
}

/** What the fields of one kind say at first. */
export function textsOf(
  kind: string,
  kinds: readonly ConditionChoice[],
  units: ShopUnits,
  kept: Readonly<Record<string, unknown>> = {},
): Record<string, string> {
  const described = kinds.find((choice) => choice.kind === kind)?.arguments ?? [];
  return Object.fromEntries(described.map(({ name, unit }) => [name, toText(unit, kept[name], units)]));
}

/** The condition to be saved. */
export function toCondition(node: ConditionNode, kinds: readonly ConditionChoice[], units: ShopUnits): unknown {
  const described = 'kind' in node ? (kinds.find((choice) => choice.kind === node.kind)?.arguments ?? []) : [];
  let condition: unknown =
    'join' in node
      ? { kind: node.join, conditions: node.parts.map((part) => toCondition(part, kinds, units)) }
      : toRule(node.kind, described, node.texts, units, node.kept);
  for (let count = 0; count < node.nots; count += 1) condition = { kind: 'not', condition };
  return condition;
}

/** The tree with one node replaced, or without it; a group without parts goes too. */
export function replaceNode(root: ConditionNode, id: string, next: ConditionNode | null): ConditionNode | null {
  if (root.id === id) return next;
  if (!('join' in root)) return root;
  const parts = root.parts.flatMap((part) => replaceNode(part, id, next) ?? []);
  return parts.length === 0 ? null : { ...root, parts };
}
