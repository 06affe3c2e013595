import type { LocalizedText } from '../shared/text.ts';
import type { Audience } from './live-promotion.ts';

/** Directive 2011/83/EU Art. 6(1)(ea): said before the shopper is bound, wherever a personal price is shown. */
export const PERSONAL_PRICE_DISCLOSURE: LocalizedText = {
  en: 'This price was personalised for you on the basis of automated decision-making.',
  zh: '该价格是通过自动化决策为您个性化制定的。',
};

/** Is what it gives a personal price: one that depends on which segments a model or rule put the shopper into? */
export const isPersonal = (audience: Audience): boolean => audience.kind === 'segments';
