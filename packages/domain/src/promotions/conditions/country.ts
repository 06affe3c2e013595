import { z } from 'zod';
import { type ConditionKind, oneOf } from './condition-kind.ts';

const schema = z.object({
  kind: z.literal('country'),
  /** ISO 3166-1 alpha-2. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, { error: 'not an ISO 3166 code of two letters' }))
    .min(1)
    .max(250),
});
export type Country = z.infer<typeof schema>;

const NAMES = { en: new Intl.DisplayNames(['en'], { type: 'region' }), zh: new Intl.DisplayNames(['zh'], { type: 'region' }) };
const named = (codes: readonly string[], locale: keyof typeof NAMES): string[] => codes.map((code) => NAMES[locale].of(code) ?? code);

export const country = {
  kind: 'country',
  schema,
  name: { en: 'Country', zh: '国家或地区' },
  arguments: [
    { name: 'countries', label: { en: 'Any of these countries (ISO code)', zh: '任一国家（ISO 代码）' }, unit: 'texts', isRequired: true },
  ],
  isAboutCart: true,
  isPersonal: false,
  test: ({ countries }, { cart }) => oneOf(countries, cart?.country),
  sentence: ({ countries }) => ({ en: `to ${named(countries, 'en').join(' or ')}`, zh: `寄往${named(countries, 'zh').join('或')}` }),
} satisfies ConditionKind<Country>;
