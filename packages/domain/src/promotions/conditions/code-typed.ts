import { z } from 'zod';
import { normalCode } from '../cart.ts';
import { type ConditionKind, unknown } from './condition-kind.ts';

const schema = z.object({ kind: z.literal('code_typed'), codes: z.array(z.string().trim().min(1).max(100)).min(1).max(100) });
export type CodeTyped = z.infer<typeof schema>;

export const codeTyped = {
  kind: 'code_typed',
  schema,
  name: { en: 'Code typed', zh: '已输入优惠码' },
  arguments: [{ name: 'codes', label: { en: 'Any of these codes', zh: '任一优惠码' }, unit: 'texts', isRequired: true }],
  isAboutCart: true,
  isPersonal: false,
  test({ codes }, { cart }) {
    // Neither the wanted codes nor the typed ones are told: whoever reads the reason would hold the code.
    if (!cart) return unknown(null);
    return { holds: codes.some((code) => cart.codes.has(normalCode(code))), required: null, actual: null };
  },
  sentence: () => ({ en: 'with a code', zh: '需输入优惠码' }),
} satisfies ConditionKind<CodeTyped>;
