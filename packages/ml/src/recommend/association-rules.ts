import { frequentItemsets, type Itemset } from './fp-growth.ts';

/** Who has everything in `antecedent` also has `consequent`. Items ascend. */
export interface AssociationRule {
  antecedent: number[];
  consequent: number;
  /** Share of baskets with all of it. */
  support: number;
  /** P(consequent | antecedent). */
  confidence: number;
  /** Confidence ÷ P(consequent): 1 where the two are independent. */
  lift: number;
  /** P(not consequent) ÷ P(not consequent | antecedent); Infinity for a rule without exception. */
  conviction: number;
}

export interface RuleOptions {
  /** Least share of baskets, 0..1. */
  minimumSupport: number;
  minimumConfidence: number;
  /** Items of a rule at most, the consequent among them. Default 10. */
  maximumItems?: number;
}

/**
 * Rules with one consequent and at least one item before it (Agrawal & Srikant 1994) from the frequent itemsets of FP-growth; highest
 * confidence first, then support. `baskets`: one list of item indices each, repeats counted once.
 */
export function associationRules(baskets: readonly ArrayLike<number>[], options: RuleOptions): AssociationRule[] {
  const { minimumSupport, minimumConfidence, maximumItems = 10 } = options;
  const itemsets = frequentItemsets(baskets, {
    minimumCount: Math.max(1, Math.ceil(minimumSupport * baskets.length - 1e-9)),
    maximumItems,
  });
  const countOf = new Map(itemsets.map(({ items, count }) => [items.join(' '), count]));
  const rules = itemsets.filter(({ items }) => items.length > 1).flatMap((itemset) => rulesOf(itemset, countOf, baskets.length));
  return rules
    .filter(({ confidence }) => confidence >= minimumConfidence - 1e-12)
    .sort((a, b) => b.confidence - a.confidence || b.support - a.support || compareItems(a, b));
}

function rulesOf({ items, count }: Itemset, countOf: ReadonlyMap<string, number>, baskets: number): AssociationRule[] {
  return items.map((consequent) => {
    const antecedent = items.filter((item) => item !== consequent);
    const confidence = count / (countOf.get(antecedent.join(' ')) ?? count);
    const base = (countOf.get(String(consequent)) ?? count) / baskets;
    return {
      antecedent,
      consequent,
      support: count / baskets,
      confidence,
      lift: confidence / base,
      conviction: confidence === 1 ? Number.POSITIVE_INFINITY : (1 - base) / (1 - confidence),
    };
  });
}

function compareItems(a: AssociationRule, b: AssociationRule): number {
  const [left, right] = [
    [...a.antecedent, a.consequent],
    [...b.antecedent, b.consequent],
  ];
  for (let i = 0; i < Math.min(left.length, right.length); i++) if (left[i] !== right[i]) return left[i] - right[i];
  return left.length - right.length;
}
