import { z } from 'zod';
import type { CodeReason } from './code-reason.ts';
import { COUNTER_LIMIT } from './code-text.ts';

/** `open`: whoever has a code may use it. `assigned`: each user has one, which nobody else can use. */
export const CODE_VARIANTS = ['open', 'assigned'] as const;
export type CodeVariant = (typeof CODE_VARIANTS)[number];

export const MAX_BATCH_SIZE = 100_000_000;
/** Of all open batches together: with 2⁶⁰ texts a random guess then hits with probability 8.7e-10. */
export const MAX_OPEN_CODES = 1_000_000_000;

/** What a manager says about codes to be made; the window is inside the campaign's own. */
export const NewCodeBatch = z
  .object({
    variant: z.enum(CODE_VARIANTS),
    /** Codes of an open batch; an assigned batch has one for every user. */
    size: z.int().min(1).max(MAX_BATCH_SIZE).nullable().default(null),
    useLimit: z.int().min(1).max(1_000_000).default(1),
    prefix: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9]{1,20}$/, { error: '1 to 20 letters and digits' })
      .nullable()
      .default(null),
    startsAt: z.date().nullable().default(null),
    endsAt: z.date().nullable().default(null),
  })
  .refine(({ variant, size }) => (variant === 'open') === (size !== null), { error: 'only an open batch has a size', path: ['size'] })
  .refine(({ startsAt, endsAt }) => !startsAt || !endsAt || endsAt > startsAt, { error: 'must end after it starts', path: ['endsAt'] });
export type NewCodeBatch = z.infer<typeof NewCodeBatch>;

/** Both ends included; one code is a range of one. */
export const CounterRange = z
  .object({
    first: z
      .int()
      .min(0)
      .max(COUNTER_LIMIT - 1),
    last: z
      .int()
      .min(0)
      .max(COUNTER_LIMIT - 1),
  })
  .refine(({ first, last }) => last >= first, { error: 'must not end before it starts', path: ['last'] });
export type CounterRange = z.infer<typeof CounterRange>;

/** What is known about one code at the moment somebody brings it. */
export interface CodeFacts {
  readonly variant: CodeVariant;
  readonly isRevoked: boolean;
  /** Of an assigned code: is it the shopper's own? */
  readonly isOwn: boolean;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly campaign: 'before' | 'live' | 'stopped' | 'over';
  /** Not counting what this shopper has set aside with it. */
  readonly remainingUses: number;
}

/** Why this code unlocks nothing now; null if it does. Whose it is comes first: a stranger learns nothing else about it. */
export function codeMiss(facts: CodeFacts, now: Date): CodeReason | null {
  if (facts.variant === 'assigned' && !facts.isOwn) return 'CODE_OF_ANOTHER';
  if (facts.isRevoked) return 'CODE_REVOKED';
  if (facts.campaign === 'stopped') return 'CODE_STOPPED';
  if (facts.campaign === 'over' || (facts.endsAt !== null && now >= facts.endsAt)) return 'CODE_EXPIRED';
  if (facts.campaign === 'before' || (facts.startsAt !== null && now < facts.startsAt)) return 'CODE_NOT_STARTED';
  return facts.remainingUses <= 0 ? 'CODE_USED_UP' : null;
}
