import { type Condition, type ConditionLeaf, conditionSentence, isAboutCart, testLeaf } from './condition.ts';
import type { ConditionFacts, ConditionFailure, Finding } from './condition-kind.ts';
import type { Names } from '../scope.ts';

/** What a tree found, and the one leaf that decided it. */
export interface Verdict {
  /** null = unknown, in Kleene's three-valued logic. */
  readonly holds: boolean | null;
  readonly leaf: ConditionLeaf;
  readonly finding: Finding;
  readonly path: string;
  readonly isNegated: boolean;
}

/**
 * Tests a tree in Kleene's logic: "and" is false if one part is, else unknown if one is; "or" is true if one part is, else
 * unknown if one is; "not" turns true and false round and leaves unknown alone.
 * The leaf that decides is the first, as written, that
 * - of an "and": found what the "and" found (all of them hold where it holds);
 * - of an "or" that holds: holds; of one that does not: can be reached by adding to the cart, else found what the "or" found;
 * - of a "not": decided what stands under it, and nothing can be added for it to fail.
 */
export function testCondition(condition: Condition, facts: ConditionFacts): Verdict {
  return verdictOf(condition, facts, '', false);
}

function verdictOf(condition: Condition, facts: ConditionFacts, path: string, isNegated: boolean): Verdict {
  switch (condition.kind) {
    case 'not': {
      const under = verdictOf(condition.condition, facts, joined(path, 'condition'), !isNegated);
      return { ...under, holds: under.holds === null ? null : !under.holds };
    }
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((part, index) => verdictOf(part, facts, joined(path, `conditions.${index}`), isNegated));
      return condition.kind === 'and' ? allOf(parts) : anyOf(parts);
    }
    default: {
      const { missing, ...finding } = testLeaf(condition, facts);
      return { holds: finding.holds, leaf: condition, finding: missing && !isNegated ? { ...finding, missing } : finding, path, isNegated };
    }
  }
}

const joined = (path: string, step: string): string => (path === '' ? step : `${path}.${step}`);

function allOf(parts: readonly Verdict[]): Verdict {
  return firstOf(parts.find(({ holds }) => holds === false) ?? parts.find(({ holds }) => holds === null) ?? parts[0]);
}

function anyOf(parts: readonly Verdict[]): Verdict {
  const holding = parts.find(({ holds }) => holds === true);
  if (holding) return holding;
  const unknown = parts.find(({ holds }) => holds === null);
  const reachable = parts.find(({ finding }) => finding.missing !== undefined);
  return { ...firstOf(reachable ?? unknown ?? parts[0]), holds: unknown ? null : false };
}

function firstOf(verdict: Verdict | undefined): Verdict {
  if (!verdict) throw new RangeError('a condition has at least one part');
  return verdict;
}

/** Why the condition keeps the promotion away; null if it holds. Unknown is not enough. */
export function conditionFailure(
  condition: Condition,
  facts: ConditionFacts,
  names?: Names,
): (ConditionFailure & Pick<Finding, 'missing'>) | null {
  const { holds, leaf, finding, path, isNegated } = testCondition(condition, facts);
  if (holds === true) return null;
  return {
    path,
    kind: leaf.kind,
    required: finding.required,
    actual: finding.actual,
    isUnknown: finding.holds === null,
    isNegated,
    message: conditionSentence(condition, names),
    ...(finding.missing && { missing: finding.missing }),
  };
}

/** May the condition come to hold (or, with `wanted` false, to fail) with some cart? Unknown facts that no cart brings count against it. */
export function couldHold(condition: Condition, facts: ConditionFacts, wanted = true): boolean {
  switch (condition.kind) {
    case 'not':
      return couldHold(condition.condition, facts, !wanted);
    case 'and':
    case 'or': {
      const could = (part: Condition) => couldHold(part, facts, wanted);
      return (condition.kind === 'and') === wanted ? condition.conditions.every(could) : condition.conditions.some(could);
    }
    default: {
      const { holds } = testLeaf(condition, facts);
      return holds === wanted || (holds === null && isAboutCart(condition));
    }
  }
}
