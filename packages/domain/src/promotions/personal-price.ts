import type { LocalizedText } from '../shared/text.ts';
import { type Condition, isPersonalCondition, leavesOf } from './conditions/condition.ts';
import type { Audience } from './live-promotion.ts';

/** Directive 2011/83/EU Art. 6(1)(ea): said before the shopper is bound, wherever a personal price is shown. */
export const PERSONAL_PRICE_DISCLOSURE: LocalizedText = {
  en: 'This price was personalised for you on the basis of automated decision-making.',
  zh: '该价格是通过自动化决策为您个性化制定的。',
};

/** Is what it gives a personal price: one that depends on which segments the shopper was put into, or on what is known of them? */
export const isPersonal = ({ audience, condition }: { readonly audience: Audience; readonly condition?: Condition }): boolean =>
  audience.kind === 'segments' || (condition !== undefined && leavesOf(condition).some(({ kind }) => isPersonalCondition(kind)));
