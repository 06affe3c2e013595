import type { z } from 'zod';
import type { LocalizedText } from '../../shared/text.ts';
import type { DescribedKind, LineView, Missing } from '../promotion-kind.ts';
import type { Names, Scope } from '../scope.ts';

/** What is known of the shopper; null = unknown, which is neither yes nor no. */
export interface ShopperFacts {
  readonly segmentKeys: readonly string[] | null;
  readonly history: OrderHistory | null;
  /**
   * The fewest days before and after the birthday, of those that live conditions ask for, within which the shopper is; one more than
   * the most where none. The exact distance would tell the birthday, which stays out of decisions.
   */
  readonly withinDaysOfBirthday: number | null;
}

/** Orders that were placed and not cancelled. */
export interface OrderHistory {
  readonly orders: number;
  /** Length of a window in days → orders placed in it until now; only the windows that live conditions ask for. */
  readonly ordersByWindowDays: Readonly<Record<string, number>>;
  /** Paid for orders less what was paid back for returns, in `currency` only. */
  readonly lifetimeValueMinor: number;
  readonly currency: string;
}

export const UNKNOWN_SHOPPER: ShopperFacts = { segmentKeys: null, history: null, withinDaysOfBirthday: null };

export interface CartFacts {
  /** As the promotions applied before this one left them. */
  readonly lines: readonly LineView[];
  readonly currency: string;
  /** In normal form. */
  readonly codes: ReadonlySet<string>;
  readonly channel: string | null;
  readonly country: string | null;
  readonly paymentMethod: string | null;
}

export interface ConditionFacts {
  /** null where no cart is at hand. */
  readonly cart: CartFacts | null;
  readonly shopper: ShopperFacts;
  readonly now: Date;
  /** Of the campaign. */
  readonly timeZone: string;
}

/** What a condition found. `holds` null = unknown. */
export interface Finding {
  readonly holds: boolean | null;
  readonly required: number | string | null;
  readonly actual: number | string | null;
  /** What could be added to the cart for it to hold. */
  readonly missing?: Missing;
}

/** The one condition that decided against a promotion. */
export interface ConditionFailure {
  /** Where it stands in the tree, for example `conditions.1.condition`; empty for the root. */
  readonly path: string;
  readonly kind: string;
  readonly required: number | string | null;
  readonly actual: number | string | null;
  /** true: the fact is not known, so the condition neither holds nor fails. */
  readonly isUnknown: boolean;
  /** true: it stands under an odd number of "not", so it would have had to fail. */
  readonly isNegated: boolean;
  /** The whole condition that the promotion asks for. */
  readonly message: LocalizedText;
}

/** What must be loaded about shopper and products before a condition can be tested. */
export interface FactNeeds {
  readonly isHistoryNeeded: boolean;
  readonly birthdayWindowsDays: readonly number[];
  readonly windowsDays: readonly number[];
  /** Names of the product attributes that are asked for. */
  readonly attributes: readonly string[];
}

/** One kind of condition: words, form and test in one value. */
export interface ConditionKind<C extends { kind: string }> extends DescribedKind<C['kind']> {
  readonly schema: z.ZodType<C, C>;
  /** Is it about this cart rather than about shopper and time? Offers are shown before there is a cart. */
  readonly isAboutCart: boolean;
  /** Does its answer tell something about the shopper that a browser must not read? */
  readonly isPersonal: boolean;
  /** Pure. Unknown facts are found as unknown, never thrown. */
  test(condition: C, facts: ConditionFacts): Finding;
  /** The tail of a sentence that begins with "only": "with at least 3 of Snacks". */
  sentence(condition: C, names?: Names): LocalizedText;
  scopeOf?(condition: C): Scope;
  needsOf?(condition: C): Partial<FactNeeds>;
  /** May one more order of the shopper turn its yes into a no? Absent = never. */
  endsWithAnOrder?(condition: C): boolean;
}

export const unknown = (required: number | string | null): Finding => ({ holds: null, required, actual: null });

/** At least `required`; below it, `missing` says what to add. */
export function atLeast(required: number, actual: number, missing?: Missing): Finding {
  return actual >= required ? { holds: true, required, actual } : { holds: false, required, actual, ...(missing && { missing }) };
}

/** Is the fact one of these? Case and outer blanks do not count; an absent fact is unknown. */
export function oneOf(wanted: readonly string[], actual: string | null | undefined): Finding {
  const required = wanted.join(',');
  if (actual === null || actual === undefined) return unknown(required);
  const normal = (text: string) => text.trim().toLowerCase();
  return { holds: wanted.map(normal).includes(normal(actual)), required, actual };
}
