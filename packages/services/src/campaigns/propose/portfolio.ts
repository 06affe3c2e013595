import type { PromotionRule } from '@promolift/domain';
import { isSameGround } from './campaign-memory.ts';
import type { Candidate } from './candidates.ts';
import type { Effect } from './estimate-effect.ts';
import type { PictureProduct } from './products.ts';

export type Scored = Candidate & { effect: Effect; budgetMinor: number; score: number };
export type Choice = { chosen: Scored[]; dropped: { candidate: Scored; reason: 'overlap' | 'budget' | 'enough' }[] };

export const MOST_PROPOSALS = 6;
const MOST_OF_ONE_OCCASION = 2;
const MOST_OF_ONE_KIND = 2;
/** A second proposal of one occasion or kind must be this much better than a first of another. */
const SAMENESS = 0.6;

/**
 * A small portfolio by greedy choice on gain per proposal: never two on the same ground for the same people, never above the
 * total budget, and varied: what is of an occasion or kind already chosen counts less.
 */
export function choosePortfolio(candidates: readonly Scored[], budgetMinor: number, products: ReadonlyMap<string, PictureProduct>): Choice {
  const chosen: Scored[] = [];
  const dropped: Choice['dropped'] = [];
  let left = [...candidates];
  let spent = 0;
  const categoriesOf = (sku: string) => products.get(sku)?.categoryKeys ?? [];
  while (left.length > 0) {
    left.sort((a, b) => b.score * sameness(b, chosen) - a.score * sameness(a, chosen));
    const [next] = left;
    if (!next) break;
    left = left.slice(1);
    if (chosen.some(({ idea }) => idea === next.idea)) continue;
    if (chosen.length >= MOST_PROPOSALS || isTooSimilar(next, chosen)) dropped.push({ candidate: next, reason: 'enough' });
    else if (spent + next.budgetMinor > budgetMinor) dropped.push({ candidate: next, reason: 'budget' });
    else if (chosen.some((other) => meets(next, other, categoriesOf))) dropped.push({ candidate: next, reason: 'overlap' });
    else {
      chosen.push(next);
      spent += next.budgetMinor;
    }
  }
  return { chosen, dropped };
}

const count = (chosen: readonly Scored[], is: (scored: Scored) => boolean): number => chosen.filter(is).length;
const sameness = ({ idea, offer }: Scored, chosen: readonly Scored[]): number =>
  SAMENESS **
  (count(chosen, (other) => other.idea.occasion === idea.occasion) + count(chosen, (other) => other.offer.rule.kind === offer.rule.kind));
const isTooSimilar = ({ idea, offer }: Scored, chosen: readonly Scored[]): boolean =>
  count(chosen, (other) => other.idea.occasion === idea.occasion) >= MOST_OF_ONE_OCCASION ||
  count(chosen, (other) => other.offer.rule.kind === offer.rule.kind) >= MOST_OF_ONE_KIND;

type Ground = { rule: PromotionRule; segmentKeys: 'all' | readonly string[] };

/** May one shopper meet both on one product? */
export function meets(a: { offer: Ground }, b: { offer: Ground }, categoriesOf: (sku: string) => readonly string[]): boolean {
  const [first, second] = [a.offer.segmentKeys, b.offer.segmentKeys];
  const isSamePeople = first === 'all' || second === 'all' || first.some((key) => second.includes(key));
  return isSamePeople && isSameGround(a.offer.rule, b.offer.rule, categoriesOf);
}
