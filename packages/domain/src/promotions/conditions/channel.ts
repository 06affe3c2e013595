import { z } from 'zod';
import { type ConditionKind, oneOf } from './condition-kind.ts';

const schema = z.object({ kind: z.literal('channel'), channels: z.array(z.string().trim().min(1).max(50)).min(1).max(50) });
export type Channel = z.infer<typeof schema>;

export const channel = {
  kind: 'channel',
  schema,
  name: { en: 'Channel', zh: '渠道' },
  arguments: [{ name: 'channels', label: { en: 'Any of these channels', zh: '任一渠道' }, unit: 'texts', isRequired: true }],
  isAboutCart: true,
  isPersonal: false,
  test: ({ channels }, { cart }) => oneOf(channels, cart?.channel),
  sentence: ({ channels }) => ({ en: `by ${channels.join(' or ')}`, zh: `渠道：${channels.join('或')}` }),
} satisfies ConditionKind<Channel>;
