'use server';
import { z } from 'zod';
import type { ActionState } from '@/lib/action.ts';
import { act, field, numberField } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import { shopSettings } from '@/lib/viewer.ts';
import { toInstant } from '@/lib/zoned-time.ts';
import { CreateCodeBatchMutation, RevokeCodesMutation } from './codes.queries.ts';

const Variant = z.enum(['open', 'assigned']);

/** Times arrive as the clock of the shop shows them. */
export async function createCodeBatch(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => {
    const { timeZone } = await shopSettings();
    const variant = Variant.parse(field(form, 'variant'));
    const instant = (name: string) => (field(form, name) === '' ? null : toInstant(field(form, name), timeZone));
    const input = {
      idempotencyKey: field(form, 'idempotencyKey'),
      campaignId: field(form, 'campaignId'),
      promotionId: field(form, 'promotionId'),
      variant,
      size: variant === 'open' ? (numberField(form, 'size') ?? null) : null,
      useLimit: numberField(form, 'useLimit') ?? 1,
      prefix: field(form, 'prefix') || null,
      startsAt: instant('startsAt'),
      endsAt: instant('endsAt'),
    };
    const { userErrors, batch } = (await query(CreateCodeBatchMutation, { input })).createCodeBatch;
    return { userErrors, value: batch?.id };
  });
}

/** Exactly one of: a code, a range of a batch, a whole batch; the form says which. */
export async function revokeCodes(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => (await query(RevokeCodesMutation, { input: targetOf(form) })).revokeCodes);
}

function targetOf(form: FormData) {
  const batchId = field(form, 'batchId');
  if (batchId === '') return { code: field(form, 'code') };
  if (field(form, 'range') === '') return { batchId, isWholeBatch: true };
  return { batchId, first: numberField(form, 'first') ?? null, last: numberField(form, 'last') ?? null };
}
