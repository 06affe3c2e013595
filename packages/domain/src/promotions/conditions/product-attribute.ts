import { z } from 'zod';
import { sumUnits } from '../rule-parts.ts';
import { atLeast, type ConditionKind, unknown } from './condition-kind.ts';

const schema = z.object({
  kind: z.literal('product_attribute'),
  attribute: z.string().trim().min(1).max(100),
  values: z.array(z.string().min(1).max(200)).min(1).max(200),
  minimumUnits: z.int().min(1).max(100_000),
});
export type ProductAttribute = z.infer<typeof schema>;

export const productAttribute = {
  kind: 'product_attribute',
  schema,
  name: { en: 'Products with an attribute', zh: '商品属性' },
  arguments: [
    { name: 'attribute', label: { en: 'Attribute', zh: '属性' }, unit: 'text', isRequired: true },
    { name: 'values', label: { en: 'Any of these values', zh: '取值之一' }, unit: 'texts', isRequired: true },
    { name: 'minimumUnits', label: { en: 'Units, at least', zh: '至少件数' }, unit: 'count', isRequired: true },
  ],
  isAboutCart: true,
  isPersonal: false,
  test({ attribute, values, minimumUnits }, { cart }) {
    if (!cart) return unknown(minimumUnits);
    const having = cart.lines.filter((line) => values.includes(line.attributes?.[attribute] ?? ''));
    const actual = sumUnits(having);
    // A line whose attributes nobody told might be one of them.
    const undescribed = sumUnits(cart.lines.filter((line) => line.attributes === undefined));
    if (actual < minimumUnits && actual + undescribed >= minimumUnits) return unknown(minimumUnits);
    const skus = [...new Set(having.map((line) => line.sku))];
    return atLeast(minimumUnits, actual, { unit: 'units', required: minimumUnits, actual, sku: null, scope: { kind: 'skus', skus } });
  },
  sentence: ({ attribute, values, minimumUnits }) => ({
    en: `with at least ${minimumUnits} of ${attribute} ${values.join(' or ')}`,
    zh: `${attribute}为${values.join('或')}的商品满 ${minimumUnits} 件`,
  }),
  needsOf: ({ attribute }) => ({ attributes: [attribute] }),
} satisfies ConditionKind<ProductAttribute>;
