import type { PromotionRule } from '@promolift/domain';
import { isSameGround } from './campaign-memory.ts';
import type { Candidate } from './candidates.ts';
import type { Effect } from './estimate-effect.ts';
import type { PictureProduct } from './products.ts';

export type Scored = Candidate & { effect: Effect; budgetMinor: number; score: number };
export type Choice = { chosen: Scored[]; dropped: { candidate: Scored; reason: 'overlap' | 'budget' | 'enough' }[] };

export const MOST_PROPOSALS = 6;
const MOST_OF_ONE_OCCASION = 3;
const MOST_OF_ONE_KIND = 2;
/** A second proposal of one occasion or kind must be this much better than a first of another. */
const SAMENESS = 0.6;

/** As many first choices are tried as begin well: one offer for everybody on everything would leave no room for any other. */
const MOST_STARTS = 40;

/**
 * A small portfolio: greedy choice begun with each of the best candidates in turn, and of these portfolios the one worth most.
 * Never two on the same ground for the same people, never above the total budget, and varied: what is of an occasion or kind already
 * chosen counts less, and gains count by their root, since five proposals that gain well teach and risk less than a single great one.
 */
export function choosePortfolio(candidates: readonly Scored[], budgetMinor: number, products: ReadonlyMap<string, PictureProduct>): Choice {
  const ranked = [...candidates].sort((a, b) => b.score - a.score);
  const choices = ranked
    .slice(0, MOST_STARTS)
    .map((first) => chooseFrom([first, ...ranked.filter((other) => other !== first)], budgetMinor, products));
  const best = choices.reduce<Choice | null>((so, choice) => (so && worthOf(so) >= worthOf(choice) ? so : choice), null);
  return best ?? { chosen: [], dropped: [] };
}

const worthOf = ({ chosen }: Choice): number =>
  chosen.reduce((sum, scored, at) => sum + Math.sqrt(Math.max(0, scored.score)) * sameness(scored, chosen.slice(0, at)), 0);

/** Greedy; the first candidate is chosen whatever the others gain. */
function chooseFrom([first, ...others]: readonly Scored[], budgetMinor: number, products: ReadonlyMap<string, PictureProduct>): Choice {
  const chosen: Scored[] = [];
  const dropped: Choice['dropped'] = [];
  let left = others;
  let spent = 0;
  const categoriesOf = (sku: string) => products.get(sku)?.categoryKeys ?? [];
  for (let next = first; next; [next, ...left] = left.sort((a, b) => b.score * sameness(b, chosen) - a.score * sameness(a, chosen))) {
    const candidate = next;
    if (chosen.some(({ idea }) => idea === candidate.idea)) continue;
    if (chosen.length >= MOST_PROPOSALS || isTooSimilar(candidate, chosen)) dropped.push({ candidate, reason: 'enough' });
    else if (spent + candidate.budgetMinor > budgetMinor) dropped.push({ candidate, reason: 'budget' });
    else if (chosen.some((other) => meets(candidate, other, categoriesOf))) dropped.push({ candidate, reason: 'overlap' });
    else {
      chosen.push(candidate);
      spent += candidate.budgetMinor;
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
